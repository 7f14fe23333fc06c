import type { Action } from "#check";
import { handles, takeInterrupt } from "../../in-service.ts";
import type { VendorOps } from "../../ops.ts";
import { anyVector } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { endInterrupt, eoiWritten } from "../ioapic/eoi.ts";
import { inGuest, leave } from "../../leave.ts";
import { ioExit, msrReadExit, msrWriteExit } from "../../vm-exits.ts";

const writeTmict = action("guest_write_tmict", {
  actor: cpu,
  args: { v: "vcpu", value: ["N", "0"] },
  kernel: msrWriteExit(" of APIC_TMICT"),
  source: "timer 1.0, 8 G_WRITE_TMICT",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v),
  effect: (d, { v, value }) => leave(d, v, value === "N" ? "TMICT_N" : "TMICT_0"),
});

const guestReadTmcct = action("guest_read_tmcct", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: msrReadExit(" of APIC_TMCCT"),
  source: "timer 8 G_READ_TMCCT",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v),
  effect: (d, { v }) => leave(d, v, "TMCCT"),
});

const userExit = action("guest_io", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: ioExit(", handled in userspace"),
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
        ops.virtualDelivery(vcpu, vector) &&
        vcpu.irr[vector] &&
        !anyVector(vcpu.isr)
      );
    },
    effect: (d, { v, vector }) => {
      takeInterrupt(d, v, vector);
    },
  });

const eoiTimer = (ops: VendorOps): Action<State> =>
  action("guest_eoi_timer", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "EOI of the timer vector: accelerated, or an exit where APICv is inhibited",
    branch: eoiWritten,
    source: "timer 4.8; irqchip 3.3",
    atomic: "one event of the CPU",
    guard: (s, { v }) => inGuest(s, v) && handles(s.vcpu[v], "timer"),
    effect: (d, { v }) => endInterrupt(ops, d, v, "timer"),
  });

/** What a guest does with its timer: program it, read it, take its interrupt, and exit to userspace now and then. */
export const guestTimer = (ops: VendorOps): readonly Action<State>[] => [
  writeTmict,
  guestReadTmcct,
  userExit,
  take(ops),
  eoiTimer(ops),
];

export default guestTimer;
