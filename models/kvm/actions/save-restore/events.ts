import type { Action, Draft } from "#check";
import { ioctl } from "../../ioctl.ts";
import type { State } from "../../state.ts";
import { mayRestore } from "./restore.ts";
import { beginToSave, maySave } from "./save.ts";

const common = {
  actor: "userspace",
  args: { v: "vcpu" },
  atomic: "vcpu->mutex (irqchip 7.5): what is read and written is the vCPU's own",
} as const;

/** process_nmi(): what is queued is pending. */
const processNmi = (d: Draft<State>, v: number): void => {
  const { events, req } = d.vcpu[v];
  if (!events.nmiQueued) return;
  events.nmiQueued = false;
  events.nmiPending = true;
  req.EVENT = true;
};

/** KVM_GET_VCPU_EVENTS of a vCPU that is saved. */
const saveEvents = ioctl("KVM_GET_VCPU_EVENTS_save", {
  ...common,
  kernel: "kvm_vcpu_ioctl_x86_get_vcpu_events(): process_nmi(), nmi.pending, interrupt.injected",
  source: "irqchip 6.13 EVENTS; timer 4.8",
  guard: (s, { v }) => maySave(s) && s.saved[v].events.is === "NONE",
  refuses: () => undefined,
  effect: (d, { v }) => {
    beginToSave(d);
    processNmi(d, v);
    const { events } = d.saved[v];
    events.is = "SAVED";
    events.nmi = d.vcpu[v].events.nmiPending;
    events.injected = d.vcpu[v].events.interruptInjected;
  },
});

/** KVM_GET_MP_STATE of a vCPU that is saved. */
const saveMpState = ioctl("KVM_GET_MP_STATE_save", {
  ...common,
  kernel: "kvm_arch_vcpu_ioctl_get_mpstate(): mp_state",
  source: "irqchip 6.13 MP_STATE, 6.4",
  guard: (s, { v }) => maySave(s) && s.saved[v].mp.is === "NONE" && s.vcpu[v].mp === "HALTED",
  refuses: () => undefined,
  effect: (d, { v }) => {
    beginToSave(d);
    d.saved[v].mp.is = "SAVED";
    d.saved[v].mp.state = "HALTED";
  },
});

/** KVM_SET_VCPU_EVENTS with what was saved, with KVM_VCPUEVENT_VALID_NMI_PENDING or without. */
export const restoreEvents = (validNmiPending: boolean): Action<State> =>
  ioctl("KVM_SET_VCPU_EVENTS_restore", {
    ...common,
    kernel: validNmiPending
      ? "kvm_vcpu_ioctl_x86_set_vcpu_events(): nmi_pending is 0, nmi_queued as given, KVM_REQ_NMI; interrupt.injected"
      : "kvm_vcpu_ioctl_x86_set_vcpu_events() without KVM_VCPUEVENT_VALID_NMI_PENDING: interrupt.injected",
    source: "irqchip 6.13 EVENTS",
    guard: (s, { v }) => mayRestore(s, v) && s.saved[v].events.is === "SAVED",
    refuses: () => undefined,
    effect: (d, { v }) => {
      const { events } = d.saved[v];
      const vcpu = d.vcpu[v];
      events.is = "RESTORED";
      vcpu.events.interruptInjected = events.injected;
      vcpu.req.EVENT = true;
      if (!validNmiPending) return processNmi(d, v);
      vcpu.events.nmiPending = false;
      vcpu.events.nmiQueued = events.nmi;
    },
  });

/** KVM_SET_MP_STATE with what was saved. */
const restoreMpState = ioctl("KVM_SET_MP_STATE_restore", {
  ...common,
  kernel: "kvm_arch_vcpu_ioctl_set_mpstate(): mp_state, KVM_REQ_EVENT",
  source: "irqchip 6.13 MP_STATE, 6.4",
  guard: (s, { v }) => mayRestore(s, v) && s.saved[v].mp.is === "SAVED",
  refuses: (s) => (s.vm.irqchip === "NONE" ? "-EINVAL" : undefined),
  effect: (d, { v }) => {
    const { mp } = d.saved[v];
    mp.is = "RESTORED";
    d.vcpu[v].mp = mp.state;
    d.vcpu[v].req.EVENT = true;
  },
});

/** The events of a vCPU and its mp_state, read and written. */
export const eventsAndMpState: readonly Action<State>[] = [
  saveEvents,
  saveMpState,
  restoreEvents(true),
  restoreMpState,
];
