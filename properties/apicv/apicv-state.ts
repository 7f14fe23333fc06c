import { apicvActivated } from "../../models/kvm/predicates.ts";
import { step } from "../../models/kvm/state.ts";

export const refreshNeverWarns = step({
  id: "refresh-never-warns-for-td",
  statement: "As posted, vt_refresh_apicv_exec_ctrl() is never called for a TD, so its WARN never fires",
  source: "m1; timer 4.1, 4.2, 9.2 Q1",
  claim: "Q1",
  kernel: "vt_refresh_apicv_exec_ctrl(): WARN_ON_ONCE(is_td_vcpu())",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    before.vm.type === "KVM_X86_TDX_VM" && action === "req_apicv_update" && args["v"] === v,
  holds: (_, after) => !after.vm.ghostRefreshWarned,
});

export const entryAgreesWithInhibits = step({
  id: "entry-agrees-with-inhibits",
  statement: "At every entry apicv_active agrees with the inhibit mask, unless the APIC is disabled",
  source: "timer 2.5 S11, 3.3, 9.2 Q2",
  claim: "Q2",
  kernel: "vcpu_enter_guest(): WARN_ON_ONCE(kvm_vcpu_apicv_activated() != kvm_vcpu_apicv_active())",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "vm_enter" && args["v"] === v && before.vcpu[v].apicMode !== "DISABLED",
  holds: (before, _, __, { v }) => apicvActivated(before.vm) === before.vcpu[v].apicvActive,
});

export const entryWithoutLapicAgreesWithInhibits = step({
  id: "entry-without-lapic-agrees-with-inhibits",
  statement:
    "At every entry of a vCPU that has no in-kernel LAPIC the inhibit mask says that APICv is inhibited, as the vCPU does",
  source: "timer 2.5 S11, 3.1, 3.2",
  kernel: "vcpu_enter_guest(): WARN_ON_ONCE(kvm_vcpu_apicv_activated() != kvm_vcpu_apicv_active())",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "vm_enter" && args["v"] === v && before.vm.irqchip === "NONE",
  holds: (before, _, __, { v }) => apicvActivated(before.vm) === before.vcpu[v].apicvActive,
});
