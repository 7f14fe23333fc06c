import { apicv } from "../apicv/apicv.ts";
import { hvTimerWorld } from "../timer/hv-timer.ts";
import { timerModesWorld } from "../timer/timer-modes.ts";
import { timer } from "../timer/timer.ts";
import * as timers from "./timer.ts";
import * as mutations from "./run-loop.ts";
import type { MutationRow } from "./row.ts";

const remote = ["nohzFull=on"];

/** Mutations of the timer, the entry, and the inhibits. */
const timerMutationRows: readonly MutationRow[] = [
  {
    id: "M1",
    name: "M1 no UNBLOCK",
    about: "apic_timer_expired() forgets to request KVM_REQ_UNBLOCK",
    states: 12176,
    shows: { "no-pending-timer-in-guest": 21, "expiry-not-delayed-past-entry": 21 },
    patch: mutations.m1,
    world: timer.spec,
    set: remote,
    breaks: ["P1", "P2"],
  },
  {
    id: "M1-local-callback",
    name: "M1 no UNBLOCK, local callback",
    about: "apic_timer_expired() forgets to request KVM_REQ_UNBLOCK: local callback",
    states: 2788,
    shows: { "no-pending-timer-in-guest": 17, "expiry-not-delayed-past-entry": 17 },
    patch: mutations.m1,
    world: timer.spec,
    vacuousWithout: ["no-pending-timer-in-guest"],
    breaks: ["P1", "P2"],
  },
  {
    id: "M2",
    name: "M2 request before pending",
    about: "The request is made before pending is counted",
    states: 14880,
    shows: { "expiry-not-delayed-past-entry": 22 },
    patch: mutations.m2,
    world: timer.spec,
    set: remote,
    breaks: ["P2"],
  },
  {
    id: "M3",
    name: "M3 no kick",
    about: "The remote callback does not kick",
    states: 10108,
    shows: { "no-pending-timer-in-guest": 7 },
    patch: mutations.m3,
    world: timer.spec,
    set: remote,
    breaks: ["P1"],
  },
  {
    id: "M4",
    name: "M4 inject before clear",
    about: "vcpu_run() injects the pending timer before it clears KVM_REQ_UNBLOCK",
    states: 17216,
    shows: { "expiry-not-delayed-past-entry": 22 },
    patch: mutations.m4,
    world: timer.spec,
    set: remote,
    breaks: ["P2"],
  },
  {
    id: "M10",
    name: "M10 mode after the check",
    about: "The mode becomes IN_GUEST_MODE only after the requests were checked",
    states: 14628,
    shows: { "no-pending-timer-in-guest": 21 },
    patch: mutations.m10,
    world: timer.spec,
    set: remote,
    breaks: ["P1"],
  },
  {
    id: "M11",
    name: "M11 store before the wait",
    about: "The inhibit is stored before the vCPUs are asked to leave the guest and waited for",
    states: 109222,
    shows: { "entry-agrees-with-inhibits": 13 },
    patch: mutations.m11,
    world: apicv.spec,
    set: ["apicMapAlloc=may-fail"],
    breaks: ["Q2"],
  },
  {
    id: "M13",
    name: "M13 no wait for the callback",
    about: "The TMICT write only tries to cancel the hrtimer and does not wait for a callback that runs",
    states: 1080225,
    shows: { "expiry-belongs-to-its-arming": 35 },
    patch: timers.m13,
    world: timerModesWorld.spec,
    set: remote,
    breaks: ["expiry-belongs-to-its-arming"],
  },
  {
    id: "M14",
    name: "M14 no test of pending",
    about: "start_hv_timer() does not look at pending once the hrtimer is gone",
    states: 1047,
    shows: { "arming-injected-once": 44 },
    patch: timers.m14,
    world: hvTimerWorld.spec,
    guest: "vmx",
    set: ["timerMode=tsc-deadline"],
    breaks: ["P6"],
  },
  {
    id: "Q1-without-the-line",
    name: "Q1 without the line",
    about:
      "under v1-inhibit as posted, but without apicv_active = false when the vCPU is initialized, the first handling of KVM_REQ_APICV_UPDATE refreshes the execution controls of a TD, and warns",
    states: 11236,
    shows: { "refresh-never-warns-for-td": 3 },
    patch: mutations.withoutClearingApicvActive,
    world: apicv.spec,
    design: "v1-inhibit",
    breaks: ["Q1"],
  },
  {
    id: "P7-irqs-on-in-guest-mode",
    name: "P7 IRQs on in guest mode",
    about:
      "a timer interrupt that could be taken while the vCPU's mode says IN_GUEST_MODE runs its callback there; host interrupts being off from the mode to the exit is all that forbids it",
    states: 2824,
    shows: { "local-callback-never-sees-guest-mode": 3 },
    patch: mutations.irqsOnInGuestMode,
    world: timer.spec,
    breaks: ["P7"],
  },
];

export default timerMutationRows;
