import { callbackInFlight, canPost, deliverable } from "../../models/kvm/predicates.ts";
import { invariant, step } from "../../models/kvm/state.ts";

export const modeSwitchLosesNoExpiry = step({
  id: "mode-switch-loses-no-expiry",
  statement:
    "When a switch into or out of TSC-deadline mode has cleared `pending`, a timer that had fired before is injected, " +
    "not dropped",
  source: "m21: ditto for switching timer modes; timer 1.2, 9.1 P4",
  claim: "P4",
  kernel: "apic_update_lvtt(): cancel_apic_timer()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "lvtt_clear_pending" &&
    args["v"] === v &&
    before.timer[v].ghost.fired &&
    deliverable(before.vcpu[v], before.timer[v]),
  holds: (before, _, __, { v }) => before.timer[v].ghost.injections > 0,
});

export const hrtimerModeSwitchKeepsExpiry = step({
  id: "hrtimer-mode-switch-keeps-expiry",
  statement:
    "A switch between one-shot and periodic leaves an expiry that is not injected yet as it is: counted, or in the hands " +
    "of the callback",
  source: "m21: read too widely; timer 1.2, 9.1 P4",
  claim: "P4",
  kernel: "apic_update_lvtt(): no cancel_apic_timer()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "lvtt_set_mode" &&
    args["v"] === v &&
    !before.timer[v].tscMode &&
    before.vcpu[v].exit !== "LVTT_TSCDEADLINE" &&
    before.timer[v].ghost.fired &&
    before.timer[v].ghost.injections === 0,
  holds: (before, after, _, { v }) => after.timer[v].pending > 0 || callbackInFlight(before.timer[v]),
});

export const tscDeadlineWriteLosesNoExpiry = step({
  id: "tsc-deadline-write-loses-no-expiry",
  statement:
    "When a write of IA32_TSC_DEADLINE has cleared `pending`, a timer that had fired before is injected, not dropped",
  source: "m3, m21; timer 1.3, 9.1 P3 note",
  claim: "P3",
  kernel: "__start_apic_timer(): atomic_set(&pending, 0)",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "tscd_clear_pending" &&
    args["v"] === v &&
    before.timer[v].ghost.fired &&
    deliverable(before.vcpu[v], before.timer[v]),
  holds: (before, _, __, { v }) => before.timer[v].ghost.injections > 0,
});

export const armingInjectedOnce = invariant({
  id: "arming-injected-once",
  statement: "An arming of the timer (of a periodic one, a tick) is injected at most once",
  source: "m21; timer 1.10, 9.1 P6",
  claim: "P6",
  kernel: "start_hv_timer(), restart_apic_timer(): the tests of pending",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.timer[v].ghost.injections > 0,
  holds: (s, { v }) => s.timer[v].ghost.injections === 1,
});

export const armingTakenOnce = step({
  id: "arming-taken-once",
  vacuousIs: "good",
  statement:
    "A second injection of one arming adds nothing: the vector of the first is still in PIR or IRR, and so the guest " +
    "takes one interrupt",
  source: "m21; timer 1.10, 9.1 P6: as the guest sees it",
  claim: "P6",
  kernel: "__vmx_deliver_posted_interrupt(): pi_test_and_set_pir()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => before.timer[v].ghost.injections < after.timer[v].ghost.injections,
  holds: (before, _, __, { v }) => {
    const { pir, irr } = before.vcpu[v];
    return before.timer[v].ghost.injections === 0 || pir.timer || irr.timer;
  },
});

export const expiryBelongsToItsArming = invariant({
  id: "expiry-belongs-to-its-arming",
  statement:
    "What is pending or injected since a timer was armed comes from an expiry of that arming, not of the one before",
  source: "m21; timer 1.1, 6.1, 9.3 M13",
  kernel: "cancel_apic_timer(): hrtimer_cancel() waits for the callback",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.timer[v].pending > 0 || s.timer[v].ghost.injections > 0,
  holds: (s, { v }) => s.timer[v].ghost.fired,
});

export const maskedExpiryNotInjected = invariant({
  id: "masked-expiry-not-injected",
  statement: "A timer that expired while LVTT was masked is not injected once LVTT is unmasked",
  source: "timer 1.8, 9.1 P13, 9.4 F3",
  claim: "P13",
  kernel: "kvm_apic_local_deliver(): the mask is read at injection",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.timer[v].ghost.masked && !s.timer[v].masked,
  holds: (s, { v }) => s.timer[v].ghost.injections === 0,
});

export const canPostExcludesHvTimer = invariant({
  id: "can-post-excludes-hv-timer",
  role: "observation",
  statement: "Where timer interrupts can be posted, the hv timer is never started",
  source: "m19; timer 1.11, 9.1 P10",
  claim: "P10",
  kernel: "kvm_can_use_hv_timer()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => canPost(s, s.vcpu[v]) && s.timer[v].deadline,
  holds: (s, { v }) => !s.timer[v].hv && s.vcpu[v].pc !== "HV_IN_USE",
});

export const modeSwitchRestartsNothing = step({
  id: "mode-switch-restarts-nothing",
  statement: "A callback that found its timer due under one LVTT mode does not start it again under another",
  source: "timer 1.2, 9.4 F4",
  claim: "F4",
  kernel: "apic_timer_fn(): lapic_is_periodic() is read after the delivery",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "fn_return" && args["v"] === v && before.timer[v].ghost.switched,
  holds: (_, after, __, { v }) => after.timer[v].hr === "INACTIVE",
});
