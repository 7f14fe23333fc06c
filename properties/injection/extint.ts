import { invariant, leadsTo, sometimes, step, strong } from "../../models/kvm/state.ts";

export const extIntReachesGuest = sometimes({
  id: "extint-reaches-guest",
  statement: "An ExtINT vector, of the in-kernel PIC or of KVM_INTERRUPT, is delivered to the guest",
  source: "m3; timer 4.8, 9.2 Q12; irqchip (c) C19, C20",
  claim: "Q12",
  kernel: "kvm_check_and_inject_events(), vt_inject_irq()",
  args: { v: "vcpu" },
  holds: (s, { v }) => s.vcpu[v].events.ghostExtIntTaken,
});

export const nmiNotBlockedInGuest = invariant({
  id: "nmi-handed-over-before-entry",
  statement: "A TD vCPU does not run its guest while an NMI waits that KVM has not handed to the TDX module",
  source: "timer 4.8, 9.4 F2; irqchip (c) C21",
  claim: "F2",
  kernel: "kvm_check_and_inject_events(): kvm_event_needs_reinjection(); tdx_inject_nmi()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vm.type === "KVM_X86_TDX_VM" && s.vcpu[v].pc === "NONROOT",
  holds: (s, { v }) => !s.vcpu[v].events.nmiPending,
});

export const noForcedImmediateExit = invariant({
  id: "td-never-asked-for-immediate-exit",
  statement: "tdx_vcpu_run() is never asked for an immediate exit, so that its WARN never fires",
  source: "timer 4.7 E1, 4.8",
  kernel: "tdx_vcpu_run(): WARN_ON_ONCE(force_immediate_exit)",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vm.type === "KVM_X86_TDX_VM" && s.vcpu[v].pc === "ENTER",
  holds: (s, { v }) => !s.vcpu[v].events.ghostForcedExitWarned,
});

export const interruptInjectedCleared = invariant({
  id: "interrupt-injected-ends-with-entry",
  statement: "interrupt.injected is not set while the guest runs: what was injected is done with",
  source: "timer 4.8, 9.4 F2",
  claim: "F2",
  kernel: "vmx_complete_interrupts(); a TD has nothing like it",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].pc === "NONROOT",
  holds: (s, { v }) => !s.vcpu[v].events.interruptInjected,
});

export const noExtIntLost = step({
  id: "acknowledged-extint-reaches-guest",
  statement:
    "A vCPU that enters its guest after event injection has acknowledged an ExtINT vector has it injected, or posted: none " +
    "is taken from the PIC, or out of the slot of KVM_INTERRUPT, and lost",
  source: "m3; irqchip 5.4, (c) C19, C20",
  kernel: "kvm_cpu_get_extint(), inject_irq()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "vm_enter" && args["v"] === v && before.vcpu[v].events.ghostAcknowledged,
  holds: (before, _, __, { v }) => !before.vcpu[v].events.interruptInjected,
});

export const injectionWindowOpensAgain = invariant({
  id: "userspace-pic-may-inject-again",
  statement:
    "In userspace, with LVT0 open and the slot of KVM_INTERRUPT empty, ready_for_interrupt_injection is 1: no vector is " +
    "held to be under injection for ever",
  source: "irqchip 5.4 L2",
  claim: "C20",
  kernel: "kvm_vcpu_ready_for_interrupt_injection(): kvm_event_needs_reinjection()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => {
    const { pc, events } = s.vcpu[v];
    return s.vm.irqchip === "SPLIT" && pc === "USER" && events.lvt0ExtInt && !events.externalVector;
  },
  holds: (s, { v }) => !s.vcpu[v].events.interruptInjected,
});

export const postedWorkDespiteLostExtInt = sometimes({
  id: "posted-interrupt-works-after-lost-extint",
  statement: "A TD whose interrupt.injected is stuck still has what is posted to it processed in its guest",
  source: "irqchip 5.4 L3",
  kernel: "tdx_deliver_interrupt(), posted-interrupt processing",
  args: { v: "vcpu" },
  holds: (s, { v }) =>
    s.vm.type === "KVM_X86_TDX_VM" &&
    s.vcpu[v].pc === "NONROOT" &&
    s.vcpu[v].events.interruptInjected &&
    s.vcpu[v].irr.device,
});

export const nmiInjectedInTheEnd = leadsTo({
  id: "nmi-injected-in-the-end",
  statement: "An NMI that KVM_NMI has queued is in the end injected, or handed to the TDX module",
  source: "irqchip 5.4 L2, L4, (c) C21",
  claim: "C21",
  kernel: "kvm_check_and_inject_events(): kvm_event_needs_reinjection()",
  // Whatever can happen again and again does: exits to userspace, and its ioctls, as well.
  fairness: [strong({ each: "action" })],
  args: { v: "vcpu" },
  from: (s, { v }) => s.vcpu[v].events.nmiQueued || s.vcpu[v].events.nmiPending,
  to: (s, { v }) => !s.vcpu[v].events.nmiQueued && !s.vcpu[v].events.nmiPending,
});
