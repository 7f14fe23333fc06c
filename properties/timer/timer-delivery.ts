import {
  apicEnabled,
  callbackInFlight,
  deliverable,
  kickInFlight,
  pendingDeliverable,
} from "../../models/kvm/predicates.ts";
import { invariant, sometimes, step } from "../../models/kvm/state.ts";

export const noPendingTimerInGuest = invariant({
  id: "no-pending-timer-in-guest",
  vacuousIs: "good",
  statement:
    "No vCPU runs in non-root mode with a deliverable pending timer, unless a kick or host interrupt that ends it is on " +
    "its way: the delay is bounded",
  source: "m15 against m16, m18: unbounded or not; timer 9.1 P1",
  claim: "P1",
  kernel: "apic_timer_expired(), kvm_vcpu_exit_request()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].pc === "NONROOT" && pendingDeliverable(s.vcpu[v], s.timer[v]),
  holds: (s, { v }) => kickInFlight(s.vcpu[v]) || callbackInFlight(s.timer[v]),
});

export const expiryNotDelayedPastEntry = step({
  id: "expiry-not-delayed-past-entry",
  statement:
    "When a vCPU enters the guest, a timer that has fired is injected, or a kick or host interrupt is pending, or the " +
    "callback has yet to finish",
  source: "m17 against m18; timer 9.1 P2",
  claim: "P2",
  kernel: "vcpu_run(): KVM_REQ_UNBLOCK; kvm_vcpu_exit_request()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "vm_enter" &&
    args["v"] === v &&
    before.timer[v].ghost.fired &&
    deliverable(before.vcpu[v], before.timer[v]),
  holds: (before, _, __, { v }) =>
    before.timer[v].ghost.injections > 0 || kickInFlight(before.vcpu[v]) || callbackInFlight(before.timer[v]),
});

export const expiryWithoutExit = sometimes({
  id: "expiry-handled-without-exit",
  statement: "A timer that fired in the guest is in service there, and no VM exit came between",
  source: "m17, m18; timer 9.1 P2b",
  claim: "P2b",
  kernel: "kvm_use_posted_timer_interrupt()",
  args: { v: "vcpu" },
  holds: (s, { v }) => {
    const { fired, injections, exited } = s.timer[v].ghost;
    return fired && injections > 0 && !exited && s.vcpu[v].isr.timer && s.vcpu[v].pc === "NONROOT";
  },
});

export const tmictWriteLosesNoExpiry = step({
  id: "tmict-write-loses-no-expiry",
  statement:
    "When a TMICT write has cleared `pending`, a timer that had fired before is injected, not dropped",
  source: "m3, m21; timer 1.1, 9.1 P3",
  claim: "P3",
  kernel: "cancel_apic_timer(): atomic_set(&pending, 0)",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "cancel_clear_pending" &&
    args["v"] === v &&
    before.timer[v].ghost.fired &&
    apicEnabled(before.vcpu[v]),
  holds: (before, _, __, { v }) => before.timer[v].ghost.injections > 0,
});

export const seenExpiryIsInjected = step({
  id: "seen-expiry-is-injected",
  statement:
    "A guest that read TMCCT as 0 and then writes TMICT has its interrupt injected before the new timer replaces the old",
  source: "m21; timer 9.1 P3'",
  claim: "P3'",
  kernel: "apic_get_tmcct(), kvm_lapic_reg_write(APIC_TMICT)",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "store_tmict" &&
    args["v"] === v &&
    before.timer[v].ghost.sawZero &&
    apicEnabled(before.vcpu[v]),
  holds: (before, _, __, { v }) => before.timer[v].ghost.injections > 0,
});

export const expiryInHandlerInjectedOnce = step({
  id: "expiry-in-handler-injected-once",
  statement:
    "A deadline that has passed when TMICT is written gives exactly one injection before the next entry",
  source: "m3, m21; timer 9.1 P5",
  claim: "P5",
  kernel: "apic_timer_expired(apic, false)",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "vm_enter" &&
    args["v"] === v &&
    before.timer[v].ghost.expiredInHandler &&
    apicEnabled(before.vcpu[v]),
  holds: (before, _, __, { v }) => before.timer[v].ghost.injections === 1,
});

export const localCallbackNeverSeesGuestMode = step({
  id: "local-callback-never-sees-guest-mode",
  role: "observation",
  statement:
    "A timer callback on the vCPU's own pCPU never finds mode IN_GUEST_MODE, so a pinned hrtimer can never post",
  source: "m21; timer 2.1, 9.1 P7",
  claim: "P7",
  kernel: "apic_timer_fn(), kvm_use_posted_timer_interrupt()",
  args: { v: "vcpu" },
  antecedent: (_, __, { action, args }, { v }) => action === "apic_timer_fn" && args["v"] === v,
  holds: (before, _, __, { v }) => before.vcpu[v].mode !== "IN_GUEST",
});

export const postTestOnlyFromTimerFn = invariant({
  id: "post-test-only-from-timer-fn",
  role: "observation",
  statement: "With APICv active, the post test of apic_timer_expired() is reached from apic_timer_fn() only",
  source: "m21; timer 9.1 P8",
  claim: "P8",
  kernel: "apic_timer_expired(): the from_timer_fn test comes first",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].pc === "EXPIRED_POST" || s.timer[v].pc === "CAN_POST",
  holds: (s, { v }) => s.vcpu[v].pc !== "EXPIRED_POST" || !s.vcpu[v].apicvActive,
});

export const callbackNeverPosts = invariant({
  id: "callback-never-posts",
  role: "observation",
  statement:
    "A callback on a housekeeping pCPU never reaches the delivery itself: without posting configured, active APICv does " +
    "not change what it does",
  source: "timer 1.11, 9.1 P14",
  claim: "P14",
  kernel: "kvm_can_post_timer_interrupt()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.timer[v].pc !== "NONE",
  holds: (s, { v }) =>
    !["MODE", "APICV_TEST", "SET_PIR", "SET_ON", "NOTIFY_TEST", "NOTIFY"].includes(s.timer[v].pc),
});
