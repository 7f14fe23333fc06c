import { invariant, step, type State } from "../../models/kvm/state.ts";

type Pc = State["vcpu"][number]["pc"];

/** Where no function of the timer is on its way. */
const between: readonly Pc[] = ["CLEAR_UNBLOCK", "RUN_TOP", "REQUESTS", "EVENTS", "ENTER", "NONROOT"];

export const preemptionTimerRunsAlone = invariant({
  id: "preemption-timer-runs-alone",
  statement:
    "Once start_hv_timer() has returned, the preemption timer counts only without an hrtimer, and of a timer that is not periodic " +
    "only with nothing pending; start_sw_timer() stops it first",
  source: "timer 1.9, 1.10",
  kernel: "start_hv_timer(): hrtimer_cancel(), atomic_read(&pending), cancel_hv_timer(); start_sw_timer()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu, timer }, { v }) => timer[v].hv && between.includes(vcpu[v].pc),
  holds: ({ timer }, { v }) => timer[v].hr === "INACTIVE" && (timer[v].periodic || timer[v].pending === 0),
});

export const passedDeadlineExpiresAtOnce = step({
  id: "passed-deadline-expires-at-once",
  statement:
    "set_hv_timer() says whether the deadline has passed; if it has, start_hv_timer() ends in apic_timer_expired(), unless the " +
    "timer is periodic or has expired meanwhile, and what was said is forgotten",
  source: "timer 1.9",
  kernel: "start_hv_timer(): set_hv_timer(vcpu, tscdeadline, &expired), apic_timer_expired(apic, false)",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    (before[v].pc === "HV_SET" && after[v].pc === "HV_IN_USE") ||
    (before[v].pc === "HV_TEST_PENDING" && after[v].pc !== "HV_TEST_PENDING"),
  holds: ({ vcpu, timer: before }, { vcpu: after, timer }, _, { v }) => {
    const { hvExpired, periodic, pending } = before[v];
    if (vcpu[v].pc === "HV_SET") return timer[v].hvExpired === timer[v].due;
    const expires = hvExpired && !periodic && pending === 0;
    return !timer[v].hvExpired && (after[v].pc === "EXPIRED_TEST") === expires;
  },
});

export const preemptionTimerExitsAtZero = step({
  id: "preemption-timer-exits-at-0",
  statement:
    "With the preemption timer at 0 the guest executes nothing more; it exits for that, or for an interrupt of the host. No other " +
    "exit is handled as its expiry",
  source: "timer 1.10, 2.6",
  kernel: "EXIT_REASON_PREEMPTION_TIMER: handle_fastpath_preemption_timer()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before, timer }, { vcpu: after }, _, { v }) => {
    if (before[v].pc !== "NONROOT") return false;
    const { hv, due, clocksApart } = timer[v];
    const runs = before[v].isr.timer !== after[v].isr.timer || before[v].pc !== after[v].pc;
    return after[v].pc === "EXPIRED_TEST" || (hv && due && !clocksApart && runs);
  },
  holds: ({ timer: before }, { vcpu, timer }, _, { v }) => {
    const { pc, exit } = vcpu[v];
    if (pc === "EXPIRED_TEST") return exit === "PREEMPTION_TIMER" && before[v].hv && timer[v].due;
    return pc === "EXITED" && exit === "EXTINT";
  },
});

export const timersAreSwitchedByTheBlock = step({
  id: "timers-are-switched-by-the-block",
  statement:
    "vcpu_block() that has switched from the preemption timer to the hrtimer switches back before it returns, and what it has to " +
    "remember of that is over as it does",
  source: "timer 1.10, 2.10",
  kernel: "vcpu_block(): kvm_lapic_switch_to_sw_timer(), kvm_lapic_switch_to_hv_timer()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before, timer }, { vcpu: after }, _, { v }) =>
    timer[v].switching !== "NONE" && before[v].pc !== after[v].pc,
  holds: (_, { vcpu, timer }, __, { v }) =>
    (timer[v].switching === "NONE") === (vcpu[v].pc === "CLEAR_UNBLOCK"),
});
