import type { Move } from "./dependence.ts";

/** What a stubborn set is made from in one state. */
export interface Moves {
  /** The enabled steps, in ascending order. */
  readonly enabled: readonly number[];
  /** What each step does in this state. */
  readonly move: (step: number) => Move;
  /** Steps that may change what a property says. */
  readonly visible: readonly number[];
}

/**
 * The enabled steps to take in a state: those of the smallest stubborn set that some enabled step leads to, or all.
 * A stubborn set holds, with an enabled step, all that depend on it, and, with a disabled one, all of some set that it
 * must wait for. `docs/soundness-por.md` says why the rest may be left out.
 */
export const stubborn = (moves: Moves): readonly number[] => {
  let best = moves.enabled;
  for (const seed of moves.enabled) {
    if (best.length === 1) break;
    const set = closed(seed, moves);
    const taken = moves.enabled.filter((step) => set.has(step));
    if (taken.length < best.length && mayDo(set, taken, moves)) best = taken;
  }
  return best;
};

/** Steps may be left out where one that is taken advances, or where the set holds all that the properties can see. */
const mayDo = (set: ReadonlySet<number>, taken: readonly number[], { move, visible }: Moves): boolean =>
  taken.some((step) => {
    const made = move(step);
    return made.enabled && made.advances;
  }) || visible.every((step) => set.has(step));

/** The stubborn set that grows from one step. */
const closed = (seed: number, { move }: Moves): ReadonlySet<number> => {
  const set = new Set([seed]);
  const todo = new Set([seed]);
  const first = (enabled: boolean): number | undefined =>
    [...todo].toSorted((a, b) => a - b).find((step) => move(step).enabled === enabled);
  for (let step: number | undefined = seed; step !== undefined; step = first(true) ?? first(false)) {
    todo.delete(step);
    const made = move(step);
    for (const more of made.enabled ? made.dependent : cheapest(made.enabling, set, move))
      if (!set.has(more)) {
        set.add(more);
        todo.add(more);
      }
  }
  return set;
};

/** Of some sets of steps the one that adds the fewest enabled steps, then the fewest, then the first. */
const cheapest = (
  sets: readonly (readonly number[])[],
  held: ReadonlySet<number>,
  move: Moves["move"],
): readonly number[] => {
  const cost = (steps: readonly number[]): readonly [number, number] => {
    const added = steps.filter((step) => !held.has(step));
    return [added.filter((step) => move(step).enabled).length, added.length];
  };
  return sets.reduce((best, set) => {
    const [a, b] = [cost(best), cost(set)];
    return b[0] < a[0] || (b[0] === a[0] && b[1] < a[1]) ? set : best;
  });
};
