import { invariant, step } from "../../models/kvm/state.ts";

export const interruptOfTheTimerIsDue = invariant({
  id: "interrupt-of-the-timer-is-due",
  statement:
    "The local APIC timer of the host interrupts for an hrtimer that is enqueued on that pCPU and whose deadline has passed",
  source: "timer 6.1",
  kernel: "hrtimer_interrupt(), hrtimer_try_to_cancel()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) => vcpu[v].irq.HRTIMER,
  holds: ({ timer }, { v }) => timer[v].due && timer[v].hr === "ENQUEUED" && timer[v].on === "OWN",
});

export const callbackRunsForAPassedDeadline = step({
  id: "callback-runs-for-a-passed-deadline",
  statement:
    "A timer that fires has its deadline behind it, and a periodic one has its next deadline ahead when the callback returns",
  source: "timer 1.4, 1.5, 6.2",
  kernel: "apic_timer_fn(), hrtimer_add_expires_ns()",
  args: { v: "vcpu" },
  antecedent: (_, __, { action, args }, { v }) =>
    (action === "apic_timer_fn" || action === "apic_timer_fn_start") && args["v"] === v,
  holds: ({ timer: before }, { timer: after }, _, { v }) =>
    (before[v].due && after[v].hr !== before[v].hr) ||
    (before[v].due && before[v].periodic && after[v].hr === "ENQUEUED" && !after[v].due),
});

export const cancelledTimerLeavesNothing = invariant({
  id: "cancelled-timer-leaves-nothing",
  statement:
    "From the cancellation to the start of the new timer nothing of the old one is left: no hrtimer, no interrupt of it, " +
    "no preemption timer, and `pending` is 0; and once TMICT is stored, no deadline that has passed",
  source: "m21; timer 1.1 step 2a, 1.1 step 2c, 6.1",
  kernel: "cancel_apic_timer(): hrtimer_cancel(), cancel_hv_timer(), atomic_set(&pending, 0)",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) =>
    ["TMICT_CLEAR_1", "TMICT_STORE", "TMICT_CLEAR_2", "TMICT_START"].includes(vcpu[v].pc),
  holds: ({ vcpu, timer }, { v }) => {
    const { pc, irq } = vcpu[v];
    const { hr, hv, pending, due } = timer[v];
    if (hr !== "INACTIVE" || irq.HRTIMER) return false;
    if (pc === "TMICT_CLEAR_1") return true;
    return pending === 0 && !hv && (pc === "TMICT_STORE" || !due);
  },
});

export const programmedTimerRuns = invariant({
  id: "programmed-timer-runs",
  statement:
    "Once a write of TMICT is handled, the timer is enqueued, or the preemption timer counts, or it has fired; one that was " +
    "stopped is none of these, and has neither period nor deadline",
  source: "timer 1.1, 1.9",
  kernel: "start_apic_timer(), cancel_apic_timer()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu, timer }, { v }) =>
    vcpu[v].pc === "CLEAR_UNBLOCK" &&
    (vcpu[v].exit === "TMICT_N" || vcpu[v].exit === "TMICT_0") &&
    !timer[v].tscMode,
  holds: ({ vcpu, timer }, { v }) => {
    const { hr, hv, ghost, pending, period, deadline } = timer[v];
    if (vcpu[v].exit === "TMICT_0") return hr === "INACTIVE" && !hv && pending === 0 && !period && !deadline;
    return hr !== "INACTIVE" || hv || ghost.fired;
  },
});

export const pendingIsCountedOnce = invariant({
  id: "pending-is-counted-once",
  statement:
    "lapic_timer.pending is not 0 only of a timer that has fired, and never more than 1: an expiry that finds it set counts " +
    "no more",
  source: "timer 1.5 step 1",
  kernel: "apic_timer_expired(): atomic_read(&pending) > 0, return",
  args: { v: "vcpu" },
  antecedent: ({ timer }, { v }) => timer[v].pending > 0,
  holds: ({ timer }, { v }) => timer[v].pending === 1 && timer[v].ghost.fired,
});

export const deadlineBelongsToATimer = invariant({
  id: "passed-deadline-belongs-to-a-timer",
  statement:
    "A deadline passes of a timer that is armed, or is found to have passed as one is started; a write of TMICT forgets it",
  source: "timer 1.9, 6.1",
  kernel: "hrtimer_start(), start_sw_period()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu, timer }, { v }) =>
    timer[v].due && vcpu[v].pc !== "TMICT_CLEAR_1" && vcpu[v].pc !== "TMICT_STORE",
  holds: ({ timer }, { v }) => timer[v].hr !== "INACTIVE" || timer[v].hv || timer[v].ghost.fired,
});

export const expiryIsOfAPassedDeadline = invariant({
  id: "expiry-is-of-a-passed-deadline",
  statement: "apic_timer_expired() is called by the vCPU thread only of a timer whose deadline has passed",
  source: "timer 1.5, 1.9",
  kernel: "start_sw_period(), start_sw_tscdeadline(), start_hv_timer(): apic_timer_expired(apic, false)",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) =>
    ["EXPIRED_TEST", "EXPIRED_APICV", "EXPIRED_POST", "EXPIRED_PEND", "EXPIRED_UNBLOCK"].includes(vcpu[v].pc),
  holds: ({ timer }, { v }) => timer[v].due && timer[v].ghost.fired,
});
