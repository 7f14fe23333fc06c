import fc from "fast-check";
import type { Problem } from "#check";
import { arbitraryAny } from "../laws/arbitrary-any.ts";
import { disturb } from "../fast/threads/disturb.ts";
import { bundleOf } from "./bundle.ts";

/** Some generated models, by the seed that gives them and their places among those it gives. */
export interface Bundled {
  readonly seed: number;
  readonly count: number;
  readonly kept?: readonly number[];
}

/** The models, in every thread the same. */
export const generated = ({ seed, count, kept }: Bundled): readonly Problem<unknown>[] => {
  const problems = fc.sample(arbitraryAny, { seed, numRuns: count });
  return kept === undefined ? problems : kept.map((place) => problems[place]);
};

/** The models as one. */
export const bundled = (given: Bundled): Problem<unknown> => bundleOf(generated(given));

/** The same where a thread is late now and then. */
export const disturbed = (given: Bundled): Problem<unknown> => {
  disturb(0.002);
  return bundled(given);
};
