import type { Draft } from "#check";
import type { VendorOps } from "../ops.ts";
import { apicEnabled } from "../predicates.ts";
import type { State } from "../state.ts";

/** Counts an injection for the properties; two are as many as any of them tells apart. */
export const countInjection = (d: Draft<State>, v: number): void => {
  const { ghost } = d.timer[v];
  ghost.injections = Math.min(2, ghost.injections + 1);
};

/** kvm_apic_inject_pending_timer_irqs() on the vCPU's own pCPU: an APIC that is disabled drops the interrupt. */
export const inject = (ops: VendorOps, d: Draft<State>, v: number): void => {
  if (apicEnabled(d.vcpu[v])) {
    ops.deliver(d, v, "timer");
    countInjection(d, v);
  } else d.timer[v].ghost.fired = false;
};
