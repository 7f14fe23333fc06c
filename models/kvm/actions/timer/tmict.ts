import type { Draft } from "#check";
import { threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import type { OfVcpu } from "../../citation.ts";
import { noteExpiry } from "./timer-fn-local.ts";
import { cancels, starts, timerStarted } from "../../prints/timers.ts";

/** The emulation of a TMICT write, step by step: kvm_lapic_reg_write(), case APIC_TMICT. */

/** History: a new arming of the timer begins. */
export const forget = (d: Draft<State>, v: number): void => {
  const { ghost } = d.timer[v];
  ghost.fired = false;
  ghost.injections = 0;
  ghost.sawZero = false;
  ghost.masked = false;
  ghost.rearmed = false;
  ghost.exited = true;
};

const cancelHrtimer = action("hrtimer_cancel", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "cancel_apic_timer(): hrtimer_cancel()",
  prints: (s, { v }: OfVcpu) => cancels(s, v),
  source: "m21; timer 1.1 step 2a, 6.1",
  atomic:
    "waits while the callback runs, then dequeues under the hrtimer base lock; nobody else enqueues it again",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TMICT_CANCEL") && s.timer[v].hr !== "CALLBACK",
  effect: (d, { v }) => {
    d.timer[v].hr = "INACTIVE";
    d.timer[v].on = "OWN";
    d.vcpu[v].irq.HRTIMER = false;
    d.vcpu[v].pc = "TMICT_CLEAR_1";
  },
});

const clearPendingOnCancel = action("cancel_clear_pending", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "cancel_apic_timer(): cancel_hv_timer(), atomic_set(&pending, 0)",
  source: "m3, m21; timer 1.1 steps 2b and 2c",
  atomic: "no callback is left that could read either, and no other thread does",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TMICT_CLEAR_1"),
  effect: (d, { v }) => {
    d.timer[v].hv = false;
    d.timer[v].pending = 0;
    d.vcpu[v].pc = "TMICT_STORE";
  },
});

const storeTmict = action("store_tmict", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_lapic_set_reg(APIC_TMICT)",
  source: "timer 1.1 step 3",
  atomic:
    "one store to a register page that only this thread writes; the new generation of the timer begins here",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TMICT_STORE"),
  effect: (d, { v }) => {
    forget(d, v);
    d.timer[v].due = false;
    d.vcpu[v].pc = "TMICT_CLEAR_2";
  },
});

const clearPendingOnStart = action("start_clear_pending", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "__start_apic_timer(): atomic_set(&pending, 0)",
  source: "timer 1.1 step 4a",
  atomic: "one store",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TMICT_CLEAR_2"),
  effect: (d, { v }) => {
    d.timer[v].pending = 0;
    if (d.vcpu[v].exit === "TMICT_0") {
      d.timer[v].period = false;
      d.timer[v].deadline = false;
      d.vcpu[v].pc = "CLEAR_UNBLOCK";
    } else d.vcpu[v].pc = "TMICT_START";
  },
});

/** start_sw_period() starts the hrtimer: at once, or for the next tick where the deadline of a periodic one had passed. */
const startsHrtimer = ({ vcpu, timer }: State, v: number): boolean => {
  const { periodic, period } = timer[v];
  return threadAt(vcpu[v], "TMICT_START") || (threadAt(vcpu[v], "SW_ENQUEUE") && periodic && !period);
};

/** The hrtimer is enqueued, on one of the pCPUs that `on` names. */
export const startHrtimer = action("hrtimer_start", {
  actor: cpu,
  args: { v: "vcpu", on: ["OWN", "HOUSEKEEPING"] },
  kernel: "start_sw_period(): hrtimer_start(HRTIMER_MODE_ABS_HARD), get_nohz_timer_target()",
  prints: (s, { v }: OfVcpu, after) => [starts(v), ...timerStarted(s, v, after, "hv-timer-state")],
  source: "m21; timer 1.9, 1.12",
  atomic: "enqueued under the hrtimer base lock; placement on an isolated pCPU is nondeterministic",
  guard: (s, { v, on }) => startsHrtimer(s, v) && (on === "OWN" || s.host.nohzFull),
  effect: (d, { v, on }) => {
    d.timer[v].hr = "ENQUEUED";
    d.timer[v].on = on;
    d.vcpu[v].pc = "CLEAR_UNBLOCK";
  },
});

const startExpired = action("start_finds_deadline_passed", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "start_sw_period(): now is after target_expiration",
  source: "timer 1.9",
  atomic: "reads the clock once",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TMICT_START"),
  effect: (d, { v }) => {
    d.timer[v].due = true;
    noteExpiry(d, v);
    if (!d.timer[v].periodic) d.timer[v].ghost.expiredInHandler = true;
    d.vcpu[v].pc = "EXPIRED_TEST";
  },
});

const readTmcct = action("read_tmcct", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "apic_get_tmcct()",
  source: "timer 8 G_READ_TMCCT",
  atomic: "reads the clock once",
  guard: (s, { v }) => threadAt(s.vcpu[v], "READ_TMCCT"),
  effect: (d, { v }) => {
    if (d.timer[v].due && !d.timer[v].periodic) d.timer[v].ghost.sawZero = true;
    d.vcpu[v].pc = "CLEAR_UNBLOCK";
  },
});

export const tmict = [
  cancelHrtimer,
  clearPendingOnCancel,
  storeTmict,
  clearPendingOnStart,
  startHrtimer,
  startExpired,
  readTmcct,
];

export default tmict;
