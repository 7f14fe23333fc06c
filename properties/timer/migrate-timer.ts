import { canPost } from "../../models/kvm/predicates.ts";
import { invariant } from "../../models/kvm/state.ts";

/** Without isolated pCPUs the hrtimer is where its vCPU runs, so that its interrupt makes the guest exit. */
export const hrtimerFollowsItsVcpu = invariant({
  id: "hrtimer-follows-its-vcpu",
  role: "observation",
  statement:
    "Unless pCPUs are isolated or timers are posted, the hrtimer of a vCPU in non-root mode is enqueued on that pCPU",
  source: "m18; timer 1.12",
  kernel: "kvm_arch_vcpu_load(): KVM_REQ_MIGRATE_TIMER; __kvm_migrate_apic_timer()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) =>
    s.vcpu[v].pc === "NONROOT" && s.timer[v].hr !== "INACTIVE" && !s.host.nohzFull && !canPost(s, s.vcpu[v]),
  holds: (s, { v }) => s.timer[v].hr === "ENQUEUED" && s.timer[v].on === "OWN",
});
