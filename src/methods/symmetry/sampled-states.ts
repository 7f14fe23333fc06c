import { codecOf } from "../../derive/codec.ts";
import type { Problem } from "../../problem/exploration.ts";
import { startOf, takerOf } from "../../problem/plain-step.ts";

/** How many states nearest to the start are looked at, how many walks are taken, and of how many steps. */
const nearest = 100;
const walks = 8;
const walkSteps = 32;
/** How many states are searched for the start states under new names. */
const known = 2_000;

/** A few states that a problem reaches, near to the start and far from it. */
export interface Sample<S> {
  readonly states: readonly S[];
  /** Whether a state is reached, as far as was looked. */
  readonly reaches: (row: Int32Array) => boolean;
}

const keyOf = (row: Int32Array): string => row.join();

/** The same numbers on every run. */
const dice = (): ((sides: number) => number) => {
  let seed = 1;
  return (sides) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % sides;
  };
};

/** Takes a sample on plain states; the same on every run. What fails on the way is left to the search to report. */
export const sampleOf = <S>(problem: Problem<S>): Sample<S> => {
  const { model, scope, start, steps } = problem;
  const take = takerOf(problem);
  const { encode } = codecOf(model.state, scope);
  const successors = (state: S): readonly S[] =>
    steps.flatMap((step) => {
      try {
        const taken = take(step, state);
        if (taken === undefined) return [];
        encode(taken.after);
        return [taken.after];
      } catch {
        return [];
      }
    });
  const found: S[] = [];
  const keys = new Set<string>();
  const add = (state: S): void => {
    const key = keyOf(encode(state));
    if (keys.has(key)) return;
    keys.add(key);
    found.push(state);
  };
  let expanded = 0;
  const grow = (states: number): void => {
    for (; found.length < states && expanded < found.length; expanded++)
      successors(found[expanded]).forEach(add);
  };
  start.forEach((_, place) => add(startOf(problem, place)));
  grow(nearest);
  const states = found.slice(0, nearest);
  const roll = dice();
  for (let walk = 0; walk < walks && start.length > 0; walk++) {
    let state = startOf(problem, roll(start.length));
    for (let step = 0; step < walkSteps; step++) {
      const next = successors(state);
      if (next.length === 0) break;
      state = next[roll(next.length)];
      states.push(state);
    }
  }
  return {
    states,
    reaches: (row) => {
      if (!keys.has(keyOf(row))) grow(known);
      return keys.has(keyOf(row));
    },
  };
};
