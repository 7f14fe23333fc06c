import type { Action } from "#check";
import { handles, takeInterrupt } from "../../in-service.ts";
import type { VendorOps } from "../../ops.ts";
import { anyVector } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { endInterrupt, eoiWritten } from "../ioapic/eoi.ts";
import { inGuest } from "../../leave.ts";
import { byGuest } from "../../text.ts";

/** A guest that takes messages and IPIs, and ends them. */
export const guestMessages = (ops: VendorOps): readonly Action<State>[] => [
  action("guest_take_message", {
    actor: cpu,
    args: { v: "vcpu", vector: ["msi", "ipi"] },
    kernel: "virtual-interrupt delivery",
    source: byGuest("timer 2.9; irqchip 3.6: to a TD a level-triggered message is as an edge-triggered one", {
      ordinary: "timer 2.9; irqchip 3.6",
    }),
    atomic: "one event of the CPU; one interrupt is in service at a time",
    guard: (s, { v, vector }) => {
      const vcpu = s.vcpu[v];
      return inGuest(s, v) && ops.virtualDelivery(vcpu, vector) && vcpu.irr[vector] && !anyVector(vcpu.isr);
    },
    effect: (d, { v, vector }) => {
      takeInterrupt(d, v, vector);
    },
  }),
  action("guest_eoi_message", {
    actor: cpu,
    args: { v: "vcpu", vector: ["msi", "ipi"] },
    kernel: "EOI: accelerated, or an exit: never for a TD",
    branch: eoiWritten,
    source: "m5; irqchip 3.3",
    atomic: "one event of the CPU",
    guard: (s, { v, vector }) => inGuest(s, v) && handles(s.vcpu[v], vector),
    effect: (d, { v, vector }) => endInterrupt(ops, d, v, vector),
  }),
];

export default guestMessages;
