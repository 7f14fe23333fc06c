import type { Action, Draft } from "#check";
import type { VendorOps } from "../ops.ts";
import { anyVector, guestRuns } from "../predicates.ts";
import { action, cpu, type State } from "../state.ts";

type Exit = State["vcpu"][number]["exit"];

/** The guest is left with an exit that the vCPU thread has to handle. */
const leave = (d: Draft<State>, v: number, exit: Exit): void => {
  d.vcpu[v].pc = "EXITED";
  d.vcpu[v].exit = exit;
  d.timer[v].ghost.exited = true;
};

/** The guest may run its next instruction: neither a host interrupt nor a preemption timer at 0 makes it exit first. */
const inGuest = (s: State, v: number): boolean =>
  guestRuns(s.vcpu[v]) && !(s.timer[v].hv && s.timer[v].due && !s.timer[v].clocksApart);

const writeTmict = action("guest_write_tmict", {
  actor: cpu,
  args: { v: "vcpu", value: ["N", "0"] },
  kernel: "EXIT_REASON_MSR_WRITE (a TD: TDVMCALL<WRMSR>) of APIC_TMICT",
  source: "timer 1.0, 8 G_WRITE_TMICT",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v),
  effect: (d, { v, value }) => leave(d, v, value === "N" ? "TMICT_N" : "TMICT_0"),
});

const guestReadTmcct = action("guest_read_tmcct", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "EXIT_REASON_MSR_READ (a TD: TDVMCALL<RDMSR>) of APIC_TMCCT",
  source: "timer 8 G_READ_TMCCT",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v),
  effect: (d, { v }) => leave(d, v, "TMCCT"),
});

const userExit = action("guest_io", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "EXIT_REASON_IO_INSTRUCTION (a TD: TDVMCALL<IO>), handled in userspace",
  source: "m17; timer 2.4 step 2",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v),
  effect: (d, { v }) => leave(d, v, "IO"),
});

const take = (ops: VendorOps): Action<State> =>
  action("guest_take_irq", {
    actor: cpu,
    args: { v: "vcpu", vector: ["timer", "rtc"] },
    kernel: "virtual-interrupt delivery",
    source: "timer 2.9, 8 G_TAKE_IRQ",
    atomic: "one event of the CPU; one interrupt is in service at a time",
    guard: (s, { v, vector }) => {
      const vcpu = s.vcpu[v];
      return (
        inGuest(s, v) &&
        vcpu.interruptFlag &&
        ops.virtualDelivery(vcpu) &&
        vcpu.irr[vector] &&
        !anyVector(vcpu.isr)
      );
    },
    effect: (d, { v, vector }) => {
      d.vcpu[v].irr[vector] = false;
      d.vcpu[v].isr[vector] = true;
    },
  });

const eoiTimer = (ops: VendorOps): Action<State> =>
  action("guest_eoi_timer", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "EOI of the timer vector: accelerated, or an exit where APICv is inhibited",
    source: "timer 4.8; irqchip 3.3",
    atomic: "one event of the CPU",
    guard: (s, { v }) => inGuest(s, v) && s.vcpu[v].isr.timer,
    effect: (d, { v }) => {
      if (ops.virtualDelivery(d.vcpu[v])) d.vcpu[v].isr.timer = false;
      else leave(d, v, "EOI");
    },
  });

/** What a guest does with its timer: program it, read it, take its interrupt, and exit to userspace now and then. */
export const guestTimer = (ops: VendorOps): readonly Action<State>[] => [
  writeTmict,
  guestReadTmcct,
  userExit,
  take(ops),
  eoiTimer(ops),
];

/** An exit of the guest, for the other files of guest actions. */
export { inGuest, leave };
