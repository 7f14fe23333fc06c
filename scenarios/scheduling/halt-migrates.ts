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
import { preemption } from "../../models/kvm/options/scheduling.ts";
import { timerDelivery, timerMode } from "../../models/kvm/options/timer.ts";
import { blockingExpected } from "./halt-expected.ts";
import { scheduling } from "./halt.ts";
import { lapicTimer, runLoop, without } from "../parts.ts";
import { world } from "../world.ts";

/** One vCPU that halts, is preempted and moves between two pCPUs, and its LAPIC timer that follows it. */
export const haltMigrates = world({
  name: "kvm/halt-migrates",
  about:
    "one vCPU that programs its timer, halts, is preempted and moves between two pCPUs; the hrtimer follows",
  options: [timerMode, timerDelivery, preemption],
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
    { property: "hrtimer-follows-its-vcpu", verdict: "holds" },
    {
      property: "no-pending-timer-in-guest",
      verdict: "vacuous",
      because: "before its timer has followed it the vCPU does not enter, and then the callback exits first",
    },
    {
      property: "halted-vcpu-wakes-for-vector",
      where: { timerDelivery: ["direct", "direct-fixed"], preemption: "full" },
      verdict: "violated",
      because:
        "the callback on the pCPU left behind has set PIR but not ON; the vCPU sets ON as it is loaded, and sleeps",
    },
    {
      property: "posted-interrupt-reaches-guest",
      where: { guest: "vmx" },
      verdict: "vacuous",
      because: "sync_pir_to_irr() clears ON before the entry, and nobody posts to a vCPU in its guest",
    },
    ...blockingExpected,
    { property: "expiry-not-delayed-past-entry", verdict: "holds" },
    { property: "local-callback-never-sees-guest-mode", verdict: "holds" },
  ],
});

export default haltMigrates;
