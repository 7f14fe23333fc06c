import type { Expectation } from "../expectation.ts";
import { direct, each, hrtimerOnly } from "./timer-modes-columns.ts";

const masked: readonly Expectation[] = [
  { property: "masked-expiry-not-injected", where: direct, verdict: "holds" },
  ...each(hrtimerOnly, {
    property: "masked-expiry-not-injected",
    verdict: "violated",
    because: "F3: the expiry stays in pending, and the mask is read when it is injected",
  }),
  {
    property: "masked-expiry-not-injected",
    verdict: "holds",
    because: "the preemption timer injects at once, which drops what is masked",
  },
];

/** What F3 leads one to expect where the guest unmasks; first match counts. */
export const f3Expected: readonly Expectation[] = [
  ...masked,
  ...each([direct, { nohzFull: "off" }], {
    property: "no-pending-timer-in-guest",
    verdict: "vacuous",
    because: "no pending, or no callback elsewhere",
  }),
  ...each(hrtimerOnly, { property: "no-pending-timer-in-guest", verdict: "holds" }),
  { property: "no-pending-timer-in-guest", verdict: "vacuous", because: "no hrtimer while the guest runs" },
  { property: "expiry-not-delayed-past-entry", verdict: "holds" },
];

const nobodyTold = "F3: KVM_SET_MSRS makes pending deliverable, and the next entry finds no request";

/** What F3 leads one to expect where userspace unmasks; first match counts. */
export const f3UserspaceExpected: readonly Expectation[] = [
  ...masked,
  { property: "no-pending-timer-in-guest", where: direct, verdict: "vacuous", because: "no pending" },
  ...each(hrtimerOnly, {
    property: "no-pending-timer-in-guest",
    verdict: "violated",
    because: nobodyTold,
  }),
  { property: "no-pending-timer-in-guest", verdict: "vacuous", because: "no hrtimer while the guest runs" },
  { property: "expiry-not-delayed-past-entry", where: direct, verdict: "holds" },
  ...each(hrtimerOnly, {
    property: "expiry-not-delayed-past-entry",
    verdict: "violated",
    because: nobodyTold,
  }),
  { property: "expiry-not-delayed-past-entry", verdict: "holds" },
];
