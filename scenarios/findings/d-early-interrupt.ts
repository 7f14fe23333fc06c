import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-d",
  statement:
    "An entry may clear the deadline that a callback elsewhere has just noted for the wait, so that neither waits and the " +
    "guest takes the interrupt up to timer_advance_ns early",
  rating: "benign",
  because:
    "what it takes early merges into an interrupt that was due already, by 5 us at the most; since 6.19 only off the fastpath",
  affects: "up to 6.18 for VMX; from 6.19 where the mediated PMU keeps the write of the MSR off the fastpath",
  source: "m21; timer 1.13, 1.3",
  asks: [
    "kvm/tsc-deadline",
    "--guest",
    "vmx",
    "--set",
    "nohzFull=on",
    "--set",
    "hltInGuest=on",
    "--set",
    "timerAdvance=on",
    "--set",
    "fastpath=6.16",
    "--property",
    "no-interrupt-before-deadline",
  ],
  property: "no-interrupt-before-deadline",
  steps: 89,
  fixes: [
    {
      about: "__handle_fastpath_wrmsr() handles every write of the TSC deadline, as since 6.19",
      flags: ["--set", "fastpath=6.19"],
    },
  ],
  doubt:
    "That expired_tscdeadline is plain memory read by two threads is so in every version; 89 steps are what it takes to have " +
    "it matter. waits-do-not-collide, which asks for the collision and not for its harm, stays violated with the fastpath.",
  mail: {
    subject: "KVM: x86: expired_tscdeadline is read and cleared without a lock by two CPUs",
    text: [
      "__kvm_wait_lapic_expire() reads and zeroes expired_tscdeadline, which a posting apic_timer_fn() on a housekeeping CPU " +
        "may have written for a later deadline.",
      "The entry then clears the new value, and the later interrupt is taken up to timer_advance_ns early.",
      "The TSC-deadline fastpath hides it since 6.19; READ_ONCE() and a cmpxchg() to 0 would say what is meant.",
    ],
  },
  reproducer:
    "None worth writing: the interrupt is at most 5 us early and merges with one that is due. A guest that reads the TSC in " +
    "its handler could tell, with a delay in __kvm_wait_lapic_expire() between read and store and two deadlines in a row.",
};

export default finding;
