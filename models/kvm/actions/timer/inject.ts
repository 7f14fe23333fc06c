import type { Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { deliverable } from "../../predicates.ts";
import type { State } from "../../state.ts";

/** Counts an injection for the properties; none of them tells more than two apart. */
export const countInjection = (d: Draft<State>, v: number): void => {
  const { ghost } = d.timer[v];
  ghost.injections = Math.min(2, ghost.injections + 1);
};

/** The end of kvm_apic_inject_pending_timer_irqs(): a timer that is not periodic has no deadline any more. */
export const forgetDeadline = (d: Draft<State>, v: number): void => {
  if (!d.timer[v].periodic) d.timer[v].deadline = false;
};

/**
 * kvm_apic_inject_pending_timer_irqs() on the vCPU's own pCPU: an APIC that is disabled, or LVTT masked, drops the
 * interrupt, and the deadline is forgotten either way.
 */
export const inject = (ops: VendorOps, d: Draft<State>, v: number): void => {
  if (deliverable(d.vcpu[v], d.timer[v])) {
    ops.deliver(d, v, "timer");
    countInjection(d, v);
  } else d.timer[v].ghost.fired = false;
  forgetDeadline(d, v);
};
