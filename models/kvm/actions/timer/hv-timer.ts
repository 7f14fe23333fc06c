import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { canUseHvTimer, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { noteExpiry } from "./timer-fn-local.ts";
import { timerReturn } from "./timer-return.ts";
import type { OfVcpu } from "../../citation.ts";
import { exitPrinted } from "../../prints/exits.ts";
import { cancels, timerStarted } from "../../prints/timers.ts";

/** The hv timer, which for VMX is the preemption timer: start_hv_timer() step by step, expiry, and the switches of vcpu_block(). */

const preemptionTimerOff = action("preemption_timer_off", {
  actor: "userspace",
  kernel: "kvm_intel.preemption_timer=0: set_hv_timer is NULL",
  source: "m19; timer 1.11",
  atomic: "a module parameter",
  guard: (s) => s.host.booted && !s.host.preemptionTimerOff,
  effect: (d) => {
    d.host.preemptionTimerOff = true;
  },
});

const clocksApart = action("host_clocks_apart", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "CLOCK_MONOTONIC against the TSC: the same deadline is converted twice",
  source:
    "timer 1.0, 1.9: target_expiration and tscdeadline, nothing keeps the two clocks together to the last tick",
  atomic: "before the vCPU runs",
  guard: (s, { v }) => s.vcpu[v].pc === "USER" && !s.timer[v].clocksApart,
  effect: (d, { v }) => {
    d.timer[v].clocksApart = true;
  },
});

/** start_hv_timer() up to set_hv_timer(), on a vendor that has one or not. */
const setHvTimer = (hasHvTimer: boolean): Action<State> =>
  action("set_hv_timer", {
    actor: cpu,
    args: { v: "vcpu", deadline: ["ahead", "passed"] },
    kernel: "start_hv_timer(): kvm_can_use_hv_timer(), tscdeadline, set_hv_timer()",
    branch: (s, { v, deadline }: { readonly v: number; readonly deadline: string }, { vcpu }) => {
      if (vcpu[v].pc === "HV_IN_USE")
        return `start_hv_timer(): set_hv_timer(), the deadline ${deadline === "passed" ? "has passed" : "is ahead"}`;
      const usable = hasHvTimer && canUseHvTimer(s, s.vcpu[v]);
      return `start_hv_timer(): ${usable ? "tscdeadline is 0" : "kvm_can_use_hv_timer() is false"}`;
    },
    source: "m19, m21; timer 1.9, 8 H_START_HV1",
    atomic: "reads the clock once; what it programs counts in non-root mode only",
    guard: (s, { v, deadline }) => {
      const usable = hasHvTimer && canUseHvTimer(s, s.vcpu[v]) && s.timer[v].deadline;
      return threadAt(s.vcpu[v], "HV_SET") && (deadline === "ahead" ? !usable || !s.timer[v].due : usable);
    },
    effect: (d, { v, deadline }) => {
      const timer = d.timer[v];
      if (!hasHvTimer || !canUseHvTimer(d, d.vcpu[v]) || !timer.deadline) {
        d.vcpu[v].pc = "SW_START";
        return;
      }
      timer.hvExpired = deadline === "passed";
      if (deadline === "passed") timer.due = true;
      d.vcpu[v].pc = "HV_IN_USE";
    },
  });

/** start_hv_timer(): hv_timer_in_use, and what comes after it. */
const inUse = (next: "HV_CANCEL_HRTIMER" | "HV_TEST_PENDING"): Action<State> =>
  action("hv_timer_in_use", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "start_hv_timer(): hv_timer_in_use = true",
    source: "timer 1.9, 8 H_START_HV2",
    atomic: "one store",
    guard: (s, { v }) => threadAt(s.vcpu[v], "HV_IN_USE"),
    effect: (d, { v }) => {
      d.timer[v].hv = true;
      d.vcpu[v].pc = next;
    },
  });

type Effect = Action<State>["effect"];

const cancelHrtimer = (then: (d: Parameters<Effect>[0], v: number) => void): Action<State> =>
  action("hv_hrtimer_cancel", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "start_hv_timer(): hrtimer_cancel()",
    prints: (s, { v }: OfVcpu) => cancels(s, v),
    source: "m21; timer 1.9, 1.10, 8 H_START_HV3",
    atomic: "waits while the callback runs, then dequeues under the hrtimer base lock",
    guard: (s, { v }) => threadAt(s.vcpu[v], "HV_CANCEL_HRTIMER") && s.timer[v].hr !== "CALLBACK",
    effect: (d, { v }) => {
      d.timer[v].hr = "INACTIVE";
      d.timer[v].on = "OWN";
      d.vcpu[v].irq.HRTIMER = false;
      then(d, v);
    },
  });

/** The end of start_hv_timer(), with the test of `pending` that the kernel makes, or without it. */
export const hvTestPending = (tested: boolean): Action<State> =>
  action("hv_test_pending", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "start_hv_timer(): pending, cancel_hv_timer(); expired, apic_timer_expired(apic, false)",
    branch: ({ timer }, { v }: OfVcpu, after) => {
      if (after.vcpu[v].pc === "EXPIRED_TEST")
        return "start_hv_timer(): expired is set, apic_timer_expired(apic, false)";
      if (timer[v].hv && !after.timer[v].hv) return "start_hv_timer(): pending is set, cancel_hv_timer()";
      return `start_hv_timer(): ${timer[v].periodic ? "periodic" : "expired is clear"}, return`;
    },
    prints: (s, { v }: OfVcpu, after) =>
      after.vcpu[v].pc === "EXPIRED_TEST" ? [] : timerStarted(s, v, after, "hv-timer-state"),
    source: "m21; timer 1.9, 1.10, 8 H_START_HV4: the sw timer may have fired meanwhile",
    atomic: "one read of pending; no callback runs any more",
    guard: (s, { v }) => threadAt(s.vcpu[v], "HV_TEST_PENDING"),
    effect: (d, { v }) => {
      const timer = d.timer[v];
      const expired = timer.hvExpired;
      timer.hvExpired = false;
      if (timer.periodic) timerReturn(d, v);
      else if (tested && timer.pending > 0) {
        timer.hv = false;
        timerReturn(d, v);
      } else if (expired) {
        noteExpiry(d, v);
        if (d.vcpu[v].loadedAt === "NONE") timer.ghost.expiredInHandler = true;
        d.vcpu[v].pc = "EXPIRED_TEST";
      } else timerReturn(d, v);
    },
  });

const cancelHv = action("cancel_hv_timer", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "cancel_hv_timer(); kvm_lapic_expired_hv_timer(): advance and restart a periodic timer",
  branch: (s, { v }: OfVcpu) =>
    s.timer[v].periodic
      ? "cancel_hv_timer(); kvm_lapic_expired_hv_timer(): periodic, advance_periodic_target_expiration(), restart_apic_timer()"
      : "kvm_lapic_expired_hv_timer(): cancel_hv_timer()",
  // Of start_hv_timer() it is the end, which is printed; kvm_lapic_expired_hv_timer() prints nothing.
  prints: (s, { v }: OfVcpu, after) =>
    timerStarted(s, v, after, s.vcpu[v].exit === "PREEMPTION_TIMER" ? "nothing" : "hv-timer-state"),
  source: "timer 1.9, 1.10",
  atomic: "no hrtimer is active, and nothing else of it is shared",
  guard: (s, { v }) => threadAt(s.vcpu[v], "HV_CANCEL"),
  effect: (d, { v }) => {
    d.timer[v].hv = false;
    if (d.timer[v].periodic) {
      d.timer[v].due = false;
      d.vcpu[v].pc = "RESTART";
    } else timerReturn(d, v);
  },
});

const expires = action("preemption_timer_exit", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "EXIT_REASON_PREEMPTION_TIMER: handle_fastpath_preemption_timer(), kvm_lapic_expired_hv_timer()",
  prints: (_, { v }: OfVcpu, after, kind) => [exitPrinted(after, v, kind)],
  source: "m21; timer 1.10, 2.6",
  atomic: "the exit is one event of the CPU; time is abstracted, so the deadline passes at any moment",
  guard: (s, { v }) => s.vcpu[v].pc === "NONROOT" && s.timer[v].hv,
  effect: (d, { v }) => {
    const timer = d.timer[v];
    timer.due = true;
    noteExpiry(d, v);
    timer.ghost.exited = true;
    d.vcpu[v].exit = "PREEMPTION_TIMER";
    d.vcpu[v].pc = "EXPIRED_TEST";
  },
});

/** The hv timer for a vendor. */
export const hvTimer = ({ hasHvTimer }: VendorOps): readonly Action<State>[] => [
  preemptionTimerOff,
  clocksApart,
  setHvTimer(hasHvTimer),
  inUse("HV_CANCEL_HRTIMER"),
  cancelHrtimer((d, v) => {
    d.vcpu[v].pc = "HV_TEST_PENDING";
  }),
  hvTestPending(true),
  cancelHv,
  expires,
];

/** What direct-fixed changes here: the hrtimer is gone, and the deadline known to be ahead, before the hv timer is set. */
export const hvTimerFixed: readonly Action<State>[] = [
  cancelHrtimer((d, v) => {
    const { periodic, deadline } = d.timer[v];
    if (!periodic && !deadline) timerReturn(d, v);
    else d.vcpu[v].pc = "HV_SET";
  }),
  inUse("HV_TEST_PENDING"),
];

export default hvTimer;
