import { restoreEvents } from "../actions/save-restore/events.ts";
import { createNewVm } from "../actions/save-restore/new-vm.ts";
import { option } from "../option.ts";

const ordinary = ["vmx", "vmx-sw", "avic", "svm-sw"] as const;

export const saveOrder = option({
  name: "saveOrder",
  about: "in which order userspace calls KVM_GET_LAPIC and KVM_GET_MSRS as it saves a vCPU",
  source: "irqchip 6.13 ORDER",
  values: {
    any: {},
    "lapic-first": { boot: { vm: () => [["choose_save_order", { order: "LAPIC_FIRST" }]] } },
    "msrs-first": { boot: { vm: () => [["choose_save_order", { order: "MSRS_FIRST" }]] } },
  },
});

export const restoreOrder = option({
  name: "restoreOrder",
  about:
    "in which order userspace restores a vCPU: its TSC, its LAPIC, then IA32_TSC_DEADLINE; or the deadline before one of the " +
    "others; or any",
  source: "irqchip 6.13 ORDER",
  values: {
    "deadline-last": {},
    "deadline-before-lapic": {
      boot: { vm: () => [["choose_restore_order", { order: "DEADLINE_BEFORE_LAPIC" }]] },
    },
    "deadline-before-tsc": {
      boot: { vm: () => [["choose_restore_order", { order: "DEADLINE_BEFORE_TSC" }]] },
    },
    any: { boot: { vm: () => [["choose_restore_order", { order: "ANY" }]] } },
  },
});

export const restoredTo = option({
  name: "restoredTo",
  about: "whether what was saved is written to the vCPUs of a new VM, or back to the same",
  source: "irqchip 6.13 NEW",
  guests: ordinary,
  values: {
    "new-vm": { drop: ["restore_same_vm"] },
    "same-vm": { drop: ["create_new_vm"] },
  },
});

export const leftOut = option({
  name: "leftOut",
  about:
    "what userspace leaves out as it saves and restores a VM: nothing, mp_state, the events, or KVM_SET_GSI_ROUTING",
  source: "irqchip 6.13 MP_STATE, 6.13 EVENTS, 6.13 IRQCHIP",
  guests: ordinary,
  values: {
    nothing: {},
    "mp-state": { replace: [createNewVm("mp-state")], drop: ["KVM_GET_MP_STATE_save"] },
    events: { replace: [createNewVm("events")], drop: ["KVM_GET_VCPU_EVENTS_save"] },
    routes: { replace: [createNewVm("routes")], drop: ["KVM_SET_GSI_ROUTING_restore"] },
  },
});

export const eventFlags = option({
  name: "eventFlags",
  about: "whether userspace sets KVM_VCPUEVENT_VALID_NMI_PENDING as it restores the events of a vCPU",
  source: "irqchip 6.13 EVENTS",
  guests: ordinary,
  values: {
    "nmi-pending": {},
    none: { replace: [restoreEvents(false)] },
  },
});

export const pausedBy = option({
  name: "pausedBy",
  about: "how a vCPU is had out of KVM_RUN before it is saved: by an exit of its guest, or by a signal",
  source: "irqchip 6.13 PAUSE",
  values: {
    exit: { drop: ["pause_vcpu", "exit_on_signal"] },
    signal: { drop: ["guest_io"] },
  },
});

/** What is left open of a VM that is saved and restored. */
export default [saveOrder, restoreOrder, restoredTo, leftOut, eventFlags, pausedBy] as const;
