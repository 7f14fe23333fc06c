import {
  armingInjectedOnce,
  armingTakenOnce,
  canPostExcludesHvTimer,
  expiryBelongsToItsArming,
  hrtimerModeSwitchKeepsExpiry,
  modeSwitchLosesNoExpiry,
} from "../../properties/timer/timer-modes.ts";
import {
  expiryNotDelayedPastEntry,
  expiryWithoutExit,
  localCallbackNeverSeesGuestMode,
  noPendingTimerInGuest,
} from "../../properties/timer/timer-delivery.ts";
import { hltInGuest, postTimer } from "../../models/kvm/options/posting.ts";
import { hrtimerPinned, nohzFull, preemptionTimer, timerDelivery } from "../../models/kvm/options/timer.ts";
import { runLoop } from "../parts.ts";
import { timerModesExpected } from "./timer-modes-expected.ts";
import { fineTimer, lvttWrite } from "./timer-modes-parts.ts";
import { world } from "../world.ts";

/** A guest that switches its timer between all three modes. */
export const timerModesWorld = world({
  name: "kvm/timer-modes",
  about:
    "one vCPU that arms its timer by TMICT and switches between one-shot, periodic and TSC-deadline mode",
  options: [nohzFull, hltInGuest, postTimer, timerDelivery, preemptionTimer, hrtimerPinned],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...fineTimer, "guest_write_lvtt_mode", ...lvttWrite],
  properties: [
    modeSwitchLosesNoExpiry,
    hrtimerModeSwitchKeepsExpiry,
    armingInjectedOnce,
    armingTakenOnce,
    expiryBelongsToItsArming,
    canPostExcludesHvTimer,
    noPendingTimerInGuest,
    expiryNotDelayedPastEntry,
    expiryWithoutExit,
    localCallbackNeverSeesGuestMode,
  ],
  expected: timerModesExpected,
});

export default timerModesWorld;
