import { apicvActivated } from "../../models/kvm/predicates.ts";
import { invariant, sometimes, step, type State } from "../../models/kvm/state.ts";

const isTd = (s: State): boolean => s.vm.type === "KVM_X86_TDX_VM";

export const tdBuggedOnlyWithoutMemory = invariant({
  id: "td-bugged-only-without-memory",
  statement: "A TD is bugged only if kvm_recalculate_apic_map() could not allocate its map",
  source: "m3, m12, m14; timer 9.2 Q3, 9.4 F1; irqchip (c) C26, C27",
  claim: "Q3",
  kernel: "kvm_recalculate_apic_map(), vt_refresh_apicv_exec_ctrl(): KVM_BUG_ON",
  antecedent: (s) =>
    isTd(s) && !s.vm.apicMap.ghostAllocationFailed && s.vcpu.some(({ initialized }) => initialized),
  holds: ({ vm }) => !vm.dead,
});

export const physicalIdNeverAliased = invariant({
  id: "td-physical-id-never-aliased",
  statement: "PHYSICAL_ID_ALIASED is never set for a TD whose apic map could be allocated",
  source: "m12, m13; irqchip 6.8, (c) C26",
  claim: "C26",
  kernel: "kvm_recalculate_phys_map(): two vCPUs with one effective physical id",
  antecedent: (s) =>
    isTd(s) && !s.vm.apicMap.ghostAllocationFailed && s.vcpu.some(({ initialized }) => initialized),
  holds: ({ vm }) => !vm.inhibit.PHYSICAL_ID_ALIASED,
});

export const x2apicIdsNeverAlias = step({
  id: "x2apic-ids-never-alias",
  statement: "While every vCPU is in x2APIC mode the map is never given up because two ids are the same",
  source: "m13, m14; timer 3.6, 9.2 Q4",
  claim: "Q4",
  kernel: "kvm_recalculate_phys_map(): x2APIC ids are vcpu_ids",
  antecedent: (before, _, { action, args }) =>
    action === "apic_map_build" &&
    args["result"] === "ok" &&
    before.vcpu.every(({ apicMode }) => apicMode === "X2APIC"),
  holds: (_, after) => !after.vm.apicMap.noMap,
});

export const allocationFailureBugs = sometimes({
  id: "allocation-failure-bugs-the-vm",
  statement: "After a failed allocation of the apic map a vCPU that enters has its VM bugged",
  source: "m3; timer 9.2 Q5",
  claim: "Q5",
  kernel: "kvm_recalculate_apic_map(), kvm_vcpu_update_apicv()",
  holds: ({ vm }) => vm.dead && vm.apicMap.ghostAllocationFailed,
});

export const allocationFailureForgiven = sometimes({
  id: "allocation-failure-forgiven",
  statement:
    "After a failed allocation and a later one that worked, every vCPU runs its guest with APICv active",
  source: "timer 9.2 Q5",
  claim: "Q5",
  kernel: "kvm_recalculate_apic_map(): PHYSICAL_ID_ALIASED cleared again",
  holds: ({ vm, vcpu }) =>
    vm.apicMap.ghostAllocationFailed &&
    !vm.dead &&
    apicvActivated(vm) &&
    vcpu.every(({ pc, apicvActive, req }) => pc === "NONROOT" && apicvActive && !req.APICV_UPDATE),
});

export const logicalAliasNeverInhibits = step({
  id: "logical-id-aliased-never-inhibits-on-vmx",
  statement:
    "A map that is given up records no LOGICAL_ID_ALIASED on VMX, whose required inhibits leave it out, and takes no lock " +
    "for it",
  source: "m13, m14; timer 3.1, 9.2 Q14",
  claim: "Q14",
  kernel: "kvm_set_apicv_inhibit(LOGICAL_ID_ALIASED), required_apicv_inhibits",
  antecedent: (before, _, { action }) => action === "apic_map_logical" && before.vm.apicMap.noMap,
  holds: (_, after) => !after.vm.inhibit.LOGICAL_ID_ALIASED && after.inhibitor.pc === "IDLE",
});

export const apicIdNeverModified = invariant({
  id: "td-apic-id-never-modified",
  statement: "APIC_ID_MODIFIED is never set for a TD, since userspace cannot change an id before x2APIC mode",
  source: "m3, m12; timer 3.8, 9.2 Q7",
  kernel: "kvm_apic_set_state(), kvm_recalculate_apic_map()",
  antecedent: (s) => isTd(s) && s.vm.apicMap.pc !== "IDLE",
  holds: ({ vm }) => !vm.inhibit.APIC_ID_MODIFIED,
});
