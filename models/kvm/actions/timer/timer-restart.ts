import type { Action } from "#check";
import { threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { noteExpiry } from "./timer-fn-local.ts";
import { timerReturn } from "./timer-return.ts";
import type { OfVcpu } from "../../citation.ts";
import { starts, timerStarted } from "../../prints/timers.ts";

/**
 * What starts the timer, in finer steps than hrtimer_start: set_target_expiration(), restart_apic_timer() and
 * start_sw_timer(). A world takes these with the preemption timer, or hrtimer_start and its companion without.
 */

const setTarget = action("set_target_expiration", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "__start_apic_timer(): set_target_expiration()",
  source: "timer 1.1 step 4b",
  atomic: "fields that only this thread touches while no hrtimer is active",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TMICT_START"),
  effect: (d, { v }) => {
    d.timer[v].period = true;
    d.timer[v].deadline = true;
    d.vcpu[v].pc = "RESTART";
  },
});

const restart = action("restart_apic_timer", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "restart_apic_timer(): apic_lvtt_period(), pending",
  branch: ({ timer }, { v }: OfVcpu, { vcpu }) =>
    vcpu[v].pc === "HV_SET"
      ? `restart_apic_timer(): ${timer[v].periodic ? "periodic" : "pending is 0"}`
      : "restart_apic_timer(): not periodic, and pending is set, return",
  prints: (s, { v }: OfVcpu, after) =>
    after.vcpu[v].pc === "HV_SET" ? [] : timerStarted(s, v, after, "nothing"),
  source: "timer 1.9",
  atomic: "one read of pending",
  guard: (s, { v }) => threadAt(s.vcpu[v], "RESTART"),
  effect: (d, { v }) => {
    const { periodic, pending } = d.timer[v];
    if (!periodic && pending > 0) timerReturn(d, v);
    else d.vcpu[v].pc = "HV_SET";
  },
});

const startSw = action("start_sw_timer", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "start_sw_timer(): cancel_hv_timer(); apic_lvtt_period(), pending; period or tscdeadline",
  branch: ({ timer }, { v }: OfVcpu, { vcpu }) => {
    if (vcpu[v].pc === "SW_CLOCK") return "start_sw_timer(): cancel_hv_timer()";
    return !timer[v].periodic && timer[v].pending > 0
      ? "start_sw_timer(): cancel_hv_timer(); not periodic, and pending is set, return"
      : `start_sw_timer(): cancel_hv_timer(); ${timer[v].tscMode ? "tscdeadline" : "period"} is 0, return`;
  },
  prints: (s, { v }: OfVcpu, after) => {
    if (after.vcpu[v].pc === "SW_CLOCK") return [];
    const pending = !s.timer[v].periodic && s.timer[v].pending > 0;
    return timerStarted(s, v, after, pending ? "nothing" : "hv-timer-state");
  },
  source: "timer 1.9",
  atomic: "one read of pending; the rest is read and written by this thread, or by a callback that has ended",
  guard: (s, { v }) => threadAt(s.vcpu[v], "SW_START"),
  effect: (d, { v }) => {
    const timer = d.timer[v];
    timer.hv = false;
    const armed = timer.tscMode ? timer.deadline : timer.period;
    if (!armed || (!timer.periodic && timer.pending > 0)) timerReturn(d, v);
    else d.vcpu[v].pc = "SW_CLOCK";
  },
});

const readClock = action("start_sw_reads_clock", {
  actor: cpu,
  args: { v: "vcpu", deadline: ["ahead", "passed"] },
  kernel: "start_sw_period(), start_sw_tscdeadline(): now against the deadline",
  branch: ({ timer }, { v, deadline }: { readonly v: number; readonly deadline: string }) =>
    `${timer[v].tscMode ? "start_sw_tscdeadline()" : "start_sw_period()"}: the deadline ${deadline === "passed" ? "has passed" : "is ahead"}`,
  source: "timer 1.9: target_expiration is 0 after a one-shot was injected, and so has passed",
  atomic: "reads the clock once; a deadline that passes after it finds the hrtimer enqueued",
  guard: (s, { v, deadline }) =>
    threadAt(s.vcpu[v], "SW_CLOCK") && (deadline === "passed" || !s.timer[v].due),
  effect: (d, { v, deadline }) => {
    if (deadline === "ahead") {
      d.vcpu[v].pc = "SW_ENQUEUE";
      return;
    }
    d.timer[v].due = true;
    noteExpiry(d, v);
    if (!d.timer[v].periodic && d.vcpu[v].loadedAt === "NONE") d.timer[v].ghost.expiredInHandler = true;
    d.vcpu[v].pc = "EXPIRED_TEST";
  },
});

/** start_sw_timer()'s hrtimer_start(), on one of the pCPUs named. */
export const enqueue = (places: readonly ("OWN" | "HOUSEKEEPING")[]): Action<State> =>
  action("sw_hrtimer_start", {
    actor: cpu,
    args: { v: "vcpu", on: places },
    kernel: "start_sw_timer(): hrtimer_start(HRTIMER_MODE_ABS_HARD), get_nohz_timer_target()",
    prints: (s, { v }: OfVcpu, after) => [starts(v), ...timerStarted(s, v, after, "hv-timer-state")],
    source: "m21; timer 1.9, 1.12",
    atomic: "enqueued under the hrtimer base lock; placement on an isolated pCPU is nondeterministic",
    guard: (s, { v, on }) => threadAt(s.vcpu[v], "SW_ENQUEUE") && (on === "OWN" || s.host.nohzFull),
    effect: (d, { v, on }) => {
      d.timer[v].hr = "ENQUEUED";
      d.timer[v].on = on;
      timerReturn(d, v);
    },
  });

/** Starting the timer, step by step. */
export const timerRestart: readonly Action<State>[] = [
  setTarget,
  restart,
  startSw,
  readClock,
  enqueue(["OWN", "HOUSEKEEPING"]),
];

/** restart_apic_timer() as m21's proposal needs it: the hrtimer is cancelled first, and then the deadline looked at. */
export const restartFixed = action("restart_apic_timer", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "restart_apic_timer(), fixed: before anything is programmed, the hrtimer",
  source: "m21; timer 9.0 V3-fixed",
  atomic: "a jump",
  guard: (s, { v }) => threadAt(s.vcpu[v], "RESTART"),
  effect: (d, { v }) => {
    d.vcpu[v].pc = "HV_CANCEL_HRTIMER";
  },
});

export default timerRestart;
