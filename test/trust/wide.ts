import fc from "fast-check";
import { reduced, withSymmetry, type Problem } from "#check";
import { arbitraryWide } from "../laws/arbitrary-wide.ts";
import { disturb } from "../fast/threads/disturb.ts";

/** A generated model of many values, by the seed that gives it, and how it is reduced. */
export interface Wide {
  readonly seed: number;
  readonly mode: "whole" | "symmetry" | "por";
}

/** The model, in every thread the same. */
export const wide = ({ seed, mode }: Wide): Problem<unknown> => {
  const [problem] = fc.sample(arbitraryWide as fc.Arbitrary<Problem<unknown>>, { seed, numRuns: 1 });
  if (mode === "symmetry") return withSymmetry(problem);
  return mode === "por" ? reduced(problem) : problem;
};

/** The same where a thread is late now and then. */
export const disturbedWide = (given: Wide): Problem<unknown> => {
  disturb(0.002);
  return wide(given);
};
