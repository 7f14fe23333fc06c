import { codecOf } from "../derive/codec.ts";
import type { PathKey } from "../state-path.ts";
import type { LeafValue } from "../derive/leaf.ts";
import { CheckError, during, pathText } from "../errors.ts";
import type { Path, Problem } from "../problem/exploration.ts";
import { satisfies } from "../problem/constrained.ts";
import { patchingTakerOf, startOf, type PatchedStep, type PatchingTake } from "../problem/plain-step.ts";
import { constraintsText } from "../model/constraint.ts";
import { stepText, type Step } from "../model/model.ts";

/** One leaf that a step changed. */
export interface Change {
  readonly path: string;
  readonly from: LeafValue;
  readonly to: LeafValue;
}

/** One step of a run, with what it changed on the reference semantics. */
export interface TraceStep<S> {
  readonly step: Step<S>;
  readonly changes: readonly Change[];
  readonly before: S;
  readonly after: S;
}

/** A run of the model, replayed on the reference semantics. */
export interface Trace<S> {
  readonly start: S;
  readonly steps: readonly TraceStep<S>[];
  /** As in a path: after how many steps the part begins that is taken again and again. */
  readonly loopAt?: number;
}

/** The names of the actions that take part in a run, each once, by name. */
export const actionsIn = ({ steps }: Trace<unknown>): readonly string[] =>
  [...new Set(steps.map(({ step }) => step.action.name))].toSorted();

const leafAt = (state: unknown, path: readonly PathKey[]): LeafValue =>
  path.reduce<unknown>((here, key) => (here as Record<PathKey, unknown>)[key], state) as LeafValue;

const attempt = <S>(
  take: PatchingTake<S>,
  step: Step<S>,
  before: S,
  encode: (state: S) => unknown,
): PatchedStep<S> | undefined => {
  try {
    const taken = take(step, before);
    if (taken !== undefined) encode(taken.after);
    return taken;
  } catch (error) {
    throw during(stepText(step), error);
  }
};

/**
 * Takes single steps on the reference semantics: a step with what it changed, nothing where it is not enabled.
 * @throws CheckError, when asked, where a guard or recipe throws or writes what it may not; names the step.
 */
export const tracing = <S>(problem: Problem<S>): ((step: Step<S>, before: S) => TraceStep<S> | undefined) => {
  const take = patchingTakerOf(problem);
  const { encode } = codecOf(problem.model.state, problem.scope);
  return (step, before) => {
    const taken = attempt(take, step, before, encode);
    if (taken === undefined) return undefined;
    const { after, patches } = taken;
    const changes = patches.map(({ path: at }) => ({
      path: pathText(at),
      from: leafAt(before, at),
      to: leafAt(after, at),
    }));
    return { step, changes, before, after };
  };
};

/**
 * Replays a path step by step on immer, taking each step's changes from immer's patches.
 * @throws CheckError when a step is unknown or not enabled where the path takes it.
 */
export const replay = <S>(problem: Problem<S>, path: Path): Trace<S> => {
  const take = tracing(problem);
  if (problem.start[path.start] === undefined)
    throw new CheckError("input", `there is no start state ${path.start}`);
  const start = startOf(problem, path.start);
  const steps: TraceStep<S>[] = [];
  let before = start;
  path.steps.forEach((id, place) => {
    const step = problem.steps[id];
    if (step === undefined)
      throw new CheckError("input", `step ${place + 1}: there is no step with the id ${id}`);
    if (!satisfies(problem, before))
      throw new CheckError(
        "input",
        `step ${place + 1}: ${stepText(step)} is taken from a state that does not satisfy ${constraintsText(problem.constraints ?? [])}`,
      );
    const taken = take(step, before);
    if (taken === undefined)
      throw new CheckError("input", `step ${place + 1}: ${stepText(step)} is not enabled there`);
    before = taken.after;
    steps.push(taken);
  });
  return { start, steps, ...(path.loopAt === undefined ? {} : { loopAt: path.loopAt }) };
};
