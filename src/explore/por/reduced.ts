import { CheckError } from "../../errors.ts";
import { refuseLiveness, type Bounds, type Problem } from "../exploration.ts";
import { Dependences } from "./dependence.ts";

/**
 * The same question, to be answered by a part of the state graph: in each state the steps of a stubborn set are taken.
 * States without a next step stay the same, and so does whether a property is violated or witnessed and whether its
 * antecedent occurs. Counts are those of the part, and the runs found need not be the shortest.
 * @throws CheckError `usage` where that is not proven: see `refuseUnproven`.
 */
export const reduced = <S>(problem: Problem<S>): Problem<S> => {
  const part = { ...problem, dependence: new Dependences(problem) };
  refuseUnproven(part, {});
  return part;
};

/**
 * Refuses what is not proven of a search that leaves out steps: liveness properties, a bound on depth, symmetry.
 * @throws CheckError `usage`.
 */
export const refuseUnproven = <S>(problem: Problem<S>, { depth }: Bounds): void => {
  if (problem.dependence === undefined) return;
  refuseLiveness(problem.properties, "a search with --por");
  if (depth !== undefined) refuseBound(problem, "depth");
  if (problem.symmetry !== undefined)
    throw new CheckError(
      "usage",
      "--por and --symmetry are not proven to go together: leave out one of the two",
    );
};

/**
 * Refuses a bound on the runs looked at where steps are left out: what is left may reach a state only by longer ones.
 * @throws CheckError `usage`; `bound` says on what.
 */
export const refuseBound = <S>({ dependence }: Problem<S>, bound: string): void => {
  if (dependence !== undefined)
    throw new CheckError(
      "usage",
      `a bound on ${bound} says nothing with --por, which may leave out all runs within it: leave out one of the two`,
    );
};
