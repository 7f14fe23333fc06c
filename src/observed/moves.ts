import { freeze } from "immer";
import { codecOf } from "../derive/codec.ts";
import { CheckError } from "../errors.ts";
import type { Step } from "../model/model.ts";
import { isEnabled, takerOf } from "../problem/plain-step.ts";
import type { Exploration, Problem } from "../problem/exploration.ts";
import { seenOf, type Observing, type Seen } from "./observing.ts";

/** A step from a state, as it is seen. */
export interface Move extends Seen {
  readonly context: string;
  readonly to: number;
  /** Nothing where it is not rare. */
  readonly rare?: string;
  /** Whether the step breaks what is asked. */
  readonly breaks?: boolean;
}

/** What a state can do, and what may be announced in it of steps that wait for a lock. */
export interface Moves {
  readonly taken: readonly Move[];
  readonly waiting: readonly Pick<Move, "context" | "announced">[];
}

/** The states that a search has found, by number, and what each of them can do. */
export interface Observed<S> {
  readonly states: readonly S[];
  readonly movesOf: (id: number) => Moves;
  /** Where a run is told from others by what it did: the same state of a run that begins in it. */
  readonly begins?: (id: number) => number;
}

/** A step from a state, as it is seen, with the state after it. */
export interface Taken<S> extends Omit<Move, "to"> {
  readonly after: S;
}

/** What a state can do, with the states after it. */
export interface SeenMoves<S> {
  readonly taken: readonly Taken<S>[];
  readonly waiting: Moves["waiting"];
}

/** What is seen of the steps from a state, given those that can be taken, by number, and where each leads. */
export const seenMoves = <S>(
  problem: Problem<S>,
  observing: Observing<S>,
): ((before: S, moves: Iterable<{ readonly step: number; readonly after: S }>) => SeenMoves<S>) => {
  const { steps } = problem;
  const take = takerOf(problem);
  const { breaks } = observing;
  const seen = (step: Step<S>, before: S, after: S): Seen => {
    const events = step.action.note?.events?.({ args: step.args, before, after }) ?? [];
    return seenOf(observing, events, { step, before });
  };
  const waitsIn = (step: Step<S>, free: S): readonly string[] =>
    isEnabled(problem, step, free) ? seen(step, free, take(step, free)!.after).announced : [];
  return (before, moves) => {
    const enabled = new Set<number>();
    const taken: Taken<S>[] = [];
    for (const { step: number, after } of moves) {
      enabled.add(number);
      const step = steps[number];
      const rare = observing.rare(step);
      const context = observing.context(step);
      taken.push({
        context,
        after,
        ...(rare === undefined ? {} : { rare }),
        ...(breaks?.step(step, before, after) === true ? { breaks: true } : {}),
        ...seen(step, before, after),
      });
    }
    const free = observing.unlocked(before);
    if (free === before) return { taken, waiting: [] };
    const waiting = steps
      .filter((step) => !enabled.has(step.id))
      .map((step) => ({ context: observing.context(step), announced: waitsIn(step, free) }))
      .filter(({ announced }) => announced.length > 0);
    return { taken, waiting };
  };
};

/** What is needed of a search: its states, and what it was told by each. */
export type Searched<S> = Pick<Exploration<S>, "states" | "state" | "stop" | "told">;

/**
 * The states of a model, as a search has found them, with the steps from each and what is seen of them.
 * @throws CheckError when the search has not found all of them, or does not say where they lead.
 */
export const observed = <S>(
  problem: Problem<S>,
  searched: Searched<S>,
  observing: Observing<S>,
): Observed<S> => {
  const { model, scope } = problem;
  if (searched.stop !== "exhausted")
    throw new CheckError("model", `"${model.name}" has too many states to be observed: ${searched.stop}`);
  const { encode } = codecOf(model.state, scope);
  const keyOf = (state: S): string => encode(state).join(",");
  const states = Array.from({ length: searched.states }, (_, id) => freeze(searched.state(id), true));
  const numbers = new Map(states.map((state, id) => [keyOf(state), id]));
  const seen = seenMoves(problem, observing);

  const movesFrom = (id: number): Moves => {
    const told = searched.told?.(id);
    if (told === undefined)
      throw new CheckError("model", `what "${model.name}" does is not told by its search`);
    const { taken, waiting } = seen(states[id], told.moves);
    return {
      taken: taken.map(({ after, ...move }): Move => ({ ...move, to: numbers.get(keyOf(after))! })),
      waiting,
    };
  };

  const known: Moves[] = [];
  return { states, movesOf: (id) => (known[id] ??= movesFrom(id)) };
};
