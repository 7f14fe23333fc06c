import {
  asleep,
  hasVector,
  interruptible,
  notificationInFlight,
  wakeInFlight,
} from "../../models/kvm/blocking.ts";
import { anyVector, pendingDeliverable } from "../../models/kvm/predicates.ts";
import { invariant, sometimes } from "../../models/kvm/state.ts";

export const tdHaltExitsAnyway = sometimes({
  id: "td-halt-exits-with-hlt-in-guest",
  statement:
    "A TD whose VM has kvm_hlt_in_guest() set exits to KVM to halt all the same: the flag does not describe a TD",
  source: "m3, m20; timer 4.5, 9.2 Q17",
  claim: "Q17",
  kernel: "kvm_hlt_in_guest(), tdx_handle_exit()",
  args: { v: "vcpu" },
  holds: (s, { v }) =>
    s.vm.type === "KVM_X86_TDX_VM" &&
    s.vm.hltInGuest &&
    interruptible(s.vcpu[v]) &&
    s.vcpu[v].pc === "EXITED",
});

export const haltedVcpuWakesForVector = invariant({
  id: "halted-vcpu-wakes-for-vector",
  statement:
    "No vCPU sleeps in a halt that interrupts end with a vector in PIR or the virtual IRR, unless what wakes it is on its " +
    "way; a bounded form: it says that no such sleep is final, not how long it takes",
  source: "timer 4.4, 9.2 Q18",
  claim: "Q18",
  kernel: "tdx_protected_apic_has_interrupt(), kvm_vcpu_check_block()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => asleep(s.vcpu[v]) && interruptible(s.vcpu[v]),
  holds: (s, { v }) => !hasVector(s.vcpu[v]) || wakeInFlight(s, v),
});

export const blockedHaltIgnoresInterrupts = invariant({
  id: "blocked-halt-ignores-interrupts",
  statement: "A vCPU that halted with interrupts blocked stays halted, whatever is posted to it",
  source: "timer 4.4, 4.5, 9.2 Q19",
  claim: "Q19",
  kernel: "tdx_interrupt_allowed(), vmx_interrupt_blocked()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) =>
    s.vcpu[v].exit === "HLT1" &&
    !["EXITED", "IRQS_ON", "HALT"].includes(s.vcpu[v].pc) &&
    hasVector(s.vcpu[v]),
  holds: (s, { v }) => s.vcpu[v].mp === "HALTED",
});

export const postedInterruptReachesGuest = invariant({
  id: "posted-interrupt-reaches-guest",
  vacuousIs: "good",
  statement:
    "No vCPU runs in non-root mode with ON set, unless the notification vector is pending there or on its way, or a kick " +
    "makes it enter again",
  source: "timer 4.7, 9.2 Q20",
  claim: "Q20",
  kernel: "tdx_vcpu_run(): self-IPI if PID.ON; kvm_vcpu_trigger_posted_interrupt()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].pc === "NONROOT" && s.vcpu[v].mode === "IN_GUEST" && s.vcpu[v].on,
  holds: (s, { v }) => notificationInFlight(s, v),
});

export const yieldingVcpuSeesPostedInterrupt = sometimes({
  id: "yielding-vcpu-sees-posted-interrupt",
  statement:
    "A vCPU that spins and yields is told that a preempted one has an interrupt: kvm_arch_dy_has_pending_interrupt() looks " +
    "at the descriptor only where apicv_active is set. Of a TD only PAUSE exits, so off-TD debug, would ask",
  source: "m3, m12; timer 5, 9.2 Q15",
  claim: "Q15",
  kernel: "kvm_arch_dy_has_pending_interrupt(), kvm_vcpu_on_spin()",
  args: { v: "vcpu" },
  holds: (s, { v }) => {
    const { sched, apicvActive, on, sn, pir } = s.vcpu[v];
    return sched === "PREEMPTED" && apicvActive && (on || (sn && anyVector(pir)));
  },
});

export const noLostWakeup = invariant({
  id: "no-lost-wakeup",
  statement:
    "No vCPU sleeps with a deliverable pending timer or KVM_REQ_UNBLOCK, unless what wakes it is on its way",
  source: "m16; timer 2.10, 9.2 Q21",
  claim: "Q21",
  kernel: "kvm_vcpu_block(), kvm_vcpu_check_block(), kvm_vcpu_kick()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => asleep(s.vcpu[v]),
  holds: (s, { v }) =>
    !(s.vcpu[v].req.UNBLOCK || pendingDeliverable(s.vcpu[v], s.timer[v])) || wakeInFlight(s, v),
});
