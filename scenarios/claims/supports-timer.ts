import { forTd, nowhere, under, whereActive, type Supports } from "./supports-columns.ts";

/** With lapic_timer.pending as it is, whatever the design. */
const pendingKept = ["v1-inhibit", "active", "active-split", "upstream", "posting", "relaxed"] as const;
const pendingDropped = ["direct", "direct-fixed", "vmx-direct", "vmx-direct-fixed"] as const;

/** What supports the claims about the timer, and those about halting and the posted-interrupt descriptor. */
export const supports: Supports = {
  P1: { "no-pending-timer-in-guest": under("violated", "v1-inhibit") },
  P2: { "expiry-not-delayed-past-entry": "violated" },
  P2b: {
    "expiry-handled-without-exit": under(
      "witnessed",
      "posting",
      "relaxed",
      "vmx-posting",
      "vmx-relaxed",
      ...pendingDropped,
    ),
  },
  P3: {
    "tmict-write-loses-no-expiry": {
      ...under("violated", "v1-inhibit"),
      ...under("holds", "posting", "vmx-posting"),
    },
    "tsc-deadline-write-loses-no-expiry": {
      ...under("violated", "v1-inhibit"),
      ...under("holds", "posting", "vmx-posting"),
    },
  },
  "P3'": { "seen-expiry-is-injected": "holds" },
  P5: { "expiry-in-handler-injected-once": "holds" },
  P7: { "local-callback-never-sees-guest-mode": "holds" },
  P8: { "post-test-only-from-timer-fn": "holds" },
  P14: {
    "callback-never-posts": {
      ...under("holds", "v1-inhibit"),
      ...whereActive("violated"),
      ...under("violated", "posting"),
    },
  },
  P11: {
    "no-pending-timer-in-guest": under("holds", "relaxed", "vmx-relaxed"),
    "expiry-not-delayed-past-entry": under("holds", "relaxed", "vmx-relaxed"),
    "expiry-in-handler-injected-once": under("holds", "relaxed", "vmx-relaxed"),
    "arming-injected-once": under("holds", "relaxed", "vmx-relaxed"),
  },
  P12: {
    "local-callback-never-sees-guest-mode": under("holds", "relaxed", "vmx-relaxed"),
    "expiry-handled-without-exit": under("violated", "relaxed", "vmx-relaxed"),
  },
  P4: {
    "mode-switch-loses-no-expiry": under("violated", ...pendingKept, "vmx", "vmx-posting", "vmx-relaxed"),
    "hrtimer-mode-switch-keeps-expiry": under("violated", ...pendingKept, "vmx-posting"),
  },
  P6: {
    "arming-injected-once": under("holds", ...pendingDropped),
    "arming-taken-once": under("holds", ...pendingDropped),
  },
  P9: { "waits-do-not-collide": "holds", "no-interrupt-before-deadline": "holds" },
  P10: { "can-post-excludes-hv-timer": "holds" },
  P13: { "masked-expiry-not-injected": "holds" },
  P15: {
    "saved-state-owes-timer": under("holds", "vmx-direct", "vmx-direct-fixed"),
    "saved-timer-is-owed-after": under("holds", "vmx-direct", "vmx-direct-fixed"),
  },
  F3: { "no-pending-timer-in-guest": "violated" },
  F4: { "mode-switch-restarts-nothing": "violated" },
  F5: { "arming-injected-once": "violated" },
  Q15: { "yielding-vcpu-sees-posted-interrupt": forTd("witnessed") },
  Q17: { "td-halt-exits-with-hlt-in-guest": forTd("witnessed") },
  Q18: { "halted-vcpu-wakes-for-vector": forTd("holds") },
  Q19: { "blocked-halt-ignores-interrupts": forTd("holds") },
  Q20: { "posted-interrupt-reaches-guest": "holds" },
  Q21: { "no-lost-wakeup": "holds" },
  Q22: {
    "device-post-wakes-blocked-vcpu": "holds",
    // A variant that no tree has.
    "device-post-wakes-blocked-vcpu piLoad=if-suppressed": nowhere,
    "device-post-reaches-running-vcpu": "holds",
    "loaded-vcpu-has-no-stranded-vector": "holds",
  },
};
