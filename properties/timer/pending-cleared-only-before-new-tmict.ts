import { step } from "../../models/kvm/state.ts";

/** m3's remark, as a rule: an expiry is wiped from `pending` by a TMICT write only, before the new timer starts. */
export const pendingClearedOnlyBeforeNewTmict = step({
  id: "pending-cleared-only-before-new-tmict",
  vacuousIs: "good",
  statement:
    "lapic_timer.pending is cleared either after its interrupt was injected, or by a TMICT write before the new timer " +
    "is started; an expiry of the new timer is never wiped",
  source: "m3, m21; timer 1.1, 1.7",
  kernel: "cancel_apic_timer(), __start_apic_timer(), kvm_inject_apic_timer_irqs()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => before.timer[v].pending > 0 && after.timer[v].pending === 0,
  holds: (before, _, __, { v }) => {
    const { pc } = before.vcpu[v];
    const { hr, ghost } = before.timer[v];
    const injected = pc === "CLEAR_PENDING" && ghost.injections > 0;
    return injected || ((pc === "TMICT_CLEAR_1" || pc === "TMICT_CLEAR_2") && hr === "INACTIVE");
  },
});
