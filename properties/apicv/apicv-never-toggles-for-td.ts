import { step } from "../../models/kvm/state.ts";

/** The fixed property of the thread's subject: whatever is tried, a TD's apicv_active stays what it was. */
export const apicvNeverTogglesForTd = step({
  id: "apicv-never-toggles-for-td",
  statement:
    "Once KVM_TDX_INIT_VCPU is done, no ioctl, no inhibit change and no KVM_REQ_APICV_UPDATE changes the apicv_active " +
    "of a TD vCPU",
  source: "m1, m3, m12; timer 3.4, 4.2, 9.2 Q3",
  kernel: "kvm_vcpu_update_apicv(), vt_refresh_apicv_exec_ctrl()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action }, { v }) =>
    before.vm.type === "KVM_X86_TDX_VM" &&
    before.vcpu[v].initialized &&
    ["req_apicv_update", "inhibit_store", "recalculate_apic_map", "KVM_SET_SREGS"].includes(action),
  holds: (before, after, _, { v }) => before.vcpu[v].apicvActive === after.vcpu[v].apicvActive,
});
