import {
  blockedHaltIgnoresInterrupts,
  haltedVcpuWakesForVector,
  noLostWakeup,
  postedInterruptReachesGuest,
  tdHaltExitsAnyway,
  yieldingVcpuSeesPostedInterrupt,
} from "../../properties/scheduling/blocking.ts";
import { vectorInIrrIsInRvi } from "../../properties/posting/rvi.ts";
import {
  expiryNotDelayedPastEntry,
  noPendingTimerInGuest,
  tmictWriteLosesNoExpiry,
} from "../../properties/timer/timer-delivery.ts";
import { block } from "../../models/kvm/actions/scheduling/block.ts";
import { halt as haltActions } from "../../models/kvm/actions/scheduling/halt.ts";
import { irqfd } from "../../models/kvm/actions/posting/device.ts";
import { piPut616, sched } from "../../models/kvm/actions/scheduling/sched.ts";
import { hltInGuest, mwaitInGuest, pirSync, postTimer } from "../../models/kvm/options/posting.ts";
import { piLoad, preemption, rviCheck } from "../../models/kvm/options/scheduling.ts";
import { nohzFull, timerDelivery } from "../../models/kvm/options/timer.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import {
  blockingExpected,
  haltExpected,
  lostWakeupOnMigration,
  unseenVectorSleeps,
} from "./halt-expected.ts";
import {
  blockingLaws,
  hrtimerLaws,
  postingLaws,
  postingProgressLaws,
  progressLaws,
  runLoopLaws,
  timerLaws,
} from "../laws.ts";
import { lapicTimer, names, runLoop, without } from "../parts.ts";
import { expiryExpected } from "../timer/timer-expected.ts";
import { world } from "../world.ts";

/** Halting and blocking, with a scheduler that preempts and migrates. */
export const scheduling: readonly string[] = [
  ...names(haltActions(tdOps)),
  ...names(block(tdOps)),
  ...names(sched(tdOps, piPut616)),
  "req_migrate_timer",
];

/** Halting and blocking on one pCPU, without a device. */
export const halting: readonly string[] = [
  ...without(names(haltActions(tdOps)), "guest_take_device_irq"),
  ...names(block(tdOps)),
  "schedule",
  "sched_in",
];

/** One vCPU that halts while a thread posts to it; without an assigned device the descriptor's control word is not used. */
export const blocks = world({
  name: "kvm/block",
  about:
    "one vCPU that halts, is preempted and moves between two pCPUs, while an irqfd posts to it; no device is assigned",
  options: [preemption, piLoad, rviCheck, pirSync],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...scheduling, ...names(irqfd(tdOps))],
  properties: [
    haltedVcpuWakesForVector,
    blockedHaltIgnoresInterrupts,
    postedInterruptReachesGuest,
    noLostWakeup,
    yieldingVcpuSeesPostedInterrupt,
    vectorInIrrIsInRvi,
    ...runLoopLaws,
    ...blockingLaws,
    ...postingLaws,
    ...postingProgressLaws,
  ],
  expected: [
    {
      property: "vector-in-irr-is-in-rvi",
      where: { guest: "td" },
      verdict: "vacuous",
      because: "RVI of a TD is the TDX module's",
    },
    {
      property: "vector-in-irr-is-in-rvi",
      where: { guest: "vmx", pirSync: "6.16" },
      verdict: "violated",
      because:
        "a sync finds ON set and PIR empty, since the one before has harvested it, and writes RVI 0 over the vector in IRR",
    },
    { property: "vector-in-irr-is-in-rvi", verdict: "holds" },
    {
      property: "yielding-vcpu-sees-posted-interrupt",
      where: { preemption: "none" },
      verdict: "violated",
      because: "nobody is preempted",
    },
    {
      property: "yielding-vcpu-sees-posted-interrupt",
      where: { guest: "td", design: "v1-inhibit" },
      verdict: "violated",
      because: "apicv_active is false, and the function says so whatever is posted",
    },
    { property: "yielding-vcpu-sees-posted-interrupt", verdict: "witnessed" },
    lostWakeupOnMigration,
    unseenVectorSleeps,
    ...blockingExpected,
  ],
});

/** One vCPU that halts, and its LAPIC timer that wakes it. */
export const halt = world({
  name: "kvm/halt",
  about: "one vCPU that programs its timer and halts; it blocks, and the hrtimer's callback wakes it",
  options: [nohzFull, hltInGuest, mwaitInGuest, postTimer, timerDelivery, rviCheck],
  scope: { vcpu: 1 },
  start: "timer-armed",
  actions: without([...runLoop, ...lapicTimer, ...halting], "guest_read_tmcct"),
  properties: [
    noPendingTimerInGuest,
    expiryNotDelayedPastEntry,
    tmictWriteLosesNoExpiry,
    tdHaltExitsAnyway,
    haltedVcpuWakesForVector,
    blockedHaltIgnoresInterrupts,
    postedInterruptReachesGuest,
    noLostWakeup,
    ...runLoopLaws,
    ...blockingLaws,
    ...postingLaws,
    ...timerLaws,
    ...hrtimerLaws,
    ...progressLaws,
  ],
  expected: [...haltExpected, unseenVectorSleeps, ...blockingExpected, ...expiryExpected],
});

export default [halt, blocks];
