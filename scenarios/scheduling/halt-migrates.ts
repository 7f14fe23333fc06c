import {
  blockedHaltIgnoresInterrupts,
  haltedVcpuWakesForVector,
  noLostWakeup,
  postedInterruptReachesGuest,
} from "../../properties/scheduling/blocking.ts";
import { hrtimerFollowsItsVcpu } from "../../properties/timer/migrate-timer.ts";
import {
  expiryNotDelayedPastEntry,
  localCallbackNeverSeesGuestMode,
  noPendingTimerInGuest,
} from "../../properties/timer/timer-delivery.ts";
import { hltInGuest, mwaitInGuest } from "../../models/kvm/options/posting.ts";
import { piLoad, preemption } from "../../models/kvm/options/scheduling.ts";
import { nohzFull, timerDelivery, timerMode } from "../../models/kvm/options/timer.ts";
import { blockingExpected, hltStaysInGuest } from "./halt-expected.ts";
import { scheduling } from "./halt.ts";
import { lapicTimer, runLoop, without } from "../parts.ts";
import { canPost, direct, each, posted } from "../timer/timer-modes-columns.ts";
import { world } from "../world.ts";

/** One vCPU that halts, is preempted and moves between two pCPUs, and its LAPIC timer that follows it. */
export const haltMigrates = world({
  name: "kvm/halt-migrates",
  about:
    "one vCPU that programs its timer, halts, is preempted and moves between two pCPUs; the hrtimer follows",
  options: [timerMode, timerDelivery, nohzFull, hltInGuest, mwaitInGuest, preemption, piLoad],
  scope: { vcpu: 1 },
  start: "timer-armed",
  actions: without([...runLoop, ...lapicTimer, ...scheduling], "guest_read_tmcct", "guest_take_device_irq"),
  properties: [
    noPendingTimerInGuest,
    expiryNotDelayedPastEntry,
    localCallbackNeverSeesGuestMode,
    hrtimerFollowsItsVcpu,
    haltedVcpuWakesForVector,
    blockedHaltIgnoresInterrupts,
    postedInterruptReachesGuest,
    noLostWakeup,
  ],
  expected: [
    {
      property: "hrtimer-follows-its-vcpu",
      where: { nohzFull: "on" },
      verdict: "vacuous",
      because: "it may stay on a housekeeping pCPU",
    },
    { property: "hrtimer-follows-its-vcpu", verdict: "holds" },
    {
      property: "no-pending-timer-in-guest",
      where: { nohzFull: "on", timerDelivery: "pending" },
      verdict: "holds",
    },
    {
      property: "no-pending-timer-in-guest",
      verdict: "vacuous",
      because: "before its timer has followed it the vCPU does not enter, and then the callback exits first",
    },
    ...hltStaysInGuest,
    {
      property: "halted-vcpu-wakes-for-vector",
      where: { ...posted, timerDelivery: "pending" },
      verdict: "holds",
    },
    ...each(
      [direct, canPost, { ...canPost, hltInGuest: "off", mwaitInGuest: "on" }],
      {
        property: "halted-vcpu-wakes-for-vector",
        verdict: "violated",
        because:
          "the callback elsewhere has set PIR but not ON; the vCPU halts, sets ON as it is loaded on another pCPU, and sleeps",
      },
      { preemption: "full", piLoad: "after-migration" },
    ),
    {
      property: "posted-interrupt-reaches-guest",
      where: { guest: "vmx", nohzFull: "off" },
      verdict: "vacuous",
      because: "sync_pir_to_irr() clears ON before the entry, and nobody posts to a vCPU in its guest",
    },
    {
      property: "posted-interrupt-reaches-guest",
      where: { guest: "vmx", timerDelivery: "pending", hltInGuest: "off", mwaitInGuest: "off" },
      verdict: "vacuous",
      because: "sync_pir_to_irr() clears ON before the entry, and the callback does not post",
    },
    ...blockingExpected,
    { property: "expiry-not-delayed-past-entry", verdict: "holds" },
    { property: "local-callback-never-sees-guest-mode", verdict: "holds" },
  ],
});

export default haltMigrates;
