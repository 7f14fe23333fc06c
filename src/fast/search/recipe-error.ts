import { freeze } from "immer";
import { codecOf } from "../../derive/codec.ts";
import { during } from "../../errors.ts";
import { runText, stepText } from "../../model/model.ts";
import { instancesOf, type Path, type Problem } from "../../problem/exploration.ts";
import { lookAt, lookBetween, takerOf } from "../../problem/plain-step.ts";
import { symmetryChecksOf } from "../../methods/symmetry/symmetry-checks.ts";
import { canonicalOf } from "../../methods/symmetry/canonical-state.ts";

/**
 * The error to report when a recipe or property failed at a state: the plain meaning is run there once more, so that
 * there is one wording. Where that finds nothing wrong, the engine's own error is given.
 */
export const recipeError = <S>(
  problem: Problem<S>,
  state: S,
  path: Path | undefined,
  error: unknown,
): unknown => {
  const take = takerOf(problem);
  const { encode } = codecOf(problem.model.state, problem.scope);
  const instances = instancesOf(problem);
  const canonical = canonicalOf(problem);
  const checks = symmetryChecksOf(problem);
  const before = freeze(state, true);
  if (path === undefined) {
    try {
      for (const instance of instances) lookAt(instance, before);
      checks.onState(before);
    } catch (found) {
      return found;
    }
    return during("a property, asked of a start state", error);
  }
  const reached = `reached by ${runText(problem.steps, path)}`;
  for (const step of problem.steps) {
    try {
      const taken = take(step, before);
      checks.onStep(step, before, taken?.after);
      if (taken === undefined) continue;
      encode(taken.after);
      const found = canonical(taken.after);
      for (const instance of instances) lookAt(instance, found);
      checks.onState(found);
      for (const instance of instances) lookBetween(instance, before, taken.after, step);
      checks.onTransition(step, before, taken.after);
    } catch (found) {
      return during(`${stepText(step)}, ${reached}`, found);
    }
  }
  return during(`a step ${reached}`, error);
};
