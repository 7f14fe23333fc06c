import { eventKickToCome } from "../../models/kvm/blocking.ts";
import { anyVector, irqWindowOpen, kickInFlight } from "../../models/kvm/predicates.ts";
import { invariant, leadsTo, step, weak } from "../../models/kvm/state.ts";

export const injectedWithInterruptsOn = step({
  id: "injected-with-interrupts-on",
  statement: "KVM injects no interrupt into a guest whose IF is clear",
  source: "irqchip 5.3 step 3",
  kernel: "kvm_check_and_inject_events(): interrupt_allowed()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) =>
    before.vcpu[v].pc === "EVENTS" && !anyVector(before.vcpu[v].isr) && anyVector(after.vcpu[v].isr),
  holds: (before, _, __, { v }) => before.vcpu[v].interruptFlag,
});

export const vectorInIrrHasWindow = invariant({
  id: "vector-in-irr-has-window",
  statement:
    "No guest of an emulated APIC runs with a vector in IRR and none in ISR, unless it exits as soon as it can take the " +
    "interrupt, or is about to exit",
  source: "irqchip 5.3 step 3",
  kernel: "kvm_check_and_inject_events(): enable_irq_window()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => {
    const { pc, apicvActive, irr, isr } = s.vcpu[v];
    return pc === "NONROOT" && !apicvActive && anyVector(irr) && !anyVector(isr);
  },
  holds: (s, { v }) => s.vcpu[v].irqWindow || kickInFlight(s.vcpu[v]) || eventKickToCome(s, v),
});

export const windowExitClosesTheWindow = step({
  id: "window-exit-closes-the-window",
  statement:
    "The exit of the interrupt window is taken only where the window was asked for, closes it, and requests KVM_REQ_EVENT",
  source: "irqchip 5.3 step 3",
  kernel: "handle_interrupt_window(): CPU_BASED_INTR_WINDOW_EXITING, KVM_REQ_EVENT",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc === "NONROOT" && after[v].pc !== "NONROOT" && after[v].exit === "IRQ_WINDOW",
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].irqWindow && !after[v].irqWindow && after[v].req.EVENT,
});

export const openWindowExits = leadsTo({
  id: "open-window-exits",
  statement: "A guest that can take the interrupt that a window was asked for exits in the end",
  source: "irqchip 5.3 step 3",
  kernel: "EXIT_REASON_INTERRUPT_WINDOW, SVM_EXIT_VINTR",
  args: { v: "vcpu" },
  fairness: [weak({ each: "action" })],
  from: ({ vcpu }, { v }) => vcpu[v].pc === "NONROOT" && irqWindowOpen(vcpu[v]),
  to: ({ vcpu }, { v }) => vcpu[v].pc !== "NONROOT",
});
