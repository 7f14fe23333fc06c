import type { Patch } from "#check";
import { apicv } from "../../../scenarios/apicv/apicv.ts";
import { hvTimerWorld } from "../../../scenarios/timer/hv-timer.ts";
import { timerModesWorld } from "../../../scenarios/timer/timer-modes.ts";
import { timer } from "../../../scenarios/timer/timer.ts";
import type { State } from "../../../models/kvm/state.ts";
import * as timers from "./mutations-timer.ts";
import * as mutations from "./mutations.ts";
import type { Where } from "./violated-claims.ts";

/** A kernel that never was, where it is asked about, and the claims (or else the properties) that it breaks. */
export interface MutationRow extends Where {
  readonly name: string;
  readonly patch: Patch<State>;
  readonly breaks: readonly string[];
}

const remote = ["nohzFull=on"];

/** Mutations of the timer, the entry, and the inhibits. */
export const mutationRows: readonly MutationRow[] = [
  { name: "M1 no UNBLOCK", patch: mutations.m1, world: timer.spec, set: remote, breaks: ["P1", "P2"] },
  { name: "M1 no UNBLOCK, local callback", patch: mutations.m1, world: timer.spec, breaks: ["P1", "P2"] },
  { name: "M2 request before pending", patch: mutations.m2, world: timer.spec, set: remote, breaks: ["P2"] },
  { name: "M3 no kick", patch: mutations.m3, world: timer.spec, set: remote, breaks: ["P1"] },
  { name: "M4 inject before clear", patch: mutations.m4, world: timer.spec, set: remote, breaks: ["P2"] },
  { name: "M10 mode after the check", patch: mutations.m10, world: timer.spec, set: remote, breaks: ["P1"] },
  {
    name: "M11 store before the wait",
    patch: mutations.m11,
    world: apicv.spec,
    set: ["apicMapAlloc=may-fail"],
    breaks: ["Q2"],
  },
  {
    name: "M13 no wait for the callback",
    patch: timers.m13,
    world: timerModesWorld.spec,
    set: remote,
    breaks: ["expiry-belongs-to-its-arming"],
  },
  {
    name: "M14 no test of pending",
    patch: timers.m14,
    world: hvTimerWorld.spec,
    guest: "vmx",
    set: ["timerMode=tsc-deadline"],
    breaks: ["P6"],
  },
  {
    name: "Q1 without the line",
    patch: mutations.withoutClearingApicvActive,
    world: apicv.spec,
    design: "v1-inhibit",
    breaks: ["Q1"],
  },
  { name: "P7 IRQs on in guest mode", patch: mutations.irqsOnInGuestMode, world: timer.spec, breaks: ["P7"] },
];
