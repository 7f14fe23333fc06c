import { asleep } from "../../models/kvm/blocking.ts";
import { exitIrqPending } from "../../models/kvm/predicates.ts";
import { invariant, sometimes, step, type State } from "../../models/kvm/state.ts";

const isTd = (s: State): boolean => s.vm.type === "KVM_X86_TDX_VM";

export const tdStartsWithApicvActive = invariant({
  id: "td-vcpu-starts-with-apicv-active",
  statement:
    "A TD vCPU that is created and not initialized yet has apicv_active set, since TDX needs enable_apicv at bring-up",
  source: "m3; timer 3.5, 4.1",
  kernel: "tdx_bringup(): enable_apicv; kvm_create_lapic()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => isTd(s) && s.vcpu[v].pc !== "ABSENT" && !s.vcpu[v].initialized,
  holds: (s, { v }) => s.vcpu[v].apicvActive,
});

export const tdVcpuImpliesSplit = invariant({
  id: "td-vcpu-implies-split-irqchip",
  statement: "Once a TD vCPU exists the irqchip is split, neither in the kernel nor absent",
  source: "m5, m7, m8; timer 4.1, 9.2 Q9; irqchip (c) C9",
  claim: "Q9",
  kernel: "tdx_vcpu_create(): irqchip_split()",
  antecedent: (s) => isTd(s) && s.vcpu.some(({ pc }) => pc !== "ABSENT"),
  holds: ({ vm }) => vm.irqchip === "SPLIT",
});

export const tdVcpuNeedsLapic = invariant({
  id: "td-vcpu-needs-lapic",
  statement: "A TD without irqchip never gets a vCPU",
  source: "m7, m8; irqchip (c) C11",
  kernel: "tdx_vcpu_create(): lapic_in_kernel() or irqchip_split()",
  antecedent: (s) => isTd(s) && s.vcpu.some(({ pc }) => pc !== "ABSENT"),
  holds: ({ vm }) => vm.irqchip !== "NONE",
});

export const sregsNeverBugsTd = invariant({
  id: "td-runs-with-its-apic-enabled",
  statement: "Userspace cannot switch off a TD's APIC base, and so cannot have its VM bugged that way",
  source: "m3; timer 3.8, 9.2 Q6",
  claim: "Q6",
  kernel: "kvm_arch_vcpu_ioctl_set_sregs(), vt_refresh_apicv_exec_ctrl()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => isTd(s) && s.vcpu[v].initialized,
  holds: (s, { v }) => s.vcpu[v].apicMode !== "DISABLED" && !s.vm.dead,
});

export const setLapicKeepsApicMode = step({
  id: "set-lapic-keeps-apic-enabled",
  statement: "KVM_SET_LAPIC never leaves a vCPU with its APIC base disabled",
  source: "m3; timer 3.8, 9.2 Q7",
  claim: "Q7",
  kernel: "kvm_apic_set_state(): apic_base is not touched",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "KVM_SET_LAPIC" && args["v"] === v && before.vcpu[v].apicMode !== "DISABLED",
  holds: (_, after, __, { v }) => after.vcpu[v].apicMode !== "DISABLED",
});

export const pitReinjNeverInhibits = step({
  id: "pit-reinject-never-inhibits-on-vmx",
  statement:
    "An in-kernel PIT in re-inject mode records no inhibit on VMX, whose required inhibits leave PIT_REINJ out",
  source: "m3; timer 3.1, 9.2 Q13",
  claim: "Q13",
  kernel: "kvm_set_apicv_inhibit(PIT_REINJ), required_apicv_inhibits",
  antecedent: (before, after, { action }) => action === "KVM_CREATE_PIT2" && !before.vm.vpit && after.vm.vpit,
  holds: (before, after) =>
    !after.vm.inhibit.PIT_REINJ &&
    after.inhibitor.pc === "IDLE" &&
    before.vm.apicvLock === after.vm.apicvLock,
});

export const buggedVmRunsNoGuest = invariant({
  id: "bugged-vm-runs-no-guest",
  vacuousIs: "good",
  statement: "Once KVM_BUG_ON has told every vCPU and waited for them, none is in non-root mode ever again",
  source: "m3, m12; timer 4.3, 9.2 Q8",
  claim: "Q8",
  kernel: "kvm_vm_dead(): KVM_REQ_VM_DEAD; kvm_vcpu_exit_request()",
  antecedent: ({ vm }) => vm.bugOn.pc === "DONE",
  holds: ({ vcpu }) => vcpu.every(({ pc }) => pc !== "NONROOT"),
});

export const buggedVmKicksGuests = invariant({
  id: "bugged-vm-has-kicked-its-guests",
  vacuousIs: "good",
  statement:
    "From the moment KVM_BUG_ON waits, a vCPU in non-root mode has the interrupt pending that ends it",
  source: "timer 4.3, 2.2",
  kernel: "kvm_make_all_cpus_request(KVM_REQ_VM_DEAD), kvm_kick_many_cpus()",
  args: { v: "vcpu" },
  antecedent: ({ vm, vcpu }, { v }) => vm.bugOn.pc === "WAIT" && vcpu[v].pc === "NONROOT",
  holds: ({ vcpu }, { v }) => exitIrqPending(vcpu[v]),
});

export const haltedVcpuSleepsOn = sometimes({
  id: "halted-vcpu-sleeps-through-bug",
  statement: "A vCPU sleeps in its halt after KVM_BUG_ON has told every vCPU and waited",
  source: "timer 4.3, 9.4 F6",
  claim: "F6",
  kernel: "kvm_make_all_cpus_request(KVM_REQ_VM_DEAD): KVM_REQUEST_NO_WAKEUP",
  args: { v: "vcpu" },
  holds: ({ vm, vcpu }, { v }) => vm.bugOn.pc === "DONE" && asleep(vcpu[v]),
});

export const haltedVcpuLearnsOfBug = step({
  id: "halted-vcpu-learns-of-bug",
  statement:
    "A vCPU whose KVM_REQ_VM_DEAD is set already does not go to sleep: a check before schedule() finds it",
  source: "timer 2.10, 4.3, 9.4 F6",
  claim: "F6",
  kernel: "kvm_vcpu_check_block(): no test of KVM_REQ_VM_DEAD",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "schedule" && args["v"] === v && before.vcpu[v].req.VM_DEAD,
  holds: (_, after, __, { v }) => !asleep(after.vcpu[v]),
});
