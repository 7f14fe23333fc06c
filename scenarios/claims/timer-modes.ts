import type { Claim } from "#check";
import { tdDesigns, tdTimers, vmxTimers, everyTimer } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const remote = ["nohzFull=on"];

/** What the thread says about timer modes, the preemption timer and the wait for the guest's deadline. */
const timerModeClaims: readonly Claim[] = [
  {
    id: "P4",
    statement: "Switching APIC timer modes loses an expiry as a TMICT write does",
    messages: ["m3", "m21"],
    source: "timer 1.2, 9.1 P4",
    word: "holds under: a switch into or out of TSC-deadline mode",
    said: "m3 and m21 say that a switch of timer modes is as a write of TMICT.",
    shown:
      "A switch into or out of TSC-deadline mode cancels the timer and clears pending, and so loses the expiry; between " +
      "one-shot and periodic nothing is cancelled or cleared.",
    checks: [
      asks("kvm/timer-modes", "mode-switch-loses-no-expiry", everyTimer, remote),
      asks(
        "kvm/timer-modes",
        "hrtimer-mode-switch-keeps-expiry",
        [...tdDesigns, ...tdTimers, "vmx-posting"],
        remote,
      ),
    ],
  },
  {
    id: "P6",
    statement: "Without lapic_timer.pending every arming still gives one interrupt",
    messages: ["m21"],
    source: "timer 1.10, 9.1 P6",
    word: "holds under: a TD, or the preemption timer's races closed (direct-fixed)",
    said: "m21 proposes to drop pending, and sees that hrtimer and preemption timer may both be set for a while.",
    shown:
      "An ordinary guest gets a second injection once the tests of pending are gone, and also today, where vcpu_block() " +
      "injects a passed deadline at once; the second one merges unless the two clocks differ.",
    checks: [
      asks("kvm/hv-timer", "arming-injected-once", [
        ...tdDesigns,
        "posting",
        "direct",
        "direct-fixed",
        "vmx",
        "vmx-posting",
        "vmx-direct",
        "vmx-direct-fixed",
      ]),
      asks("kvm/hv-timer", "arming-taken-once", ["vmx", "vmx-direct"]),
      asks(
        "kvm/hv-timer",
        "arming-taken-once",
        ["vmx", "vmx-direct", "vmx-direct-fixed"],
        ["timerClocks=apart"],
      ),
    ],
  },
  {
    id: "P9",
    statement:
      "The waits of the timer function and of the entry cannot collide, since the entry has IRQs disabled",
    messages: ["m21"],
    source: "timer 1.13, 9.1 P9",
    word: "holds under: callbacks on the vCPU's own pCPU",
    said: "m21 says that the two waits exclude each other, because the entry runs with IRQs disabled.",
    shown:
      "A callback on a housekeeping pCPU waits while the vCPU enters with an older timer interrupt; for a TD " +
      "none comes early by that. On VMX the entry may clear the deadline that the callback has just noted, and nobody waits.",
    checks: [
      asks(
        "kvm/tsc-deadline",
        "waits-do-not-collide",
        [...tdDesigns, ...tdTimers, "vmx-posting"],
        [...remote, "timerAdvance=on"],
      ),
      asks(
        "kvm/tsc-deadline",
        "no-interrupt-before-deadline",
        [...tdDesigns, ...tdTimers, ...vmxTimers, "vmx-posting"],
        [...remote, "timerAdvance=on"],
      ),
    ],
  },
  confirmed(
    "P10",
    "m19; timer 1.11, 9.1 P10",
    "Where timer interrupts can be posted the preemption timer is not used",
    asks("kvm/hv-timer", "can-post-excludes-hv-timer", ["posting", "vmx-posting"]),
  ),
  {
    id: "P13",
    statement: "A timer that expires while LVTT is masked gives no interrupt later",
    messages: [],
    source: "timer 1.8, 9.1 P13",
    word: "holds under: direct delivery, or the preemption timer",
    said: "On hardware an expiry is dropped while LVTT is masked.",
    shown:
      "What is counted in pending while LVTT is masked stays there, and the guest gets it once it unmasks; what is " +
      "delivered at once is dropped.",
    checks: [asks("kvm/f3-masked-expiry", "masked-expiry-not-injected", everyTimer, remote)],
  },
];

export default timerModeClaims;
