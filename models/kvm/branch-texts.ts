import type { OfVcpu } from "./citation.ts";
import type { State } from "./state.ts";

/** What apic_timer_expired() found first. */
export const pendingTested = ({ pending }: State["timer"][number]): string =>
  pending > 0 ? "pending is set, return" : "pending is 0";

/** What kvm_vcpu_kick() did. */
export const kicked = ({ vcpu }: State, { v }: OfVcpu): string => {
  const { waiter, task, mode } = vcpu[v];
  if (waiter && task !== "RUNNING") return "kvm_vcpu_kick(): rcuwait_wake_up()";
  return mode === "IN_GUEST"
    ? "kvm_vcpu_kick(): cmpxchg(mode, IN_GUEST_MODE, EXITING_GUEST_MODE)"
    : "kvm_vcpu_kick(): nobody sleeps, and mode is not IN_GUEST_MODE";
};
