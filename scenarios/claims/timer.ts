import type { Claim } from "#check";
import { tdDesigns, tdTimers, everyTimer, type Columns } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const remote = ["nohzFull=on"];
/** Under m18's test, and under the one there is. */
const relaxed: Columns = ["upstream", "relaxed", "vmx-relaxed"];
const inTimer = (property: string) => ({ property, scenario: "kvm/timer", set: remote });

/** What the thread says about the LAPIC timer in its one-shot and periodic modes. */
const timerClaims: readonly Claim[] = [
  {
    id: "P1",
    statement:
      "With apicv_active false a timer that expires is only made pending, and so may be delayed without bound",
    messages: ["m15", "m16", "m18"],
    source: "timer 9.1 P1",
    word: "refuted",
    said: "m15 says that a pending timer waits for some later exit; m16 and m18 say that it does not.",
    shown:
      "m16 is right: in no reachable state does a vCPU run its guest with a pending timer and no kick on its way, " +
      "whether APICv is inhibited or active.",
    checks: [
      {
        ...inTimer("no-pending-timer-in-guest"),
        columns: everyTimer,
      },
    ],
  },
  {
    id: "P2",
    statement:
      "An hrtimer that fires while KVM or userspace handles an exit is delivered only after the next exit",
    messages: ["m17", "m18"],
    source: "timer 9.1 P2",
    word: "refuted",
    said: "m17 fears that the interrupt waits for the next exit; m18 says that KVM_REQ_UNBLOCK blocks the entry.",
    shown:
      "m18 is right: at every entry a timer that has fired is injected, or its kick is pending or its callback still " +
      "running.",
    checks: [
      {
        ...inTimer("expiry-not-delayed-past-entry"),
        columns: everyTimer,
      },
    ],
  },
  {
    id: "P2b",
    statement: "Posting the timer interrupt saves the exit that an inhibited APICv costs",
    messages: ["m17", "m18"],
    source: "timer 9.1 P2b",
    word: "holds under: hrtimers on a housekeeping pCPU (m18)",
    said: "m17 says that posting is faster than an exit; m18 says that this is so with housekeeping CPUs only.",
    shown:
      "An expiry is taken in the guest without an exit only where the callback runs on another pCPU and may post; on " +
      "the vCPU's own pCPU the host interrupt exits first.",
    checks: [
      {
        ...inTimer("expiry-handled-without-exit"),
        columns: everyTimer,
      },
      {
        property: "expiry-handled-without-exit",
        scenario: "kvm/timer",
        columns: [...tdDesigns, "relaxed", "direct", "direct-fixed"],
      },
    ],
  },
  {
    id: "P3",
    statement:
      "An hrtimer that fires while a TMICT write is handled is delivered if posting is configured, and lost if APICv " +
      "is disabled",
    messages: ["m3", "m21"],
    source: "timer 9.1 P3",
    word: "refuted",
    said: "m3 and m21 say that the expiry is lost without APICv and delivered where posting is configured.",
    shown:
      "It is lost with APICv active too, and with posting configured, since during the write the mode is not " +
      "IN_GUEST_MODE; only direct delivery loses none (and posting, of a TSC deadline that a VMX fastpath handles).",
    checks: [
      {
        ...inTimer("tmict-write-loses-no-expiry"),
        columns: everyTimer,
      },
      ...["6.16", "6.19"].map((kernel) => ({
        property: "tsc-deadline-write-loses-no-expiry",
        scenario: "kvm/tsc-deadline",
        set: [...remote, `fastpath=${kernel}`, "preemptionTimer=off"],
        columns: [...tdDesigns, ...tdTimers, "vmx-posting"],
      })),
    ],
  },
  {
    id: "P3'",
    statement: "A guest that has seen the count reach 0 gets that interrupt, even if it writes TMICT at once",
    messages: ["m21"],
    source: "timer 9.1 P3'",
    word: "refuted",
    said: "m21 objects that a write of TMICT may drop an expiry, and proposes direct delivery against it.",
    shown:
      "The guest can see the loss, and direct delivery does not prevent it: the write may come between the deadline " +
      "and the callback, which then never starts.",
    checks: [
      {
        ...inTimer("seen-expiry-is-injected"),
        columns: everyTimer,
      },
    ],
  },
  {
    id: "P5",
    statement: "Not called from the timer function, apic_timer_expired() does the same with APICv on and off",
    messages: ["m3", "m21"],
    source: "timer 9.1 P5",
    word: "confirmed",
    checks: [
      {
        ...inTimer("expiry-in-handler-injected-once"),
        columns: everyTimer,
      },
    ],
  },
  {
    id: "P7",
    statement: "An hrtimer pinned to the vCPU's own pCPU can never post its interrupt",
    messages: ["m21"],
    source: "timer 9.1 P7",
    word: "confirmed",
    checks: [
      {
        ...inTimer("local-callback-never-sees-guest-mode"),
        columns: everyTimer,
      },
    ],
  },
  {
    id: "P8",
    statement: "At expiry, a vCPU in its guest and active APICv imply that the timer function is the caller",
    messages: ["m21"],
    source: "timer 9.1 P8",
    word: "confirmed",
    checks: [
      {
        ...inTimer("post-test-only-from-timer-fn"),
        columns: everyTimer,
      },
    ],
  },
  {
    id: "P14",
    statement: "Making APICv active for a TD changes what an hrtimer's callback does",
    messages: ["m3"],
    source: "timer 9.1 P14",
    word: "holds under: posting configured (nohz_full, and HLT or MWAIT exits disabled)",
    said: "m3 lists kvm_can_post_timer_interrupt() among what changes when APICv becomes active.",
    shown:
      "Without posting configured no callback ever reaches the delivery, whatever apicv_active says; with it, active " +
      "APICv posts and the inhibit does not.",
    checks: [
      {
        ...inTimer("callback-never-posts"),
        columns: everyTimer,
      },
      {
        property: "callback-never-posts",
        scenario: "kvm/timer",
        set: [...remote, "hltInGuest=on"],
        columns: tdDesigns,
      },
    ],
  },
  confirmed(
    "P11",
    "m18; timer 9.1 P11",
    "Posting whenever the vCPU is in its guest, without asking for disabled exits, does no harm",
    asks("kvm/timer", "no-pending-timer-in-guest", relaxed, remote),
    asks("kvm/timer", "expiry-not-delayed-past-entry", relaxed, remote),
    asks("kvm/timer", "expiry-in-handler-injected-once", relaxed, remote),
    asks("kvm/timer-modes", "arming-injected-once", relaxed, remote),
  ),
  confirmed(
    "P12",
    "m18; timer 9.1 P12",
    "Without housekeeping CPUs that changes nothing: a callback on the vCPU's own pCPU never finds it in its guest",
    asks("kvm/timer", "local-callback-never-sees-guest-mode", relaxed),
    asks("kvm/timer", "expiry-handled-without-exit", relaxed),
  ),
];

export default timerClaims;
