import type { Problem } from "../problem/exploration.ts";
import { patchingTakerOf } from "../problem/plain-step.ts";
import type { Step } from "../model/model.ts";

/**
 * Whether no actor but the one who takes it sees a step: each of their steps is enabled after it exactly where it was
 * before, and writes the same. All of them are tried.
 */
export const unseenByOthers = <S>(problem: Problem<S>): ((step: Step<S>, before: S, after: S) => boolean) => {
  const take = patchingTakerOf(problem);
  /** What a step writes, as a text to compare. */
  const written = (step: Step<S>, state: S): string | undefined => {
    try {
      return JSON.stringify(take(step, state)?.patches);
    } catch {
      return "throws";
    }
  };
  return ({ actor }, before, after) =>
    problem.steps.every((other) => other.actor === actor || written(other, before) === written(other, after));
};
