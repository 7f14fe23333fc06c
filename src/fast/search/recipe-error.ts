import { freeze } from "immer";
import { codecOf } from "../../derive/codec.ts";
import { countedReads } from "../../derive/counted-reads.ts";
import { CheckError, during } from "../../errors.ts";
import { runText, type Step } from "../../model/model.ts";
import { duringStep } from "../../problem/endless-step.ts";
import type { Searchable } from "../../problem/engine.ts";
import { instancesOf, type Instance, type Path } from "../../problem/exploration.ts";
import { countingTakerOf, lookAt, lookBetween, takerOf, type Take } from "../../problem/plain-step.ts";

/**
 * The error to report when a recipe or property failed at a state: the plain meaning is run there once more, so that
 * there is one wording. Where that finds nothing wrong, the engine's own error is given.
 */
export const recipeError = <S>(
  problem: Searchable<S>,
  state: S,
  path: Path | undefined,
  error: unknown,
): unknown => {
  const before = freeze(state, true);
  // What does not end here did not end there, and is not to be run without a count.
  const loops = error instanceof CheckError && error.code === "endless";
  const asked: Asked<S> = {
    problem,
    take: loops ? countingTakerOf(problem) : takerOf(problem),
    seen: loops ? countedReads(problem.model.mostAccesses) : (state) => state,
    instances: instancesOf(problem),
  };
  if (path === undefined) {
    try {
      ofState(asked, before);
    } catch (found) {
      return found;
    }
    return during("a property, asked of a start state", error);
  }
  for (const step of problem.steps) {
    try {
      ofStep(asked, step, before);
    } catch (found) {
      return duringStep(step, problem.steps, path, found);
    }
  }
  return during(`a step reached by ${runText(problem.steps, path)}`, error);
};

interface Asked<S> {
  readonly problem: Searchable<S>;
  readonly take: Take<S>;
  /** How a state is shown to properties. */
  readonly seen: (state: S) => S;
  readonly instances: readonly Instance<S>[];
}

const ofState = <S>({ problem: { observer }, instances, seen }: Asked<S>, state: S): void => {
  for (const instance of instances) lookAt(instance, seen(state));
  observer?.onState(state);
};

const ofStep = <S>(asked: Asked<S>, step: Step<S>, before: S): void => {
  const { problem, take, instances, seen } = asked;
  const { model, scope, observer, canonical } = problem;
  const after = take(step, before)?.after;
  observer?.onStep(step, before, after);
  if (after === undefined) return;
  codecOf(model.state, scope).encode(after);
  ofState(asked, canonical?.(after) ?? after);
  for (const instance of instances) lookBetween(instance, seen(before), seen(after), step);
  observer?.onTransition(step, before, after);
};
