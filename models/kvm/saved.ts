import type { Draft } from "#check";
import { assign } from "./assign.ts";
import { nothingSaved, nothingSavedOfPin } from "./state-saved.ts";
import type { State } from "./state.ts";

/** All that was saved has been written back, so that the vCPUs may go on. */
const isRestored = ({ saving, saved }: Pick<State, "saving" | "saved">): boolean =>
  saving.ioapic.is !== "SAVED" &&
  saving.routes === "KEPT" &&
  saved.every(
    ({ lapic, deadline, events, mp, clock }) =>
      [lapic, deadline, events, mp].every(({ is }) => is !== "SAVED") && clock === "OWN",
  );

/** KVM_RUN may be called: nothing is being restored, or all of it was. */
export const mayGoOn = (s: Pick<State, "saving" | "saved">): boolean =>
  s.saving.stage !== "RESTORING" || isRestored(s);

/** The vCPUs go on: what was saved is of no further use. */
export const forgetSaved = (d: Draft<State>): void => {
  if (d.saving.stage === "NOT_YET") return;
  d.saving.stage = "NOT_YET";
  assign(d.saving.ioapic, nothingSavedOfPin);
  for (let v = 0; v < d.saved.length; v++) assign(d.saved[v], nothingSaved);
};

/** The guest is owed an NMI: one is queued, or pending. */
export const owesNmi = ({ events }: Pick<State["vcpu"][number], "events">): boolean =>
  events.nmiQueued || events.nmiPending;

/** The guest is owed an interrupt of its LAPIC timer whose deadline has passed: counted, in PIR, or in IRR. */
export const owesExpiry = ({ vcpu, timer }: Pick<State, "vcpu" | "timer">, v: number): boolean =>
  timer[v].pending > 0 || vcpu[v].pir.timer || vcpu[v].irr.timer;

/** Where a callback on a housekeeping pCPU has neither counted the expiry nor set the vector. */
const undelivered: readonly State["timer"][number]["pc"][] = [
  "TEST_PENDING",
  "CAN_POST",
  "MODE",
  "WAIT_TEST",
  "WAIT_READ",
  "WAIT_SPIN",
  "INC_PENDING",
  "APICV_TEST",
  "SET_PIR",
  "SOFT_IRR",
  "SVM_IRR",
];

/** The guest is owed an interrupt of its LAPIC timer, at once or as its deadline passes. */
export const owesTimer = (s: Pick<State, "vcpu" | "timer">, v: number): boolean => {
  const { hr, hv, pc, tscMode, periodic, deadline } = s.timer[v];
  const runs = hr === "ENQUEUED" || (hr === "CALLBACK" && (periodic || undelivered.includes(pc)));
  return owesExpiry(s, v) || runs || ((hv || tscMode) && deadline);
};

/** The vCPUs go on after something of them was saved: in a new VM, in the same after a restore, or as if nothing had been. */
export const goesOn = (before: Pick<State, "saving">, after: Pick<State, "saving">): boolean =>
  before.saving.stage !== "NOT_YET" && after.saving.stage === "NOT_YET";
