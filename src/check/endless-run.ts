import { codecOf } from "../derive/codec.ts";
import type { Problem } from "../problem/exploration.ts";
import { takerOf } from "../problem/plain-step.ts";
import type { Args } from "../model/action.ts";
import { answered } from "../model/ask.ts";
import { conditionsOf, type Condition, type StepCondition } from "../model/fairness.ts";
import { partText } from "../model/judge.ts";
import type { Step } from "../model/model.ts";
import type { Liveness } from "../model/property.ts";
import type { Trace } from "./trace.ts";

/** A run that goes on for ever, on the reference semantics. */
interface Endless<S> {
  /** All its states, the one to which it returns once more at the end. */
  readonly states: readonly S[];
  /** Those that come again and again, and the steps between them that change something. */
  readonly recurring: readonly S[];
  readonly moves: readonly EndlessStep<S>[];
  readonly closed: boolean;
}

interface EndlessStep<S> {
  readonly before: S;
  readonly after: S;
  readonly step: Step<S>;
}

const endless = <S>({ model, scope }: Problem<S>, { start, steps, loopAt = 0 }: Trace<S>): Endless<S> => {
  const { encode } = codecOf(model.state, scope);
  const same = (a: S, b: S): boolean => encode(a).join() === encode(b).join();
  const states = [start, ...steps.map(({ after }) => after)];
  return {
    states,
    recurring: states.slice(loopAt),
    moves: steps
      .map(({ step, after }, i) => ({ before: states[i], after, step }))
      .slice(loopAt)
      .filter(({ before, after }) => !same(before, after)),
    closed: loopAt < states.length && same(states[loopAt], states.at(-1)!),
  };
};

const satisfies = <S>(
  { name, steps, when }: StepCondition<S>,
  { before, after, step }: EndlessStep<S>,
): boolean => {
  const taken = { action: step.action.name, args: step.args, actor: step.actor };
  return (
    steps.has(step.id) &&
    (when === undefined ||
      answered(
        () => when(before, after, taken),
        () => `the fairness condition ${name}`,
      ))
  );
};

/** The steps that can be taken from a state and change it. */
const movesFrom = <S>(problem: Problem<S>, before: S): readonly EndlessStep<S>[] => {
  const { model, scope, steps } = problem;
  const { encode } = codecOf(model.state, scope);
  const take = takerOf(problem);
  const key = encode(before).join();
  return steps.flatMap((step) => {
    const taken = take(step, before);
    return taken === undefined || encode(taken.after).join() === key
      ? []
      : [{ before, after: taken.after, step }];
  });
};

const isMet = <S>(
  problem: Problem<S>,
  condition: Condition<S>,
  { recurring, moves }: Endless<S>,
): boolean => {
  if ("recurs" in condition)
    return recurring.some((state) =>
      answered(
        () => condition.recurs(state),
        () => `the fairness condition ${condition.name}`,
      ),
    );
  if (moves.some((move) => satisfies(condition, move))) return true;
  const could = (state: S): boolean => movesFrom(problem, state).some((move) => satisfies(condition, move));
  return condition.strong ? !recurring.some(could) : !recurring.every(could);
};

/** Why a run cannot go on for ever, if so: its loop does not close, or is not fair. */
export const faultOf = <S>(
  problem: Problem<S>,
  { fairness }: Liveness<S>,
  trace: Trace<S>,
): string | undefined => {
  if (trace.loopAt === undefined) return "it does not say how it goes on for ever";
  const run = endless(problem, trace);
  if (!run.closed) return "it does not return to the state where its loop begins";
  const unmet = conditionsOf(fairness, problem).find((condition) => !isMet(problem, condition, run));
  return unmet && `it is not fair: ${unmet.name} is not met`;
};

/** Whether a behaviour that goes on for ever breaks a liveness property, for these arguments of it. */
export const breaksLiveness = <S>(
  problem: Problem<S>,
  property: Liveness<S>,
  trace: Trace<S>,
  args: Args,
): boolean => {
  const { states, recurring, moves } = endless(problem, trace);
  const is =
    (part: string, look: (state: S, args: Args) => boolean) =>
    (state: S): boolean =>
      answered(
        () => look(state, args),
        () => partText(property, args, part),
      );
  switch (property.kind) {
    case "leadsTo": {
      const from = is("from", property.from);
      const to = is("to", property.to);
      if (recurring.some(to)) return false;
      const last = states.findLastIndex(to);
      return states.some((state, i) => i > last && from(state));
    }
    case "eventually":
      return !states.some(is("holds", property.holds));
    case "infinitelyOften": {
      const { holds, step: of } = property;
      if (of === undefined) return !recurring.some(is("holds", holds));
      return !moves.some(({ before, after, step }) =>
        answered(
          () => of(before, after, { action: step.action.name, args: step.args }, args),
          () => partText(property, args, "step"),
        ),
      );
    }
    case "eventuallyAlways":
      return !recurring.every(is("holds", property.holds));
  }
};
