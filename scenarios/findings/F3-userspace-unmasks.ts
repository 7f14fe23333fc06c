import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-F3",
  claims: ["F3"],
  statement:
    "An expiry that came while LVTT was masked stays in pending; if userspace unmasks LVTT with KVM_SET_MSRS, the next entry " +
    "runs the guest with a deliverable pending and no request",
  rating: "benign",
  because:
    "the next exit injects it, and hardware would have dropped it: what is late should not be there at all",
  affects: "every version read, 6.14 to 7.3; TDs, and wherever the hrtimer is used",
  source: "timer 1.8, 9.4 F3",
  asks: ["kvm/f3-userspace-unmask", "--property", "expiry-not-delayed-past-entry"],
  property: "expiry-not-delayed-past-entry",
  steps: 57,
  fixes: [
    {
      about: "kvm_lapic_reg_write(APIC_LVTT) requests KVM_REQ_UNBLOCK where an expiry is pending",
      flags: [
        "--change",
        "KVM_SET_MSRS_LVTT set vcpu[v].req.UNBLOCK: vcpu[v].req.UNBLOCK || timer[v].pending > 0",
      ],
    },
  ],
  doubt:
    "No VMM writes LVTT of a vCPU between two runs but to restore one, and then nothing is pending. That an expiry under a " +
    "mask is kept at all is the larger deviation, masked-expiry-not-injected, which the guest can bring about by itself and " +
    "this does not mend.",
  mail: {
    subject: "KVM: x86: lapic: an expiry that userspace unmasks is left behind by the next entry",
    text: [
      "A timer that fires while LVTT is masked stays in lapic_timer.pending, and KVM_SET_MSRS of LVTT requests nothing.",
      "The entry that follows runs the guest with an interrupt that could be delivered, up to the next exit.",
      "Request KVM_REQ_UNBLOCK there, or better drop the expiry while it is masked, as hardware does.",
    ],
  },
  reproducer:
    "A selftest for a guest in x2APIC mode: it masks LVTT, arms a one-shot of a millisecond, spins two and exits by a port; " +
    "userspace clears the mask bit with KVM_SET_MSRS of 0x832 and runs it, and the guest spins without an exit: the handler " +
    "runs at the next host tick only. User space orders all of it.",
};

export default finding;
