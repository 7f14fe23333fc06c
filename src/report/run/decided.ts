import { AVOIDING_STATES, lastAvoidable, type Avoidable } from "../../check/avoidable.ts";
import { racingPair, type Decided, type RacingPair } from "../../check/racing-pair.ts";
import type { Trace } from "../../check/trace.ts";
import { plural } from "../../check/verdict.ts";
import type { Problem } from "../../problem/exploration.ts";
import { lostBy, type Lost } from "./lost.ts";
import { labelling } from "./step-label.ts";

/** What decides a run, as text, and the places of the steps that are marked for it. */
export interface Deciding {
  readonly starred: ReadonlySet<number>;
  readonly lines: readonly string[];
  /** What one of two steps that race did otherwise because the other came first. */
  readonly lost?: Lost | undefined;
}

/** Of a run of which nothing is said. */
export const undecided: Deciding = { starred: new Set(), lines: [] };

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)!}`;

/** Places of steps as people count them, those in a row as one: `2-5, 8`. */
const ranges = (places: readonly number[]): readonly string[] => {
  const begins = places.filter((place, i) => i === 0 || place !== places[i - 1] + 1);
  return begins.map((from) => {
    let to = from;
    while (places.includes(to + 1)) to += 1;
    return from === to ? String(to + 1) : `${from + 1}-${to + 1}`;
  });
};

/** Longer runs are only told: there is too much to try. */
const LONGEST = 200;

/**
 * What decides that a run breaks its property: the step that does, two steps whose order matters, and up to where it could still
 * have been avoided; each found by taking the run, or others, on the reference semantics.
 */
export const decidingOf = <S>(problem: Problem<S>, trace: Trace<S>, decided: Decided<S>): Deciding => {
  const { steps } = trace;
  if (steps.length === 0 || steps.length > LONGEST) return undecided;
  const label = labelling(problem.steps);
  const ofStep = (place: number): string => `${place + 1}, ${label(steps[place].step)}`;

  const raced = ({ first, later, stops }: RacingPair): string => {
    const had = `Had ${list(ranges(later))} come before ${first + 1}`;
    return stops === undefined
      ? `* ${had}, the same steps would break nothing.`
      : `* ${had}, step ${ofStep(stops)}, could not have been taken.`;
  };
  const avoided = ({ after, by, cut }: Avoidable<S>): string => {
    const where = after === 0 ? "In the start state" : `After step ${after}`;
    const still = `${where} ${label(by)} of ${by.actor} still puts it off or avoids it`;
    if (cut) return `${still}; whether also later was not settled by ${plural(AVOIDING_STATES, "state")}.`;
    return after + 1 < steps.length
      ? `${still}; after ${after + 1} every continuation breaks it.`
      : `${still}.`;
  };
  const pair = racingPair(problem, trace, decided);
  const last = lastAvoidable(problem, trace, decided);
  return {
    starred: new Set(pair === undefined ? [] : [pair.first, pair.later.at(-1)!]),
    lost: pair === undefined ? undefined : lostBy(problem, trace, pair),
    lines: [...(pair === undefined ? [] : [raced(pair)]), ...(last === undefined ? [] : [avoided(last)])],
  };
};
