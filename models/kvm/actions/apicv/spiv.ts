import type { Action } from "#check";
import { threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { dirtyApicMap } from "./apic-map.ts";
import { inGuest, leave } from "../../leave.ts";
import { apicWriteExit } from "../../vm-exits.ts";

/** apic_set_spiv(): an APIC that is disabled has its LVTs masked and forgets the pending timer. */
export const setSpiv = (d: Parameters<Action<State>["effect"]>[0], v: number, on: boolean): void => {
  const vcpu = d.vcpu[v];
  if (vcpu.swEnabled !== on) dirtyApicMap(d, v);
  vcpu.swEnabled = on;
  if (on) return;
  d.timer[v].pending = 0;
  d.timer[v].masked = true;
  vcpu.events.lvt0ExtInt = false;
};

/** The guest switches its APIC on and off by SPIV, step by step, so that what is delivered meanwhile may race with it. */
export const spiv: readonly Action<State>[] = [
  action("guest_switch_apic", {
    actor: cpu,
    args: { v: "vcpu", to: ["SPIV_ON", "SPIV_OFF"] },
    kernel: apicWriteExit(" of APIC_SPIV"),
    source: "irqchip 7.1, 7.2",
    atomic:
      "the exit is one event of the CPU; of several vCPUs the first, which sends IPIs, keeps its own on",
    guard: (s, { v, to }) =>
      inGuest(s, v) && v === s.vcpu.length - 1 && s.vcpu[v].swEnabled === (to === "SPIV_OFF"),
    effect: (d, { v, to }) => leave(d, v, to),
  }),
  action("apic_set_spiv", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_lapic_reg_write(APIC_SPIV): apic_set_spiv(), apic_map_dirty",
    source: "irqchip 7.2; timer 1.7",
    atomic: "writes registers of this thread's own; others read the enable bit once",
    guard: (s, { v }) => threadAt(s.vcpu[v], "SPIV_STORE"),
    effect: (d, { v }) => {
      setSpiv(d, v, d.vcpu[v].exit === "SPIV_ON");
      d.vcpu[v].pc = "SPIV_MAP";
    },
  }),
  action("apic_set_spiv_return", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_lapic_reg_write(): kvm_recalculate_apic_map() is over",
    source: "irqchip 7.2",
    atomic: "a return",
    guard: (s, { v }) => threadAt(s.vcpu[v], "SPIV_MAP") && !s.vcpu[v].inIoctl,
    effect: (d, { v }) => {
      d.vcpu[v].pc = "CLEAR_UNBLOCK";
    },
  }),
];

export default spiv;
