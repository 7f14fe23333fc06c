import { armedTimerRuns, deadlineExpiresBeforeStart } from "../../properties/timer/armed-timer.ts";
import { hrtimerFollowsItsVcpu } from "../../properties/timer/migrate-timer.ts";
import { armingInjectedOnce, armingTakenOnce } from "../../properties/timer/timer-modes.ts";
import { expiryNotDelayedPastEntry, noPendingTimerInGuest } from "../../properties/timer/timer-delivery.ts";
import { fastpath, preemptionTimer, timerModes } from "../../models/kvm/options/timer.ts";
import { eoi, runLoop } from "../parts.ts";
import { deadlineWrite, fineTimer, halt } from "./timer-modes-parts.ts";
import { world } from "../world.ts";

/** The preemption timer of a vCPU that is preempted and loaded on another pCPU, where it is restarted. */
export default world({
  name: "kvm/hv-timer-migrates",
  about:
    "one vCPU that arms its timer, halts, is preempted and moves between two pCPUs; the preemption timer is restarted there",
  guests: ["vmx", "vmx-sw"],
  options: [timerModes, fastpath, preemptionTimer],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    ...fineTimer,
    ...deadlineWrite,
    ...halt,
    ...eoi,
    "preempt",
    "sched_in",
    "sched_in_elsewhere",
    "pi_load_control",
    "pi_load_pir",
    "req_migrate_timer",
  ],
  properties: [
    armedTimerRuns,
    deadlineExpiresBeforeStart,
    hrtimerFollowsItsVcpu,
    armingInjectedOnce,
    armingTakenOnce,
    noPendingTimerInGuest,
    expiryNotDelayedPastEntry,
  ],
  expected: [
    ...[{ guest: "vmx", fastpath: "pmu-counts" } as const, { guest: "vmx-sw" } as const].map(
      (where) =>
        ({
          property: "deadline-expires-before-start",
          where: { ...where, timerMode: "tsc-deadline", preemptionTimer: "on" },
          verdict: "witnessed",
        }) as const,
    ),
    {
      property: "deadline-expires-before-start",
      verdict: "violated",
      because: "the write has a fastpath, where nobody is preempted, or finds no preemption timer in use",
    },
    {
      property: "arming-injected-once",
      where: { guest: "vmx", timerMode: "oneshot", preemptionTimer: "on" },
      verdict: "violated",
      because:
        "as in kvm/hv-timer, where nobody is preempted: the one-shot is injected in vcpu_block(), and restarted",
    },
    { property: "arming-injected-once", verdict: "holds" },
    {
      property: "hrtimer-follows-its-vcpu",
      where: { preemptionTimer: "on" },
      verdict: "vacuous",
      because: "the hrtimer is cancelled before the vCPU enters: the preemption timer is set",
    },
    { property: "hrtimer-follows-its-vcpu", verdict: "holds" },
    {
      property: "no-pending-timer-in-guest",
      verdict: "vacuous",
      because: "a callback finds the vCPU outside its guest, and KVM_REQ_UNBLOCK keeps it there",
    },
    ...["armed-timer-runs", "arming-taken-once", "expiry-not-delayed-past-entry"].map(
      (property) => ({ property, verdict: "holds" }) as const,
    ),
  ],
});
