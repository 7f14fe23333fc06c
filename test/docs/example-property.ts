import { step } from "../../models/kvm/state.ts";

/** What a timer has counted is still there after userspace had its turn. */
export const pendingSurvivesUserspace = step({
  id: "pending-survives-userspace",
  statement: "While a vCPU is in userspace its lapic_timer.pending is not cleared",
  source: "timer 1.1: by the vCPU's own thread only, in KVM_RUN",
  kernel: "cancel_apic_timer(), __start_apic_timer(), kvm_inject_apic_timer_irqs()",
  args: { v: "vcpu" },
  antecedent: (before, _, __, { v }) => before.vcpu[v].pc === "USER" && before.timer[v].pending > 0,
  holds: (_, after, __, { v }) => after.timer[v].pending > 0,
});
