import type { Expectation } from "./expectation.ts";
import type { GuestName } from "../models/kvm/ops.ts";

/** Properties of TDs, which say nothing of a world's ordinary guests. */
export const noTd = (guest: readonly GuestName[], ...properties: readonly string[]): readonly Expectation[] =>
  properties.map((property) => ({ property, where: { guest }, verdict: "vacuous", because: "no TD" }));
