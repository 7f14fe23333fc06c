import type { State } from "../../state.ts";

type Vcpu = State["vcpu"][number];
type Handler = (s: Pick<State, "vm" | "vcpu" | "timer">, v: number) => Vcpu["pc"];

const done: Handler = () => "CLEAR_UNBLOCK";
const tmict: Handler = ({ timer }, v) => (timer[v].tscMode ? "CLEAR_UNBLOCK" : "TMICT_CANCEL");
const lvtt: Handler = () => "LVTT_STORE";
const tscDeadline: Handler = ({ timer }, v) => (timer[v].tscMode ? "TSCD_CANCEL" : "CLEAR_UNBLOCK");
const user: Handler = () => "TO_USER";
const pitEntry: Handler = () => "PIT_ENTRY";
const pic: Handler = () => "PIC_WRITE";
const halt: Handler = () => "HALT";
const ioapicWrite: Handler = ({ vm }) => (vm.irqchip === "KERNEL" ? "IOAPIC_WRITE" : "TO_USER");

/** handle_exit(): where the handler of each exit begins. */
export const exitHandlers: Readonly<Record<Vcpu["exit"], Handler>> = {
  TMICT_0: tmict,
  TMICT_N: tmict,
  LVTT_ONESHOT: lvtt,
  LVTT_PERIODIC: lvtt,
  LVTT_TSCDEADLINE: lvtt,
  LVTT_MASK: lvtt,
  LVTT_UNMASK: lvtt,
  TSCD_0: tscDeadline,
  TSCD_N: tscDeadline,
  TDCR: ({ timer }, v) => (timer[v].period ? "TDCR_CANCEL" : "CLEAR_UNBLOCK"),
  HLT: () => "BLOCK_TO_SW",
  TMCCT: () => "READ_TMCCT",
  IO: user,
  RTC_C: user,
  DEVICE_A: user,
  DEVICE_B: user,
  LINE_0: user,
  LINE_1: user,
  IOAPIC_EOI: user,
  // ioapic_mmio_write() knows no such register.
  EOI_REGISTER: ({ vm }) => (vm.irqchip === "KERNEL" ? "CLEAR_UNBLOCK" : "TO_USER"),
  USER_WAITS: user,
  RTE_EDGE: ioapicWrite,
  RTE_LEVEL: ioapicWrite,
  RTE_EDGE_MASKED: ioapicWrite,
  RTE_MASK: ioapicWrite,
  RTE_UNMASK: ioapicWrite,
  RTE_TO_SELF: ioapicWrite,
  RTE_TO_OTHER: ioapicWrite,
  RTE_TO_ABSENT: ioapicWrite,
  RTE_TO_NOBODY: ioapicWrite,
  EOI: () => "EOI_SOFTWARE",
  EOI_INDUCED: () => "EOI_SEND",
  PIT_LOAD: () => "PIT_CANCEL",
  PIT_MASK: pitEntry,
  PIT_UNMASK: pitEntry,
  PIC_EOI: pic,
  PIC_MASK: pic,
  PIC_UNMASK: pic,
  HLT0: halt,
  HLT1: halt,
  ICR: () => "ICR_SEND",
  INCOMPLETE_IPI: () => "INCOMPLETE_IPI",
  SPIV_ON: () => "SPIV_STORE",
  SPIV_OFF: () => "SPIV_STORE",
  RSM: () => "RSM",
  EXTINT: done,
  IRQ_WINDOW: done,
  PREEMPTION_TIMER: done,
  OTHER: done,
};
