import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-o",
  statement:
    "A one-shot that was delivered long ago expires once more as its vCPU is restored: TMICT is as it was written and TMCCT 0, " +
    "as of one that has expired this moment, and KVM_SET_LAPIC starts that for nothing",
  rating: "open",
  because: "the guest takes an interrupt of a timer that it has not armed again",
  affects: "since 8e6ed96cdd50 (6.3), by its text; every version read, 6.14 to 7.3",
  source: "irqchip 6.13 LAPIC",
  asks: [
    "kvm/save-restore",
    "--guest",
    "vmx",
    "--set",
    "timerMode=oneshot",
    "--set",
    "preemptionTimer=off",
    "--property",
    "saved-timer-is-not-owed-anew",
  ],
  property: "saved-timer-is-not-owed-anew",
  steps: 37,
  fixes: [
    {
      about:
        "kvm_apic_get_state() gives a TMICT of 0 for a one-shot that was delivered, which is one with target_expiration 0",
      flags: [
        "--change",
        "KVM_GET_LAPIC_save set saved[v].lapic.tmict: " +
          "after.saved[v].lapic.tmict && (timer[v].periodic || timer[v].deadline)",
      ],
    },
  ],
  doubt:
    "The commit had the other case in mind, a timer that expires while its vCPU is moved, and is right there. A guest that uses " +
    "one-shot mode copes with an early tick as a rule. With the fix the guest reads a TMICT that it did not write, which nothing in " +
    "this model looks at; a flag beside the registers would be cleaner, but there is no room for one in kvm_lapic_state.",
  mail: {
    subject: "KVM: x86: lapic: KVM_SET_LAPIC fires a one-shot that was delivered before it was saved",
    text: [
      "Since 8e6ed96cdd50 a one-shot whose TMCCT is 0 is started with a deadline of now as it is restored, for it may have " +
        "expired while the vCPU was moved.",
      "One that was delivered before the save looks the same: TMICT is what the guest wrote, TMCCT is 0, and the guest gets an " +
        "interrupt for which it has armed nothing.",
      "Only target_expiration tells the two apart, and KVM_GET_LAPIC gives nothing of it.",
    ],
  },
  reproducer:
    "A selftest: the guest arms a one-shot, takes its interrupt, counts it and exits by a port. Userspace calls KVM_GET_LAPIC and " +
    "KVM_SET_LAPIC, even of the same vCPU, and runs it with interrupts enabled: it counts two. User space orders all of it.",
};

export default finding;
