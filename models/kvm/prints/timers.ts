import type { Event } from "#check";
import { deliverable } from "../predicates.ts";
import { posterPcs } from "../state-poster.ts";
import type { State } from "../state.ts";
import type { GuestKind } from "../text.ts";
import { hrtimerCancel, hrtimerExpireEntry, hrtimerStart } from "../tracepoints/host.ts";
import { kvmMsr } from "../tracepoints/lapic.ts";
import { kvmHvTimerState, kvmWaitLapicExpire } from "../tracepoints/run-loop.ts";
import { accepts, acceptsItself } from "./delivery.ts";

/** The address of a timer, which the kernel hashes: a number of its own for each. */
const addressOf = (v: number): string => String(v + 1).padStart(16, "0");

/** The hrtimer of a vCPU's LAPIC timer is enqueued. */
export const starts = (v: number): Event =>
  hrtimerStart.event({ hrtimer: addressOf(v), function: "apic_timer_fn", mode: "ABS|HARD" });

/** The callback has returned: a periodic timer is enqueued again. */
export const restarts = (v: number, after: State): readonly Event[] =>
  after.timer[v].hr === "ENQUEUED" ? [starts(v)] : [];

/** Its callback is called. */
export const expires = (v: number): Event =>
  hrtimerExpireEntry.event({ hrtimer: addressOf(v), function: "apic_timer_fn" });

/** hrtimer_cancel() of it, which prints something only if it was enqueued. */
export const cancels = (before: State, v: number): readonly Event[] =>
  before.timer[v].hr === "ENQUEUED" ? [hrtimerCancel.event({ hrtimer: addressOf(v) })] : [];

const hvTimerState = (v: number, hv: boolean): Event =>
  kvmHvTimerState.event({ vcpu: v, hvTimer: hv ? 1 : 0 });

/** The write of IA32_TSC_DEADLINE is over in an exit fastpath, which goes on to enter the guest again. */
const fastpathReturns = (before: State, v: number, after: State): readonly Event[] => {
  const { exit } = before.vcpu[v];
  if (after.vcpu[v].pc !== "SYNC_PIR" || (exit !== "TSCD_N" && exit !== "TSCD_0")) return [];
  return [tscDeadlineWritten(exit)];
};

/** A write of IA32_TSC_DEADLINE, once it is done. */
export const tscDeadlineWritten = (exit: "TSCD_N" | "TSCD_0"): Event =>
  kvmMsr.event({ access: "write", msr: 0x6e0, data: exit === "TSCD_N" ? 1n : 0n, fault: false });

/** start_hv_timer() or start_sw_timer() is over, and says whether the hv timer is in use; not where it found `pending`. */
export const timerStarted = (
  before: State,
  v: number,
  after: State,
  says: "hv-timer-state" | "nothing",
): readonly Event[] => [
  ...(says === "nothing" ? [] : [hvTimerState(v, after.timer[v].hv)]),
  ...fastpathReturns(before, v, after),
];

/** start_hv_timer() or start_sw_timer() in an ioctl of the vCPU: a deadline that has passed expires at once, and is injected or counted. */
export const startsInIoctl = (before: State, v: number, after: State, kind: GuestKind): readonly Event[] => {
  const { hr, hv, pending } = after.timer[v];
  if (hv) return [hvTimerState(v, true)];
  const timer =
    hr === "ENQUEUED" ? [starts(v)] : pending === 0 ? acceptsItself(before, v, "timer", kind) : [];
  return [...timer, hvTimerState(v, false)];
};

/** kvm_apic_inject_pending_timer_irqs() in the vCPU's own thread: kvm_apic_local_deliver(), unless LVTT is masked. */
export const injectsTimer = (before: State, v: number, kind: GuestKind): readonly Event[] =>
  deliverable(before.vcpu[v], before.timer[v]) ? acceptsItself(before, v, "timer", kind) : [];

/** kvm_apic_local_deliver() in the callback, where a step of it has begun a delivery. */
export const deliversLocally = (before: State, v: number, after: State): readonly Event[] => {
  const [was, now] = [before.timer[v].pc, after.timer[v].pc];
  return was !== now && posterPcs.some((pc) => pc === now) ? [accepts(v, "timer")] : [];
};

/** __kvm_wait_lapic_expire(), before it spins: whether the guest's deadline is still ahead. */
export const waitsForDeadline = ({ timer }: State, v: number): Event =>
  kvmWaitLapicExpire.event({ vcpu: v, deadline: timer[v].early ? "early" : "late" });

/**
 * What follows apic_timer_expired(apic, false): where it was called by start_sw_timer(), a one-shot timer is done with, and
 * that function over; a periodic one is enqueued, and one on the hv timer cancelled, in a later step.
 */
export const afterExpiryPrints = (before: State, v: number, after: State): readonly Event[] => {
  const { hv, periodic } = before.timer[v];
  const over = !["EXPIRED_APICV", "EXPIRED_POST", "EXPIRED_PEND", "EXPIRED_UNBLOCK"].includes(
    after.vcpu[v].pc,
  );
  return over && !hv && !periodic ? timerStarted(before, v, after, "hv-timer-state") : [];
};
