import type { Expectation, Where } from "../expectation.ts";
import { canPost, each, hrtimerOnly, posted } from "./timer-modes-columns.ts";

const direct: Where = { timerDelivery: "direct" };
/** Where nothing switches between the two timers: there is one only, or HLT does not exit. */
const neverSwitches: readonly Where[] = [...hrtimerOnly, { mwaitInGuest: "on" }, { hltInGuest: "on" }];
const fixed: readonly Where[] = [...neverSwitches, { timerDelivery: "direct-fixed" }];
const once: readonly Where[] = [...fixed, { timerMode: "periodic" }];

const injectedTwice = (property: string): readonly Expectation[] => [
  {
    property,
    where: direct,
    verdict: "violated",
    because:
      "the tests of pending are constant: the hv timer stays set, or an injected one-shot is restarted",
  },
  { property, where: { timerMode: "tsc-deadline" }, verdict: "holds" },
  {
    property,
    verdict: "violated",
    because:
      "vcpu_block() finds the deadline passed and injects at once; pending is then 0 when it switches back, and " +
      "target_expiration, now 0, has passed again",
  },
];

/** The preemption timer and its switches: what timer 1.9, 1.10 and 9.1 P6 lead one to expect; first match counts. */
export const hvTimerExpected: readonly Expectation[] = [
  ...each(once, { property: "arming-injected-once", verdict: "holds" }),
  ...injectedTwice("arming-injected-once"),

  ...each(once, { property: "arming-taken-once", verdict: "holds" }),
  {
    property: "arming-taken-once",
    where: { ...direct, timerClocks: "apart" },
    verdict: "violated",
    because: "the guest runs, and takes the interrupt, before the preemption timer that stayed set expires",
  },
  { property: "arming-taken-once", verdict: "holds" },

  { property: "can-post-excludes-hv-timer", where: posted, verdict: "vacuous", because: "it can never post" },
  ...each([canPost, { nohzFull: "on", mwaitInGuest: "on" }], {
    property: "can-post-excludes-hv-timer",
    verdict: "holds",
  }),
  { property: "can-post-excludes-hv-timer", verdict: "vacuous", because: "it can never post" },

  {
    property: "expiry-in-handler-injected-once",
    where: { timerMode: "periodic" },
    verdict: "vacuous",
    because: "one-shot only",
  },
  ...each(fixed, { property: "expiry-in-handler-injected-once", verdict: "holds" }),
  ...injectedTwice("expiry-in-handler-injected-once"),

  { property: "expiry-not-delayed-past-entry", verdict: "holds" },
];
