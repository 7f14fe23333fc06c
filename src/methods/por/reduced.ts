import { CheckError } from "../../errors.ts";
import { unanalysed } from "../../problem/constrained.ts";
import { refuseLiveness, type Bounds, type Problem, type Pulse } from "../../problem/exploration.ts";
import { Dependences } from "./conditional-dependence.ts";
import { known, knownUnless, type Known } from "./prepare.ts";
import type { Touches } from "./read-write-sets.ts";

/**
 * The same question, to be answered by a part of the state graph: in each state the steps of a stubborn set are taken.
 * States without a next step stay the same, and so does whether a property is violated or witnessed and whether its
 * antecedent occurs. Counts are those of the part, and the runs found need not be the shortest.
 *
 * Where it would take too long to find out what the steps may do, or one does not end with values that no state has together,
 * it is the question as it was, to be answered by the whole graph, and `notReduced` says why.
 * @throws CheckError `usage` where that is not proven: see `refuseUnproven`.
 */
export const reduced = <S>(problem: Problem<S>): Problem<S> => {
  refuse(problem);
  return reducedBy(problem, known(problem));
};

/** The same; looks at the pulse meanwhile, and the question is as it was where that says to stop. */
export const reducedUnless = async <S>(problem: Problem<S>, pulse: Pulse): Promise<Problem<S>> => {
  refuse(problem);
  const nothingYet = { depth: 0, states: 0, transitions: 0, frontier: 0, wantsBytes: 0 };
  return reducedBy(problem, await knownUnless(problem, () => pulse(nothingYet)));
};

/** The same, where it is known what the steps may do; elsewhere the question as it was. */
export const reducedBy = <S>(problem: Problem<S>, { touches, because }: Known): Problem<S> =>
  touches === undefined
    ? { ...problem, notReduced: because }
    : { ...problem, dependence: new Dependences(problem, touches) };

/** What was known of the steps of a question that was reduced; undefined of one that was not. */
export const touchesIn = <S>({ dependence }: Problem<S>): Touches | undefined =>
  dependence instanceof Dependences ? dependence.touches : undefined;

/**
 * Refuses what is not proven of a search that leaves out steps: liveness properties, a bound on depth, constraints, guards
 * on the successor, symmetry.
 * @throws CheckError `usage`.
 */
export const refuseUnproven = <S>(problem: Problem<S>, { depth }: Bounds): void => {
  if (!isReduced(problem)) return;
  refuse(problem);
  if (depth !== undefined) refuseBound(problem, "depth");
};

/** Whether steps were to be left out; that none are in this problem is no reason to take what is refused in others. */
const isReduced = <S>({ dependence, notReduced }: Problem<S>): boolean =>
  dependence !== undefined || notReduced !== undefined;

const refuse = <S>(problem: Problem<S>): void => {
  refuseLiveness(problem.properties, "a search with --por");
  const unproven = unanalysed(problem);
  if (unproven !== undefined)
    throw new CheckError("usage", `--por is not proven for ${unproven}: leave out --por`);
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
export const refuseBound = <S>(problem: Problem<S>, bound: string): void => {
  if (isReduced(problem))
    throw new CheckError(
      "usage",
      `a bound on ${bound} says nothing with --por, which may leave out all runs within it: leave out one of the two`,
    );
};
