import { about, bool, index, int, oneOf, record } from "#check";
import { posterPcs } from "./state-poster.ts";

export const rtc = about(
  "The RTC device in userspace and the thread that raises its line.",
  record({
    line: about("The level of IRQ8's line.", bool),
    pc: about(
      "Where the thread that raises the line stands; from ACCEPT on it holds ioapic->lock.",
      oneOf("IDLE", "ACCEPT", ...posterPcs, "NEXT"),
    ),
    target: about("The vCPU that it delivers to.", index("vcpu")),
    accepted: about("How many LAPICs have accepted the raise under way.", int(0, 2)),
    picAnswer: about(
      "What kvm_pic_set_irq() added to the answer of the raise under way; nothing while IRQ8 is masked in the PIC.",
      int(0, 1),
    ),
    picIrr8: about(
      "IRQ8's irr bit in the PIC: set by the first rising edge, and then for good, since nobody reads the PIC.",
      bool,
    ),
    status: about("What the last KVM_IRQ_LINE_STATUS returned; -1 before the first.", int(-1, 3)),
    raiser: about(
      "Why userspace raises the line: a tick, a tick that it owes, or a tick that it owes as register C is read.",
      oneOf("TICK", "CATCH_UP", "READ_C"),
    ),
    reader: about("The vCPU whose read of register C it is.", index("vcpu")),
    owed: about(
      "irq_coalesced of lost_tick_policy=slew: ticks that userspace has yet to send again.",
      int(0, 3),
    ),
    ghostTicked: about("A tick was delivered to some LAPIC before.", bool),
    ghostMerged: about(
      "So far every destination already had the vector in PIR or IRR, so that this tick adds no delivery.",
      bool,
    ),
    ghostTicks: about("Where ticks are counted: those of the periodic timer.", int(0, 3)),
    ghostCounted: about("Where ticks are counted: those that userspace holds delivered.", int(0, 4)),
    ghostHandled: about("Where ticks are counted: handlers that have run.", int(0, 4)),
  }),
);

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
