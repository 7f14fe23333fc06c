import { bool, index, int, oneOf, record } from "#check";
import { posterPcs } from "./state-poster.ts";

/** The RTC device in userspace and the thread that raises its line. */
export const rtc = record({
  line: bool,
  pc: oneOf("IDLE", "ACCEPT", ...posterPcs, "NEXT"),
  target: index("vcpu"),
  accepted: int(0, 2),
  /** What kvm_pic_set_irq() added to the answer of the raise under way; nothing while IRQ8 is masked in the PIC. */
  picAnswer: int(0, 1),
  /** IRQ8's irr bit in the PIC: set by the first rising edge, and then for good, since nobody reads the PIC. */
  picIrr8: bool,
  /** What the last KVM_IRQ_LINE_STATUS returned; -1 before the first. */
  status: int(-1, 3),
  /** Why userspace raises the line: a tick, a tick that it owes, or a tick that it owes as register C is read. */
  raiser: oneOf("TICK", "CATCH_UP", "READ_C"),
  /** The vCPU whose read of register C it is. */
  reader: index("vcpu"),
  /** irq_coalesced of lost_tick_policy=slew: ticks that userspace has yet to send again. */
  owed: int(0, 3),
  /** A tick was delivered to some LAPIC before. */
  ghostTicked: bool,
  /** So far every destination already had the vector in PIR or IRR, so that this tick adds no delivery. */
  ghostMerged: bool,
  /** Where ticks are counted: those of the periodic timer, those that userspace holds delivered, handlers run. */
  ghostTicks: int(0, 3),
  ghostCounted: int(0, 4),
  ghostHandled: int(0, 4),
});

/** This part before anything has booted. */
export const rtcPowerOn = {
  line: false,
  pc: "IDLE",
  target: 0,
  accepted: 0,
  picAnswer: 0,
  picIrr8: false,
  status: -1,
  raiser: "TICK",
  reader: 0,
  owed: 0,
  ghostTicked: false,
  ghostMerged: false,
  ghostTicks: 0,
  ghostCounted: 0,
  ghostHandled: 0,
} as const;
