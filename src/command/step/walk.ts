import { tracing, type Trace, type TraceStep } from "../../check/trace.ts";
import type { Path, Problem } from "../../problem/exploration.ts";
import { satisfies } from "../../problem/constrained.ts";
import { startOf } from "../../problem/plain-step.ts";
import type { Step } from "../../model/model.ts";
import { marksOf, type Mark } from "./marks.ts";

/** A step that was taken, and what it and the state after it say of the properties. */
export interface Visit {
  readonly taken: TraceStep<unknown>;
  readonly marks: readonly Mark[];
}

/** A run in the making: where it begins, the steps taken, those undone among them, and how many of them count now. */
export interface Walk {
  readonly problem: Problem<unknown>;
  /** The place of its start state in the problem. */
  readonly start: number;
  readonly origin: { readonly state: unknown; readonly marks: readonly Mark[] };
  readonly visits: readonly Visit[];
  /** How many of `visits` lead to where it stands; the others can be done again. */
  readonly at: number;
  /** Where all of `visits` is a run that goes on for ever: after how many steps its loop begins. */
  readonly loopAt?: number;
}

/** A walk that has not left a start state yet. */
export const walkFrom = (problem: Problem<unknown>, start: number): Walk => {
  const state = startOf(problem, start);
  return { problem, start, origin: { state, marks: marksOf(problem, state, undefined) }, visits: [], at: 0 };
};

/** The state reached after that many steps of a walk. */
const stateAfter = ({ origin, visits }: Walk, steps: number): unknown =>
  steps === 0 ? origin.state : visits[steps - 1].taken.after;

/** What the properties say after that many steps of a walk. */
export const marksAfter = ({ origin, visits }: Walk, steps: number): readonly Mark[] =>
  steps === 0 ? origin.marks : visits[steps - 1].marks;

/** The state where a walk stands. */
export const stateOf = (walk: Walk): unknown => stateAfter(walk, walk.at);

/** Where a step would lead; nothing where it is not enabled. */
const visitOf = (problem: Problem<unknown>, step: Step<unknown>, before: unknown): Visit | undefined => {
  const taken = tracing(problem)(step, before);
  return taken && { taken, marks: marksOf(problem, taken.after, { step, before }) };
};

/**
 * The steps enabled where a walk stands, those of one actor together, and where each leads. There are none beyond a state
 * constraint, where no search goes on either.
 * @throws CheckError when a guard, recipe or property throws; names it.
 */
export const choicesOf = (walk: Walk): readonly Visit[] => {
  const { problem } = walk;
  const state = stateOf(walk);
  if (!satisfies(problem, state)) return [];
  const actors = [...new Set(problem.steps.map(({ actor }) => actor))];
  return problem.steps
    .flatMap((step) => visitOf(problem, step, state) ?? [])
    .toSorted((a, b) => actors.indexOf(a.taken.step.actor) - actors.indexOf(b.taken.step.actor));
};

/** A walk that goes on by a step. What was undone can still be done again where this step begins it, else it is forgotten. */
export const goOn = (walk: Walk, visit: Visit): Walk => {
  const { problem, start, origin, visits, at } = walk;
  if (visits[at]?.taken.step.id === visit.taken.step.id) return { ...walk, at: at + 1 };
  return { problem, start, origin, visits: [...visits.slice(0, at), visit], at: at + 1 };
};

/** A walk that stands after the first `steps` of its steps. */
export const standing = (walk: Walk, steps: number): Walk => ({ ...walk, at: steps });

/** All steps of a run as a walk that stands at its end. @throws CheckError when a step is not enabled where it is taken. */
export const walkAlong = (
  problem: Problem<unknown>,
  { start, loopAt }: Path,
  trace: Trace<unknown>,
): Walk => {
  const begun = walkFrom(problem, start);
  const visits = trace.steps.map((taken, i) => {
    const before = i === 0 ? trace.start : trace.steps[i - 1].after;
    return { taken, marks: marksOf(problem, taken.after, { step: taken.step, before }) };
  });
  return { ...begun, visits, at: visits.length, ...(loopAt === undefined ? {} : { loopAt }) };
};

/** The steps that lead to where a walk stands, as a run and as what it shows. */
export const walked = ({
  start,
  origin,
  visits,
  at,
  loopAt,
}: Walk): { readonly path: Path; readonly trace: Trace<unknown> } => {
  const steps = visits.slice(0, at).map(({ taken }) => taken);
  const loop = loopAt === undefined || at < visits.length ? {} : { loopAt };
  return {
    path: { start, steps: steps.map(({ step }) => step.id), ...loop },
    trace: { start: origin.state, steps, ...loop },
  };
};
