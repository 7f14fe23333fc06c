import { invariant, sometimes } from "../models/kvm/state.ts";

export const extIntReachesGuest = sometimes({
  id: "extint-reaches-guest",
  statement: "An ExtINT vector that KVM_INTERRUPT took is delivered to the guest",
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
