import type { Expectation, Where } from "../expectation.ts";
import { canPost, direct, each, hrtimerOnly, posted } from "./timer-modes-columns.ts";

const hv: Where = { guest: "vmx", preemptionTimer: "on" };

/** LVTT mode switches: what timer 1.2 and 9.1 lead one to expect; first match counts. */
export const timerModesExpected: readonly Expectation[] = [
  { property: "mode-switch-loses-no-expiry", where: direct, verdict: "holds" },
  ...each(hrtimerOnly, {
    property: "mode-switch-loses-no-expiry",
    verdict: "violated",
    because: "m21: the switch cancels and clears pending, as a TMICT write does",
  }),
  {
    property: "mode-switch-loses-no-expiry",
    verdict: "holds",
    because: "the preemption timer expires in the guest only, where APICv injects at once",
  },

  ...each(
    [{ nohzFull: "off" }, { hrtimerPinned: "on" }],
    {
      property: "hrtimer-mode-switch-keeps-expiry",
      verdict: "vacuous",
      because: "no pending, and no callback beside the switch",
    },
    direct,
  ),
  ...each(hrtimerOnly, { property: "hrtimer-mode-switch-keeps-expiry", verdict: "holds" }),
  {
    property: "hrtimer-mode-switch-keeps-expiry",
    verdict: "vacuous",
    because: "the preemption timer leaves nothing pending",
  },

  { property: "arming-injected-once", verdict: "holds" },
  { property: "arming-taken-once", verdict: "holds" },
  { property: "expiry-belongs-to-its-arming", verdict: "holds" },

  { property: "can-post-excludes-hv-timer", where: posted, verdict: "vacuous", because: "it can never post" },
  { property: "can-post-excludes-hv-timer", where: canPost, verdict: "holds" },
  { property: "can-post-excludes-hv-timer", verdict: "vacuous", because: "it can never post" },

  ...each([direct, { nohzFull: "off" }, { hrtimerPinned: "on" }], {
    property: "no-pending-timer-in-guest",
    verdict: "vacuous",
    because: "no pending, or no callback elsewhere",
  }),
  ...each(hrtimerOnly, { property: "no-pending-timer-in-guest", verdict: "holds" }),
  { property: "no-pending-timer-in-guest", verdict: "vacuous", because: "no hrtimer while the guest runs" },

  { property: "expiry-not-delayed-past-entry", verdict: "holds" },

  ...each([{ nohzFull: "off" }, { hrtimerPinned: "on" }, { ...hv, hltInGuest: "off" }], {
    property: "expiry-handled-without-exit",
    verdict: "violated",
    because: "only a callback on another pCPU posts",
  }),
  { property: "expiry-handled-without-exit", where: direct, verdict: "witnessed" },
  {
    property: "expiry-handled-without-exit",
    where: posted,
    verdict: "violated",
    because: "APICv is inactive",
  },
  { property: "expiry-handled-without-exit", where: { hltInGuest: "on" }, verdict: "witnessed" },
  { property: "expiry-handled-without-exit", where: { postTimer: "in-guest-mode" }, verdict: "witnessed" },
  { property: "expiry-handled-without-exit", verdict: "violated", because: "posting is not configured" },

  { property: "local-callback-never-sees-guest-mode", where: canPost, verdict: "holds" },
  {
    property: "local-callback-never-sees-guest-mode",
    where: hv,
    verdict: "vacuous",
    because: "no vCPU of this world blocks, so the hrtimer is never used",
  },
  { property: "local-callback-never-sees-guest-mode", verdict: "holds" },
];
