import {
  armingInjectedOnce,
  armingTakenOnce,
  tscDeadlineWriteLosesNoExpiry,
} from "../../properties/timer/timer-modes.ts";
import { expiryNotDelayedPastEntry, noPendingTimerInGuest } from "../../properties/timer/timer-delivery.ts";
import { noInterruptBeforeDeadline, waitsDoNotCollide } from "../../properties/timer/timer-wait.ts";
import { only } from "../../models/kvm/option.ts";
import { hltInGuest, postTimer } from "../../models/kvm/options/posting.ts";
import {
  directWait,
  fastpath,
  nohzFull,
  preemptionTimer,
  timerAdvance,
  timerDelivery,
  timerModes,
} from "../../models/kvm/options/timer.ts";
import { postingLaws, preemptionTimerLaws, runLoopLaws, timerLaws, waitLaws } from "../laws.ts";
import { runLoop } from "../parts.ts";
import { tscDeadlineExpected } from "./tsc-deadline-expected.ts";
import { deadlineWrite, fineTimer, waits, withoutTmict } from "./timer-modes-parts.ts";
import { world } from "../world.ts";

/** A guest in TSC-deadline mode. */
export const tscDeadlineWorld = world({
  name: "kvm/tsc-deadline",
  about: "one vCPU in TSC-deadline mode that writes its deadline, in the exit handler or in a VMX fastpath",
  options: [
    only(timerModes, "tsc-deadline"),
    nohzFull,
    hltInGuest,
    postTimer,
    timerDelivery,
    fastpath,
    timerAdvance,
    directWait,
    preemptionTimer,
  ],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...withoutTmict(fineTimer), ...deadlineWrite, ...waits],
  properties: [
    tscDeadlineWriteLosesNoExpiry,
    armingInjectedOnce,
    armingTakenOnce,
    waitsDoNotCollide,
    noInterruptBeforeDeadline,
    noPendingTimerInGuest,
    expiryNotDelayedPastEntry,
    ...runLoopLaws,
    ...postingLaws,
    ...timerLaws,
    ...preemptionTimerLaws,
    ...waitLaws,
  ],
  expected: tscDeadlineExpected,
});

export default tscDeadlineWorld;
