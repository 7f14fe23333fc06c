import type { Args } from "../model/action.ts";
import type { Step } from "../model/model.ts";
import type { Safety } from "../model/property.ts";
import type { Problem } from "../problem/exploration.ts";
import { lookAt, lookBetween, takerOf } from "../problem/plain-step.ts";
import { HIT } from "../model/judge.ts";
import type { Trace } from "./trace.ts";

/** Two parts of a run whose order decides, by their places, and what becomes of the run in the other order. */
export interface RacingPair {
  /** The step that came first. */
  readonly first: number;
  /** Steps of one other actor that came after it, in a row but for steps of others; the last of them is the other step of the pair. */
  readonly later: readonly number[];
  /** The place of the step that cannot be taken then; none where all can, and nothing is broken. */
  readonly stops?: number;
}

/** Steps that are taken to find the pair, at most. */
const MOST_TAKEN = 5_000;

/** What a property says where it is broken. */
export interface Decided<S> {
  readonly property: Safety<S>;
  readonly args: Args;
}

/** Whether a step breaks a property (a `sometimes`: witnesses it), by what it leads from and to. */
export const breakingOf =
  <S>({ property, args }: Decided<S>): ((before: S, after: S, step: Step<S>) => boolean) =>
  (before, after, step) => {
    const instance = { place: 0, property, args };
    return ((lookAt(instance, after) | lookBetween(instance, before, after, step)) & HIT) !== 0;
  };

/**
 * The last pair of steps of different actors whose order decides that a run breaks its property: with the second one, and what its
 * actor did in between, before the first, the same steps break nothing; or else, where there is no such pair, one of those
 * that follow cannot be taken. Each other order is tried on the reference semantics. Nothing where there is no such pair, or none was found on
 * 5,000 steps.
 */
export const racingPair = <S>(
  problem: Problem<S>,
  { start, steps }: Pick<Trace<S>, "start" | "steps">,
  decided: Decided<S>,
): RacingPair | undefined => {
  const take = takerOf(problem);
  const breaks = breakingOf(decided);
  const actorAt = (place: number): string => steps[place].step.actor;
  let left = MOST_TAKEN;
  let fallback: RacingPair | undefined;

  /** What becomes of the steps in another order, from a place on: nothing is broken, or where they stop; nothing where they break it. */
  const tried = (from: number, order: readonly number[]): { readonly stops?: number } | undefined => {
    let state = from === 0 ? start : steps[from - 1].after;
    for (const place of order) {
      left -= 1;
      const { step } = steps[place];
      const taken = take(step, state);
      if (taken === undefined) return { stops: place };
      if (breaks(state, taken.after, step)) return undefined;
      state = taken.after;
    }
    return {};
  };

  for (let second = steps.length - 1; second > 0; second--)
    for (let first = second - 1; first >= 0 && left > 0; first--) {
      if (actorAt(first) === actorAt(second)) continue;
      const places = Array.from({ length: steps.length - first }, (_, i) => first + i);
      const later = places.filter((place) => place <= second && actorAt(place) === actorAt(second));
      const found = tried(first, [...later, ...places.filter((place) => !later.includes(place))]);
      // Where one of the pair needs the other to be taken first they do not race.
      if (found === undefined || found.stops === first || later.includes(found.stops ?? -1)) continue;
      if (found.stops === undefined) return { first, later };
      fallback ??= { first, later, stops: found.stops };
    }
  return fallback;
};
