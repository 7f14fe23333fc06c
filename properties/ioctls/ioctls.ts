import { has } from "#check";
import { anyVector, apicEnabled } from "../../models/kvm/predicates.ts";
import { vectorNames } from "../../models/kvm/state-vectors.ts";
import { invariant, step, type State } from "../../models/kvm/state.ts";

const isTd = (s: State): boolean => s.vm.type === "KVM_X86_TDX_VM";
/** An ioctl that is over in one step, other than KVM_RUN and the one that initializes the vCPU. */
const isIoctl = (action: string): boolean =>
  action.startsWith("KVM_") && !["KVM_RUN", "KVM_TDX_INIT_VCPU"].includes(action);

export const apicBaseNeverChanged = step({
  id: "ioctl-keeps-td-apic-base",
  statement: "No ioctl changes the APIC mode or the APIC base of a TD vCPU that is initialized",
  source: "m3; irqchip 6.2, (c) C22",
  claim: "C22",
  kernel: "__set_sregs_common(), kvm_apic_set_base(), kvm_set_msr_common(MSR_IA32_APICBASE)",
  args: { v: "vcpu" },
  antecedent: (before, _, { action }, { v }) => isTd(before) && isIoctl(action) && before.vcpu[v].initialized,
  holds: (before, after, _, { v }) =>
    before.vcpu[v].apicMode === after.vcpu[v].apicMode &&
    before.vcpu[v].baseMoved === after.vcpu[v].baseMoved,
});

export const ioctlLosesNoPost = step({
  id: "ioctl-loses-no-posted-interrupt",
  statement: "No ioctl takes out of a TD vCPU's PIR what was posted",
  source: "m3, m12; irqchip 6.1, (c) C23",
  claim: "C23",
  kernel: "kvm_apic_set_state(): apicv_pre_state_restore()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action }, { v }) =>
    isTd(before) && isIoctl(action) && anyVector(before.vcpu[v].pir),
  holds: (before, after, _, { v }) =>
    vectorNames.every((vector) => !before.vcpu[v].pir[vector] || after.vcpu[v].pir[vector]),
});

export const ioctlKeepsDelivery = step({
  id: "ioctl-keeps-td-apic-enabled",
  statement:
    "No ioctl disables the APIC of a TD vCPU, by its base or by SPIV, so that nothing is delivered to it any more",
  source: "m3; irqchip 6.1, 6, (c) C24",
  claim: "C24",
  kernel: "kvm_apic_set_state(), kvm_lapic_reg_write(APIC_SPIV): apic_set_spiv()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action }, { v }) =>
    isTd(before) && isIoctl(action) && apicEnabled(before.vcpu[v]),
  holds: (_, after, __, { v }) => apicEnabled(after.vcpu[v]),
});

export const tdNeverInhibitedByIoctl = invariant({
  id: "td-never-inhibited-by-ioctl",
  statement:
    "Of a TD with initialized vCPUs none of BLOCKIRQ, HYPERV, APIC_BASE_MODIFIED and DISABLED is in the inhibits",
  source: "m3; irqchip 6.3, 6.11, 6.12, (c) C25",
  claim: "C25",
  kernel: "kvm_arch_vcpu_ioctl_set_guest_debug(), synic_update_vector(), kvm_apic_set_base(), tdx_bringup()",
  antecedent: (s) => isTd(s) && s.vcpu.some(({ initialized }) => initialized),
  holds: ({ vm: { inhibit } }) =>
    !inhibit.BLOCKIRQ && !inhibit.HYPERV && !inhibit.APIC_BASE_MODIFIED && !inhibit.DISABLED,
});

export const ioctlsNeverBugTd = invariant({
  id: "ioctls-never-bug-td",
  statement: "No ioctl of the APIC's state gets a TD bugged",
  source: "m12; irqchip (c) C27",
  claim: "C27",
  kernel: "vt_refresh_apicv_exec_ctrl(): KVM_BUG_ON",
  antecedent: (s) => isTd(s) && s.vcpu.some(({ initialized }) => initialized),
  holds: ({ vm }) => !vm.dead,
});

export const buggedVmAnswersEio = step({
  id: "bugged-vm-answers-eio",
  vacuousIs: "good",
  statement: "Every ioctl of a VM that is bugged answers -EIO",
  source: "m3, m12; irqchip 6; timer 4.3",
  kernel: "kvm_vm_ioctl(), kvm_vcpu_ioctl(): vm_dead",
  antecedent: (before, _, { action }) => before.vm.dead && isIoctl(action),
  holds: (_, after) => after.ioctl.answer === "-EIO",
});

export const ioctlQueuesNoInterrupt = step({
  id: "ioctl-queues-nothing-for-td",
  statement: "No ioctl leaves a TD vCPU with interrupt.injected set, which nothing would clear again",
  source: "irqchip 5.4 L2, L4, 6.2",
  kernel: "__set_sregs(): interrupt_bitmap, kvm_queue_interrupt()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action }, { v }) =>
    isTd(before) && isIoctl(action) && before.vcpu[v].initialized && !before.vcpu[v].events.interruptInjected,
  holds: (_, after, __, { v }) => !after.vcpu[v].events.interruptInjected,
});

export const cleanMapFindsTheApics = invariant({
  id: "clean-map-finds-the-apics",
  statement:
    "While the apic map is clean it finds exactly the vCPUs whose APIC is enabled, by each kind of id",
  source: "timer 3.6, 3.7; irqchip 7.2",
  kernel: "kvm_apic_set_base(), apic_set_spiv(): apic_map_dirty; kvm_recalculate_apic_map()",
  args: { v: "vcpu" },
  antecedent: ({ vm }) => vm.apicMap.dirty === "CLEAN" && vm.apicMap.pc === "IDLE" && vm.apicMap.map.present,
  holds: ({ vm, vcpu }, { v }) =>
    has(vm.apicMap.map.physical, v) === (vcpu[v].pc !== "ABSENT" && vcpu[v].apicMode !== "DISABLED") &&
    has(vm.apicMap.map.logical, v) === (vcpu[v].pc !== "ABSENT" && apicEnabled(vcpu[v])),
});
