import type { Exploration, Path, Problem } from "../problem/exploration.ts";
import { satisfies } from "../problem/constrained.ts";
import { isEnabled } from "../problem/plain-step.ts";
import { replay, type Trace } from "./trace.ts";

/** A state in which no step is enabled, and a run to it. */
export interface Deadlock<S> {
  readonly path: Path;
  readonly trace: Trace<S>;
}

/**
 * The states that a search found in which no step is enabled, the nearest to the start first, at most `most` of them: each
 * state is asked on plain objects. States beyond a constraint have steps that are not taken, and are not among them.
 * @throws CheckError what a guard throws.
 */
export const deadlocksOf = <S>(
  problem: Problem<S>,
  { states, state, path }: Pick<Exploration<S>, "states" | "state" | "path">,
  most = 10,
): readonly Deadlock<S>[] => {
  const found: Deadlock<S>[] = [];
  for (let id = 0; id < states && found.length < most; id++) {
    const here = state(id);
    if (!satisfies(problem, here) || problem.steps.some((step) => isEnabled(problem, step, here))) continue;
    const run = path(id);
    found.push({ path: run, trace: replay(problem, run) });
  }
  return found;
};
