import { codecOf } from "../derive/codec.ts";
import type { Searchable } from "../problem/engine.ts";
import { refuseLiveness, type Bounds, type Problem } from "../problem/exploration.ts";
import { refuseUnproven } from "./por/reduced.ts";
import { stubborn } from "./por/stubborn-set.ts";
import { canonicalOf, classSizeOf } from "./symmetry/canonical-state.ts";
import { realRun } from "./symmetry/real-run.ts";
import { symmetryChecksOf } from "./symmetry/symmetry-checks.ts";

/**
 * The problem with the methods that it names, symmetry and partial-order reduction, as functions: so an engine needs to
 * know of neither. It is the problem itself where it names none.
 * @throws CheckError `usage` when a method is not proven for what is asked.
 */
export const overlaid = <S>(problem: Problem<S>, bounds: Bounds): Searchable<S> => {
  const { symmetry, dependence } = problem;
  if (symmetry !== undefined) refuseLiveness(problem.properties, "a search with --symmetry");
  refuseUnproven(problem, bounds);
  if (symmetry !== undefined)
    return {
      ...problem,
      canonical: canonicalOf(problem),
      classSize: classSizeOf(problem),
      realRun: (path) => realRun(problem, path),
      observer: symmetryChecksOf(problem, symmetry),
    };
  if (dependence === undefined) return problem;
  const { encode } = codecOf(problem.model.state, problem.scope);
  return { ...problem, pick: (state, enabled) => stubborn(dependence, encode(state), enabled) };
};
