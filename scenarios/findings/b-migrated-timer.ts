import type { Finding } from "#check";
import { onIfSuppressed } from "./a-migrated-wakeup.ts";

const finding: Finding = {
  id: "finding-b",
  statement:
    "The LAPIC timer's interrupt can be slept through in the same way where its callback posts: with nohz_full, and HLT or " +
    "MWAIT exits disabled of which the guest's halt is none",
  rating: "open",
  because: "kvm_use_posted_timer_interrupt() reads mode once and posts then; finding-a does the rest",
  affects: "as finding-a, where kvm.pi_inject_timer is on and hlt_in_guest or mwait_in_guest set",
  source: "timer 1.5, 2.11",
  asks: [
    "kvm/halt-migrates",
    "--set",
    "nohzFull=on",
    "--set",
    "hltInGuest=on",
    "--property",
    "halted-vcpu-wakes-for-vector",
  ],
  property: "halted-vcpu-wakes-for-vector",
  steps: 26,
  fixes: [onIfSuppressed],
  doubt:
    "The sender is a hard interrupt, so that the vCPU has to halt, be preempted and be loaded elsewhere within a few " +
    "instructions of it: an NMI, an SMI or preemption by a hypervisor below has to come in between. A TD always exits for " +
    "HLT, so that the capability does nothing for it but to switch posting on.",
  mail: {
    subject: "KVM: x86: a posted LAPIC timer interrupt can be lost to a migration, too",
    text: [
      "The lost wakeup in vmx_vcpu_pi_load() can be reached from apic_timer_expired() if timer interrupts are posted.",
      "It tests IN_GUEST_MODE once; a TD, whose HLT always exits, or a guest with MWAIT only passed through can leave its " +
        "guest, halt, be preempted and migrate before ON is set.",
      "Nothing has to change in the timer: the fix of vmx_vcpu_pi_load() is enough.",
    ],
  },
  reproducer:
    "As finding-a, with nohz_full for the vCPU's pCPUs, KVM_CAP_X86_DISABLE_EXITS (HLT for a TD, MWAIT for another guest) and " +
    "a one-shot timer instead of the MSI; the delay goes into the posting half of apic_timer_fn(), which then runs with " +
    "interrupts off on a housekeeping pCPU. Without it user space orders nothing: the window is a few instructions.",
};

export default finding;
