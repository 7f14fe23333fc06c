import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-p",
  statement:
    "A tick of a periodic LAPIC timer that is counted in lapic_timer.pending while its vCPU is in userspace is in nothing that is " +
    "saved: the vector is not in the saved IRR, and what is restored has a whole period ahead",
  rating: "open",
  because: "a tick that the guest is owed never comes",
  affects: "every version read, 6.14 to 7.3, where the hrtimer is used",
  source: "irqchip 6.13 LAPIC; timer 1.7",
  asks: [
    "kvm/save-restore",
    "--guest",
    "vmx",
    "--set",
    "timerMode=periodic",
    "--set",
    "preemptionTimer=off",
    "--property",
    "saved-expiry-is-owed-after",
  ],
  property: "saved-expiry-is-owed-after",
  steps: 38,
  fixes: [
    {
      about:
        "kvm_apic_get_state() has the vector of a periodic timer whose tick is pending in the IRR that it gives",
      flags: [
        "--change",
        "KVM_GET_LAPIC_save set saved[v].lapic.irr.timer: " +
          "after.saved[v].lapic.irr.timer || timer[v].periodic && timer[v].pending > 0",
      ],
    },
  ],
  doubt:
    "A periodic timer that is restored is late by up to a period in any case, and a guest that keeps time by ticks loses more to " +
    "the pause itself. Several ticks that pending has counted come to one vector with the fix. The same vCPU that just goes on " +
    "loses nothing: what loses it is KVM_SET_LAPIC, which sets pending to 0.",
  mail: {
    subject: "KVM: x86: lapic: a periodic tick that is pending is not part of KVM_GET_LAPIC",
    text: [
      "An hrtimer that fires while its vCPU is in userspace increments lapic_timer.pending, and the next entry injects it.",
      "KVM_GET_LAPIC syncs PIR into the IRR that it copies, but not pending; a TSC deadline survives, since it stays set until it " +
        "is injected, and so does a one-shot, by its TMCCT of 0, while a periodic tick is dropped.",
      "Inject what is pending before the registers are copied.",
    ],
  },
  reproducer:
    "A selftest for the hrtimer (kvm_intel.preemption_timer=0): the guest starts a periodic timer of 100 ms with interrupts " +
    "disabled and exits by a port; userspace sleeps 150 ms, calls KVM_GET_LAPIC and reads the IRR: the vector is missing. Written " +
    "to a new VM, that one has no tick for another 100 ms. User space orders all of it.",
};

export default finding;
