import { step } from "../../models/kvm/state.ts";

export const setLapicLosesNoExpiry = step({
  id: "set-lapic-loses-no-expiry",
  statement:
    "KVM_SET_LAPIC takes away no expiry of a deadline that userspace has restored: it is pending still, or the timer is " +
    "started again",
  source: "timer 1.5 step 3, 5",
  kernel:
    "apic_timer_expired(apic, false); kvm_apic_set_state(): apicv_pre_state_restore(), __start_apic_timer()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "KVM_SET_LAPIC" &&
    args["v"] === v &&
    (before.timer[v].pending > 0 || before.vcpu[v].pir.timer),
  holds: (_, after, __, { v }) => {
    const { pir, irr } = after.vcpu[v];
    return after.timer[v].pending > 0 || after.timer[v].hr !== "INACTIVE" || pir.timer || irr.timer;
  },
});
