import {
  armingInjectedOnce,
  armingTakenOnce,
  canPostExcludesHvTimer,
} from "../../properties/timer/timer-modes.ts";
import {
  expiryInHandlerInjectedOnce,
  expiryNotDelayedPastEntry,
} from "../../properties/timer/timer-delivery.ts";
import { hltInGuest, mwaitInGuest } from "../../models/kvm/options/posting.ts";
import {
  nohzFull,
  preemptionTimer,
  timerClocks,
  timerDelivery,
  timerModes,
} from "../../models/kvm/options/timer.ts";
import { hvTimerExpected } from "./hv-timer-expected.ts";
import { postingLaws, preemptionTimerLaws, progressLaws, runLoopLaws, timerLaws } from "../laws.ts";
import { runLoop } from "../parts.ts";
import { deadlineWrite, fineTimer, halt } from "./timer-modes-parts.ts";
import { world } from "../world.ts";

/** The preemption timer, the hrtimer, and the switches between them. */
export const hvTimerWorld = world({
  name: "kvm/hv-timer",
  about: "one vCPU that arms its timer and halts: from the preemption timer to the hrtimer and back",
  options: [timerModes, timerDelivery, nohzFull, hltInGuest, mwaitInGuest, preemptionTimer, timerClocks],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...fineTimer, ...deadlineWrite, ...halt],
  properties: [
    armingInjectedOnce,
    armingTakenOnce,
    canPostExcludesHvTimer,
    expiryInHandlerInjectedOnce,
    expiryNotDelayedPastEntry,
    ...runLoopLaws,
    ...postingLaws,
    ...timerLaws,
    ...preemptionTimerLaws,
    ...progressLaws,
  ],
  expected: hvTimerExpected,
});

export default hvTimerWorld;
