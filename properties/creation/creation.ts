import { createdVcpus } from "../../models/kvm/predicates.ts";
import { invariant, step, type State } from "../../models/kvm/state.ts";

const isTd = (s: State): boolean => s.vm.type === "KVM_X86_TDX_VM";

export const runningTdHasNoLegacyChip = invariant({
  id: "running-td-has-no-in-kernel-ioapic-pic-or-pit",
  statement: "No vCPU of a TD is in KVM_RUN while the I/O APIC and the PIC, or a PIT, are in the kernel",
  source: "m3, m5, m7; irqchip 1.1, 1.5, (c) C9",
  claim: "C9",
  kernel: "tdx_vcpu_create(): irqchip_split(); kvm_vm_ioctl(KVM_CREATE_PIT2): pic_in_kernel()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => isTd(s) && s.vcpu[v].pc === "RUN_TOP",
  holds: ({ vm }) => vm.irqchip !== "KERNEL" && !vm.vpit,
});

export const createIrqchipNeverSucceedsForTd = step({
  id: "create-irqchip-never-succeeds-for-td",
  role: "observation",
  statement: "KVM_CREATE_IRQCHIP of a TD never answers 0",
  source: "irqchip 1.1, 1.8, (c) C10",
  claim: "C10",
  kernel: "kvm_arch_vm_ioctl(KVM_CREATE_IRQCHIP): has_protected_eoi",
  antecedent: (before, _, { action }) => isTd(before) && action === "KVM_CREATE_IRQCHIP",
  holds: (_, after) => after.ioctl.answer !== "0",
});

export const splitPossibleBeforeVcpus = step({
  id: "split-irqchip-possible-before-vcpus",
  statement:
    "As long as there is no irqchip and no vCPU was begun, KVM_CAP_SPLIT_IRQCHIP answers 0, whatever failed before",
  source: "irqchip 1.1, 1.2, (c) C10",
  claim: "C10",
  kernel: "kvm_vm_ioctl_enable_cap(KVM_CAP_SPLIT_IRQCHIP)",
  antecedent: (before, _, { action }) =>
    action === "KVM_CAP_SPLIT_IRQCHIP" && before.vm.irqchip === "NONE" && createdVcpus(before) === 0,
  holds: (_, after) => after.ioctl.answer === "0",
});

export const refusedVcpuLeavesAWayOut = step({
  id: "refused-vcpu-leaves-a-way-out",
  statement: "Whenever KVM_CREATE_VCPU answers -EINVAL for the irqchip, userspace may still choose another",
  source: "irqchip 1.4 (iii), (c) C10",
  claim: "C10",
  kernel: "tdx_vcpu_create(): -EINVAL; kvm_vm_ioctl_enable_cap(KVM_CAP_SPLIT_IRQCHIP): -EEXIST",
  antecedent: (_, after, { action }) => action === "undo_created_vcpus" && after.ioctl.answer === "-EINVAL",
  holds: (_, after) => after.vm.irqchip === "NONE",
});

export const irqchipFrozenByVcpus = step({
  id: "irqchip-frozen-once-vcpus-are-created",
  statement: "While created_vcpus is above 0 the irqchip stays what it is",
  source: "irqchip 1.1, 1.2, 1.4 (i), (c) C31",
  claim: "C31",
  kernel: "kvm_vm_ioctl_create_vcpu(): created_vcpus++ before anything else, under kvm->lock",
  antecedent: (before, _, { action }) =>
    createdVcpus(before) > 0 && ["KVM_CREATE_IRQCHIP", "KVM_CAP_SPLIT_IRQCHIP"].includes(action),
  holds: (before, after) => before.vm.irqchip === after.vm.irqchip,
});

export const noVcpuAfterFinalize = step({
  id: "no-vcpu-inserted-after-finalize",
  statement: "After KVM_TDX_FINALIZE_VM no vCPU is inserted any more: KVM_CREATE_VCPU answers -EIO",
  source: "irqchip 1.4 c, 1.8, 6.9",
  kernel: "tdx_vcpu_create(): state != TD_STATE_INITIALIZED, read without a lock",
  antecedent: (before, _, { action }) =>
    isTd(before) && before.vm.td === "RUNNABLE" && ["insert_vcpu", "undo_created_vcpus"].includes(action),
  holds: (_, after, { action }) => action === "undo_created_vcpus" && after.ioctl.answer === "-EIO",
});
