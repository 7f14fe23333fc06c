import { codecOf } from "../derive/codec.ts";
import type { Problem } from "../problem/exploration.ts";
import { takerOf } from "../problem/plain-step.ts";
import type { Trace } from "./trace.ts";

/** An actor that never moves in the loop of a run, although it could. */
export interface Starved {
  readonly actor: string;
  /** Whether it could in every state of the loop: then weak fairness rules the loop out, else only strong fairness does. */
  readonly always: boolean;
}

/** Who is starved in the loop of a run that goes on for ever; only steps that change the state count. Nobody where it has no loop. */
export const starvedIn = <S>(
  problem: Problem<S>,
  { start, steps, loopAt }: Pick<Trace<S>, "start" | "steps" | "loopAt">,
): readonly Starved[] => {
  if (loopAt === undefined) return [];
  const take = takerOf(problem);
  const { encode } = codecOf(problem.model.state, problem.scope);
  const keyOf = (state: S): string => encode(state).join();
  const states = [start, ...steps.map(({ after }) => after)];
  const recurring = loopAt === steps.length ? [states[loopAt]] : states.slice(loopAt, -1);
  const moving = new Set(
    steps.flatMap(({ step, after }, place) =>
      place >= loopAt && keyOf(after) !== keyOf(states[place]) ? [step.actor] : [],
    ),
  );
  const able = recurring.map((state) => {
    const key = keyOf(state);
    const enabled = problem.steps.filter((step) => {
      if (moving.has(step.actor)) return false;
      const after = take(step, state)?.after;
      return after !== undefined && keyOf(after) !== key;
    });
    return new Set(enabled.map(({ actor }) => actor));
  });
  const actors = [...new Set(able.flatMap((some) => [...some]))].toSorted();
  return actors.map((actor) => ({ actor, always: able.every((some) => some.has(actor)) }));
};
