import { CheckError, during } from "../errors.ts";
import { runText, stepText, type Step } from "../model/model.ts";
import type { Path, Problem } from "./exploration.ts";
import { countingTakerOf } from "./plain-step.ts";

/** Thrown where a search comes to a step that does not end: `path` leads to the state in which it is taken. */
export class EndlessStepError extends CheckError {
  readonly path: Path;
  constructor(path: Path, { message, cause }: CheckError) {
    super("endless", message, { cause });
    this.path = path;
  }
}

/** What went wrong when a step was taken after a run, with the run; it ends a search otherwise where the step does not end. */
export const duringStep = <S>(
  step: Step<S>,
  steps: readonly Step<S>[],
  path: Path,
  error: unknown,
): CheckError => {
  const said = during(`${stepText(step)}, reached by ${runText(steps, path)}`, error);
  return said.code === "endless" ? new EndlessStepError(path, said) : said;
};

/** A step that does not end, and why it is taken not to. */
export interface EndlessStep<S> {
  readonly step: Step<S>;
  readonly why: string;
}

/** The first step that does not end when it is taken from a plain frozen state; undefined where all do. */
export const endlessStepIn = <S>(problem: Problem<S>, state: S): EndlessStep<S> | undefined => {
  const take = countingTakerOf(problem);
  for (const step of problem.steps) {
    try {
      take(step, state);
    } catch (error) {
      if (error instanceof CheckError && error.code === "endless") return { step, why: error.message };
    }
  }
  return undefined;
};
