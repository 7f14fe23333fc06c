import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { action, type State } from "../../state.ts";
import { changeInhibit } from "../apicv/apicv.ts";
import { ioctl } from "../../ioctl.ts";
import { resetAck, resetPending } from "./pit.ts";
import { changesInhibit } from "../../prints/inhibit.ts";

const actor = "userspace";
const lock = "pit_state.lock, which timer, worker and ack notifier do not take (irqchip 7.5)";
type ControlPc = State["pit"]["control"];

const at = (pc: ControlPc) => ({
  actor,
  guard: (s: State) => s.pit.control === pc && s.inhibitor.pc === "IDLE",
});

/** kvm_pit_set_reinject(), step by step: the inhibit, the reset, the notifiers with their scan, and the switch itself. */
export const pitControl = (ops: VendorOps): readonly Action<State>[] => [
  ioctl("KVM_REINJECT_CONTROL", {
    actor,
    args: { reinject: ["off", "on"] },
    kernel: "kvm_pit_set_reinject(): kvm_set_apicv_inhibit(PIT_REINJ), or cleared",
    branch: ({ pit }, { reinject }: { readonly reinject: string }) => {
      const on = reinject === "on";
      if (pit.reinject === on) return "kvm_pit_set_reinject(): no change, return";
      return `kvm_pit_set_reinject(): ${on ? "kvm_set_apicv_inhibit" : "kvm_clear_apicv_inhibit"}(PIT_REINJ)`;
    },
    prints: (s, { reinject }: { readonly reinject: string }, after) =>
      after.pit.control === s.pit.control ? [] : changesInhibit(ops, s, "PIT_REINJ", reinject === "on"),
    source: "irqchip 1.6, 4",
    atomic: `${lock}, then apicv_update_lock for writing; a crossing goes on step by step`,
    guard: (s) => s.pit.control === "IDLE" && s.inhibitor.pc === "IDLE",
    refuses: (s) => (s.vm.vpit ? undefined : "-ENXIO"),
    effect: (d, { reinject }) => {
      if (d.pit.reinject === (reinject === "on")) return;
      d.pit.controlOn = reinject === "on";
      changeInhibit(ops, d, "PIT_REINJ", d.pit.controlOn, 0);
      d.pit.control = d.pit.controlOn ? "RESET" : "NOTIFIERS";
    },
  }),
  action("pit_control_reset_pending", {
    ...at("RESET"),
    kernel: "kvm_pit_reset_reinject(): atomic_set(&pending, 0)",
    source: "irqchip 4",
    atomic: "one store",
    effect: (d) => {
      resetPending(d);
      d.pit.control = "ACK";
    },
  }),
  action("pit_control_reset_ack", {
    ...at("ACK"),
    kernel: "kvm_pit_reset_reinject(): atomic_set(&irq_ack, 1)",
    source: "irqchip 4",
    atomic: "one store",
    effect: (d) => {
      resetAck(d);
      d.pit.control = "NOTIFIERS";
    },
  }),
  action("pit_control_notifiers", {
    ...at("NOTIFIERS"),
    kernel: "kvm_register_irq_ack_notifier() and the mask notifier, or both unregistered",
    branch: ({ pit }) =>
      `${pit.controlOn ? "kvm_register_irq_ack_notifier()" : "kvm_unregister_irq_ack_notifier()"}, and the mask notifier the same way`,
    source: "irqchip 4, 3.1",
    atomic:
      "kvm->irq_lock; both lists are read under irq_srcu, and the mask notifier matters to an unmasked pin only once it is masked",
    effect: (d) => {
      d.pit.notified = d.pit.controlOn;
      d.pit.control = "SCAN";
    },
  }),
  action("pit_control_scan", {
    ...at("SCAN"),
    kernel: "kvm_make_scan_ioapic_request(): KVM_REQ_SCAN_IOAPIC, cmpxchg(mode), and the IPI",
    source: "irqchip 3.1; timer 2.2: WAIT, NO_WAKEUP",
    atomic:
      "the IPI follows the cmpxchg that decides on it; a vCPU that leaves the guest in between needs it no more",
    effect: (d) => {
      for (let v = 0; v < d.vcpu.length; v++) {
        const vcpu = d.vcpu[v];
        if (vcpu.pc === "ABSENT") continue;
        vcpu.req.SCAN_IOAPIC = true;
        if (vcpu.mode === "OUTSIDE") continue;
        vcpu.mode = "EXITING";
        vcpu.irq.CALL_FUNCTION = true;
      }
      d.pit.control = "WAIT";
    },
  }),
  action("pit_control_wait", {
    actor,
    kernel: "smp_call_function_many(wait): every target acked",
    source: "timer 2.2",
    atomic: "the wait ends once all acks are there",
    guard: (s) => s.pit.control === "WAIT" && s.vcpu.every(({ irq }) => !irq.CALL_FUNCTION),
    effect: (d) => {
      d.pit.control = "STORE";
    },
  }),
  action("pit_control_store", {
    ...at("STORE"),
    kernel: "kvm_pit_set_reinject(): atomic_set(&reinject)",
    source: "irqchip 4",
    atomic: `one store; ${lock}, is released`,
    effect: (d) => {
      d.pit.reinject = d.pit.controlOn;
      d.pit.controlOn = false;
      d.pit.control = "IDLE";
    },
  }),
];

export default pitControl;
