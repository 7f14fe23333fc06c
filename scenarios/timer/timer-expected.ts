import type { Expectation, Where } from "../expectation.ts";

const direct: Where = { timerDelivery: ["direct", "direct-fixed"] };
const posted: Where = { design: "v1-inhibit", guest: "td" };

const described: Where = { guest: "td", disabledExits: "describe-td" };
const notAsked: Where = { guest: "td", disabledExits: "not-asked" };

/** What is expected of lapic_timer.pending where TMICT is written. */
export const pendingClearedExpected: readonly Expectation[] = [
  {
    property: "pending-cleared-only-before-new-tmict",
    where: direct,
    verdict: "vacuous",
    because: "no pending",
  },
  { property: "pending-cleared-only-before-new-tmict", verdict: "holds" },
];

/** What is expected of an expiry, whatever else the world is about. */
export const expiryExpected: readonly Expectation[] = [
  { property: "no-pending-timer-in-guest", where: direct, verdict: "vacuous", because: "no pending" },
  {
    property: "no-pending-timer-in-guest",
    where: { nohzFull: "off" },
    verdict: "vacuous",
    because: "a callback on the vCPU's own pCPU finds it outside the guest, and UNBLOCK keeps it there",
  },
  { property: "no-pending-timer-in-guest", verdict: "holds" },

  { property: "expiry-not-delayed-past-entry", verdict: "holds" },

  { property: "tmict-write-loses-no-expiry", where: direct, verdict: "holds" },
  {
    property: "tmict-write-loses-no-expiry",
    verdict: "violated",
    because: "m3, m21: the write clears pending; posting would need IN_GUEST_MODE",
  },
];

/** What the thread and timer 9.1 lead one to expect; first match counts. */
export const timerExpected: readonly Expectation[] = [
  ...pendingClearedExpected,
  ...expiryExpected,

  { property: "expiry-handled-without-exit", where: { nohzFull: "on", ...direct }, verdict: "witnessed" },
  {
    property: "expiry-handled-without-exit",
    where: posted,
    verdict: "violated",
    because: "nothing is posted while KVM believes APICv inactive, so every expiry kicks",
  },
  { property: "expiry-handled-without-exit", where: { ...notAsked, nohzFull: "on" }, verdict: "witnessed" },
  {
    property: "expiry-handled-without-exit",
    where: { ...described, postTimer: "as-configured" },
    verdict: "violated",
    because: "a TD described as it is, with HLT exits, is never posted to",
  },
  {
    property: "expiry-handled-without-exit",
    where: { nohzFull: "on", hltInGuest: "on" },
    verdict: "witnessed",
  },
  {
    property: "expiry-handled-without-exit",
    where: { nohzFull: "on", postTimer: "in-guest-mode" },
    verdict: "witnessed",
  },
  {
    property: "expiry-handled-without-exit",
    verdict: "violated",
    because: "without posting from a housekeeping pCPU every expiry costs an exit",
  },

  {
    property: "seen-expiry-is-injected",
    where: { timerMode: "periodic" },
    verdict: "vacuous",
    because: "TMCCT reloads",
  },
  {
    property: "seen-expiry-is-injected",
    verdict: "violated",
    because: "the write may come between the deadline and the callback, or wipe what it counted",
  },

  {
    property: "expiry-in-handler-injected-once",
    where: { timerMode: "periodic" },
    verdict: "vacuous",
    because: "one-shot only",
  },
  { property: "expiry-in-handler-injected-once", verdict: "holds" },

  { property: "local-callback-never-sees-guest-mode", verdict: "holds" },

  { property: "post-test-only-from-timer-fn", where: direct, verdict: "vacuous", because: "no post test" },
  { property: "post-test-only-from-timer-fn", where: { nohzFull: "on" }, verdict: "holds" },
  { property: "post-test-only-from-timer-fn", where: posted, verdict: "holds" },
  {
    property: "post-test-only-from-timer-fn",
    verdict: "vacuous",
    because: "no callback elsewhere, and with APICv active the thread itself injects before the post test",
  },

  {
    property: "callback-never-posts",
    where: { nohzFull: "off" },
    verdict: "vacuous",
    because: "no remote callback",
  },
  {
    property: "callback-never-posts",
    where: direct,
    verdict: "violated",
    because: "delivering at once is the proposal",
  },
  { property: "callback-never-posts", where: posted, verdict: "holds" },
  {
    property: "callback-never-posts",
    where: notAsked,
    verdict: "violated",
    because: "with isolated pCPUs a TD is then always posted to",
  },
  { property: "callback-never-posts", where: { ...described, postTimer: "as-configured" }, verdict: "holds" },
  {
    property: "callback-never-posts",
    where: { hltInGuest: "on" },
    verdict: "violated",
    because: "posting is configured, which the claim excludes",
  },
  {
    property: "callback-never-posts",
    where: { postTimer: "in-guest-mode" },
    verdict: "violated",
    because: "m18's test posts in any setup",
  },
  { property: "callback-never-posts", verdict: "holds" },
];
