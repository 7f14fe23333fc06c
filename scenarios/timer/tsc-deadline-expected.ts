import type { Expectation, Where } from "../expectation.ts";
import { canPost, direct, each, posted } from "./timer-modes-columns.ts";

const noFastpath = [
  { guest: "td" },
  { fastpath: "pmu-counts", preemptionTimer: "off" },
  { fastpath: "pmu-counts", ...canPost },
  { fastpath: "6.16", preemptionTimer: "off" },
  { fastpath: "6.16", ...canPost },
] as const;
const counts = {
  fastpath: "6.19",
  preemptionTimer: "off",
  nohzFull: "on",
  hltInGuest: "off",
  postTimer: "as-configured",
} as const;
const hv: Where = { guest: "vmx", preemptionTimer: "on", hltInGuest: "off" };
const neverPosts: Where = { hltInGuest: "off", postTimer: "as-configured" };

/** Writes of IA32_TSC_DEADLINE: what timer 1.3, 1.13 and 9.1 lead one to expect; first match counts. */
export const tscDeadlineExpected: readonly Expectation[] = [
  { property: "tsc-deadline-write-loses-no-expiry", where: direct, verdict: "holds" },
  ...each(noFastpath, {
    property: "tsc-deadline-write-loses-no-expiry",
    verdict: "violated",
    because: "without a fastpath the write is as a TMICT write: what a callback counted is cleared",
  }),
  {
    property: "tsc-deadline-write-loses-no-expiry",
    where: counts,
    verdict: "violated",
    because:
      "the write has a fastpath, but where posting is not configured a callback elsewhere counts all the same",
  },
  {
    property: "tsc-deadline-write-loses-no-expiry",
    verdict: "holds",
    because:
      "in the fastpath mode is IN_GUEST_MODE, so a callback posts; or there is none but the vCPU's own",
  },

  { property: "arming-injected-once", verdict: "holds" },
  { property: "arming-taken-once", verdict: "holds" },

  ...each([{ timerAdvance: "off" }, { nohzFull: "off" }, hv, { ...direct, directWait: "no" }], {
    property: "waits-do-not-collide",
    verdict: "vacuous",
    because: "no callback waits",
  }),
  {
    property: "waits-do-not-collide",
    where: direct,
    verdict: "violated",
    because: "a callback elsewhere waits while the vCPU enters with an older timer interrupt",
  },
  ...each([posted, neverPosts], {
    property: "waits-do-not-collide",
    verdict: "vacuous",
    because: "no callback posts",
  }),
  {
    property: "waits-do-not-collide",
    verdict: "violated",
    because:
      "m21 has callbacks on the vCPU's own pCPU in mind; one elsewhere posts, and so waits, with IRQs off there",
  },

  {
    property: "no-interrupt-before-deadline",
    where: { timerAdvance: "off" },
    verdict: "vacuous",
    because: "no timer fires early",
  },
  ...each([hv, { nohzFull: "off" }], { property: "no-interrupt-before-deadline", verdict: "holds" }),
  {
    property: "no-interrupt-before-deadline",
    where: { ...direct, directWait: "no" },
    verdict: "violated",
    because: "a callback elsewhere posts to the running guest without waiting",
  },
  {
    property: "no-interrupt-before-deadline",
    where: { ...direct, guest: "vmx", fastpath: "6.19" },
    verdict: "holds",
    because: "mode is IN_GUEST_MODE all along, and no expiry is wiped, so nobody reads an old deadline",
  },
  {
    property: "no-interrupt-before-deadline",
    where: direct,
    verdict: "violated",
    because:
      "the callback posts without waiting to a vCPU that has looked at PIR before, or its deadline is wiped",
  },
  {
    property: "no-interrupt-before-deadline",
    where: { guest: "td" },
    verdict: "holds",
    because:
      "of two waits that collide, the one that read the deadline first spins, and the guest is not entered before",
  },
  ...each(
    [{ hltInGuest: "on" }, { postTimer: "in-guest-mode" }],
    {
      property: "no-interrupt-before-deadline",
      verdict: "holds",
      because: "no expiry is wiped, so nobody reads an old deadline",
    },
    { fastpath: "6.19" },
  ),
  {
    property: "no-interrupt-before-deadline",
    verdict: "violated",
    because:
      "the entry reads the deadline of an expiry that was wiped, and clears the one that a callback has noted since",
  },

  ...each([direct, { nohzFull: "off" }], {
    property: "no-pending-timer-in-guest",
    verdict: "vacuous",
    because: "no pending, or no callback elsewhere",
  }),
  ...each([...noFastpath, counts], { property: "no-pending-timer-in-guest", verdict: "holds" }),
  {
    property: "no-pending-timer-in-guest",
    verdict: "vacuous",
    because: "mode is IN_GUEST_MODE whenever a callback runs",
  },

  { property: "expiry-not-delayed-past-entry", verdict: "holds" },
];
