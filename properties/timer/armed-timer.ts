import { invariant, sometimes } from "../../models/kvm/state.ts";

export const armedTimerRuns = invariant({
  id: "armed-timer-runs",
  statement:
    "While a vCPU runs in non-root mode with a deadline ahead, its hv timer or its hrtimer is set for it, or the expiry is " +
    "counted in pending",
  source: "timer 1.9, 1.10, 1.12",
  kernel: "kvm_arch_vcpu_load(): kvm_lapic_restart_hv_timer(); restart_apic_timer()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].pc === "NONROOT" && s.timer[v].deadline,
  holds: (s, { v }) => s.timer[v].hv || s.timer[v].hr !== "INACTIVE" || s.timer[v].pending > 0,
});

export const deadlineExpiresBeforeStart = sometimes({
  id: "deadline-expires-before-start",
  statement:
    "A write of IA32_TSC_DEADLINE is preempted before it starts the timer, and the new deadline found to have passed as the " +
    "vCPU is loaded elsewhere",
  source: "timer 1.3, 1.10",
  kernel: "kvm_set_lapic_tscdeadline_msr(); kvm_arch_vcpu_load(): kvm_lapic_restart_hv_timer()",
  args: { v: "vcpu" },
  holds: (s, { v }) => s.vcpu[v].pc === "TSCD_CLEAR" && s.timer[v].due,
});
