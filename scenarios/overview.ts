import { apicvNeverTogglesForTd } from "../properties/apicv/apicv-never-toggles-for-td.ts";
import { pendingClearedOnlyBeforeNewTmict } from "../properties/timer/pending-cleared-only-before-new-tmict.ts";
import { noRtcCoalescedMisreportUnderSplit } from "../properties/rtc/rtc.ts";
import {
  expiryNotDelayedPastEntry,
  noPendingTimerInGuest,
  tmictWriteLosesNoExpiry,
} from "../properties/timer/timer-delivery.ts";
import { irqchip } from "../models/kvm/options/creation.ts";
import { hltInGuest, postTimer } from "../models/kvm/options/posting.ts";
import { nohzFull, timerDelivery } from "../models/kvm/options/timer.ts";
import { noKernelIrqchip } from "./no-kernel-irqchip.ts";
import { lapicTimer, rtcTicks, runLoop, userspaceExits } from "./parts.ts";
import { expiryExpected, pendingClearedExpected } from "./timer/timer-expected.ts";
import type { Where } from "./expectation.ts";
import { world } from "./world.ts";

const properties = [
  apicvNeverTogglesForTd,
  noRtcCoalescedMisreportUnderSplit,
  pendingClearedOnlyBeforeNewTmict,
  noPendingTimerInGuest,
  expiryNotDelayedPastEntry,
  tmictWriteLosesNoExpiry,
];
const posted: Where = { design: "v1-inhibit" };

/** What the thread argues about, in one world: the timer, the RTC and the ioctl that could change APICv. */
export default world({
  name: "kvm/overview",
  about:
    "one TD vCPU with its timer armed; RTC ticks, exits to userspace and KVM_SET_SREGS interleave with it",
  guests: ["td"],
  options: [nohzFull, hltInGuest, irqchip, postTimer, timerDelivery],
  scope: { vcpu: 1 },
  start: "timer-armed",
  actions: [...runLoop, ...userspaceExits, ...lapicTimer, ...rtcTicks, "KVM_SET_SREGS"],
  properties,
  expected: [
    ...noKernelIrqchip(properties),
    { property: "apicv-never-toggles-for-td", verdict: "holds" },
    {
      property: "no-rtc-coalesced-misreport-under-split",
      where: { irqchip: "kernel" },
      verdict: "vacuous",
      because: "not split",
    },
    {
      property: "no-rtc-coalesced-misreport-under-split",
      where: posted,
      verdict: "violated",
      because: "KVM_SET_SREGS may disable the APIC, and an MSI to it answers 0",
    },
    { property: "no-rtc-coalesced-misreport-under-split", verdict: "holds" },
    {
      property: "no-pending-timer-in-guest",
      where: { ...posted, timerDelivery: "pending" },
      verdict: "violated",
      because: "KVM_SET_SREGS disables and enables the APIC around a pending timer, whose UNBLOCK is gone",
    },
    {
      property: "expiry-not-delayed-past-entry",
      where: { ...posted, timerDelivery: "pending" },
      verdict: "violated",
      because: "KVM_SET_SREGS disables and enables the APIC around a pending timer, whose UNBLOCK is gone",
    },
    ...pendingClearedExpected,
    ...expiryExpected,
  ],
});
