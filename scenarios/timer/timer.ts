import {
  callbackNeverPosts,
  expiryInHandlerInjectedOnce,
  expiryNotDelayedPastEntry,
  expiryWithoutExit,
  localCallbackNeverSeesGuestMode,
  noPendingTimerInGuest,
  postTestOnlyFromTimerFn,
  seenExpiryIsInjected,
  tmictWriteLosesNoExpiry,
} from "../../properties/timer/timer-delivery.ts";
import { pendingClearedOnlyBeforeNewTmict } from "../../properties/timer/pending-cleared-only-before-new-tmict.ts";
import { disabledExits, hltInGuest, postTimer } from "../../models/kvm/options/posting.ts";
import { tdhVpEnter } from "../../models/kvm/options/run-loop.ts";
import { nohzFull, timerDelivery, timerMode } from "../../models/kvm/options/timer.ts";
import { hrtimerLaws, postingLaws, runLoopLaws, threadLaws, timerLaws } from "../laws.ts";
import { lapicTimer, runLoop, userspaceExits } from "../parts.ts";
import { timerExpected } from "./timer-expected.ts";
import { world } from "../world.ts";

/** One vCPU, its LAPIC timer, and a housekeeping pCPU where the option asks for one. */
export const timer = world({
  name: "kvm/timer",
  about:
    "one vCPU that programs, reads and takes its LAPIC timer; the hrtimer on its own or a housekeeping pCPU",
  options: [nohzFull, hltInGuest, disabledExits, postTimer, timerDelivery, timerMode, tdhVpEnter],
  scope: { vcpu: 1 },
  start: "timer-armed",
  actions: [...runLoop, ...userspaceExits, ...lapicTimer],
  properties: [
    pendingClearedOnlyBeforeNewTmict,
    noPendingTimerInGuest,
    expiryNotDelayedPastEntry,
    expiryWithoutExit,
    tmictWriteLosesNoExpiry,
    seenExpiryIsInjected,
    expiryInHandlerInjectedOnce,
    localCallbackNeverSeesGuestMode,
    postTestOnlyFromTimerFn,
    callbackNeverPosts,
    ...runLoopLaws,
    ...postingLaws,
    ...timerLaws,
    ...hrtimerLaws,
    ...threadLaws,
  ],
  expected: timerExpected,
});

export default timer;
