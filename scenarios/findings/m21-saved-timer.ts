import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-m21",
  statement:
    "Without lapic_timer.pending, as m21 proposes it, a timer that fires between KVM_GET_LAPIC and KVM_GET_MSRS is in neither: " +
    "the vector is not in the saved IRR, and the saved deadline is 0",
  rating: "proposal",
  because:
    "no kernel delivers at once to a vCPU outside KVM_RUN; with pending the deadline stays set until it is injected",
  affects: "none: m21's proposal, in TSC-deadline mode, LAPIC saved first, preemption timer not in use",
  source: "m21; timer 9.0 V3",
  asks: ["scenarios/findings/m21-saved-timer.yaml", "--property", "armed-timer-is-saved"],
  property: "armed-timer-is-saved",
  steps: 10,
  fixes: [
    {
      about: "the expiry is counted in pending, as every kernel read does it",
      flags: ["--set", "timerDelivery=pending"],
    },
  ],
  doubt:
    "A VMM that saves the MSRs first loses nothing, nor does one that goes on with the same vCPU; but the order of the two " +
    "calls was never part of the ABI. Userspace restores the deadline in this world, so that no guest has to write it.",
  mail: {
    subject: "Re: [PATCH 12/16] KVM: TDX: Inhibit APICv for TDX guest",
    text: [
      "One more hazard of dropping lapic_timer.pending: the pending count is what keeps tscdeadline set while a vCPU is in " +
        "userspace.",
      "If the callback delivers at once, a timer that fires between KVM_GET_LAPIC and KVM_GET_MSRS is lost to the vCPU that " +
        "is restored from them, with the LAPIC saved first.",
      "With pending as it is neither order loses it.",
    ],
  },
  reproducer:
    "Needs the proposal as a patch: a selftest arms IA32_TSC_DEADLINE with KVM_SET_MSRS, calls KVM_GET_LAPIC, sleeps past the " +
    "deadline, calls KVM_GET_MSRS, and compares IRR and deadline. User space orders all of it, the callback by the sleep.",
};

export default finding;
