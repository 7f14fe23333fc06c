import { CheckError } from "../../errors.ts";
import { refuseLiveness, type Problem } from "../exploration.ts";
import { Dependences } from "./dependence.ts";

/**
 * The same question, to be answered by a part of the state graph: in each state the steps of a stubborn set are taken.
 * States without a next step stay the same; whether a property is violated, witnessed or its antecedent occurs does too.
 * Counts are those of the part, and the runs found need not be the shortest.
 * @throws CheckError `usage` where that is not proven: of liveness properties.
 */
export const reduced = <S>(problem: Problem<S>): Problem<S> => {
  refuseLiveness(problem.properties, "partial-order reduction");
  return { ...problem, dependence: new Dependences(problem) };
};

/**
 * Refuses a bound on the runs looked at where steps are left out: what is left may reach a state only by longer runs.
 * @throws CheckError `usage`; `bound` says on what.
 */
export const refuseBound = <S>({ dependence }: Problem<S>, bound: string): void => {
  if (dependence !== undefined)
    throw new CheckError(
      "usage",
      `a bound on ${bound} says nothing where partial-order reduction leaves out shorter runs: leave out one of the two`,
    );
};
