import type { Expectation } from "#check";
import type { GuestName } from "../ops.ts";

const guest: readonly GuestName[] = ["vmx", "vmx-sw", "avic", "svm-sw"];

/** Properties of TDs, which say nothing of the ordinary guests. */
export const noTd = (...properties: readonly string[]): readonly Expectation[] =>
  properties.map((property) => ({ property, where: { guest }, verdict: "vacuous", because: "no TD" }));
