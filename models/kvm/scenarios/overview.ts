import { apicvNeverTogglesForTd } from "../../../properties/apicv-never-toggles-for-td.ts";
import { pendingClearedOnlyBeforeNewTmict } from "../../../properties/pending-cleared-only-before-new-tmict.ts";
import { noRtcCoalescedMisreportUnderSplit } from "../../../properties/rtc.ts";
import {
  expiryNotDelayedPastEntry,
  noPendingTimerInGuest,
  tmictWriteLosesNoExpiry,
} from "../../../properties/timer-delivery.ts";
import { hltMwaitInGuest, irqchip, nohzFull, postTimer, timerDelivery } from "../options.ts";
import { lapicTimer, rtcTicks, runLoop, userspaceExits } from "./parts.ts";
import { world } from "./world.ts";

/** What the thread argues about, in one world: the timer, the RTC and the ioctl that could change APICv. */
export const overview = world({
  name: "kvm/overview",
  about:
    "one TD vCPU with its timer armed; RTC ticks, exits to userspace and KVM_SET_SREGS interleave with it",
  guests: ["td"],
  options: [nohzFull, hltMwaitInGuest, irqchip, postTimer, timerDelivery],
  scope: { vcpu: 1 },
  start: "timer-armed",
  actions: [...runLoop, ...userspaceExits, ...lapicTimer, ...rtcTicks, "KVM_SET_SREGS"],
  properties: [
    apicvNeverTogglesForTd,
    noRtcCoalescedMisreportUnderSplit,
    pendingClearedOnlyBeforeNewTmict,
    noPendingTimerInGuest,
    expiryNotDelayedPastEntry,
    tmictWriteLosesNoExpiry,
  ],
  expected: [],
});
