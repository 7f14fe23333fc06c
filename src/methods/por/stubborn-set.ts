import type { Dependence, StepDependence } from "../../problem/dependence.ts";

/** What each step does in the current state. */
type MoveOf = (step: number) => StepDependence;

/**
 * The steps to take in the state that has these leaf codes, of its enabled steps in ascending order: those of the smallest
 * stubborn set that one of them leads to, or all. A stubborn set holds, with an enabled step, all that depend on it, and,
 * with a disabled one, all of some set that it must wait for. `docs/soundness-por.md` says why the rest may be left out.
 */
export const stubborn = (
  dependence: Dependence,
  codes: ArrayLike<number>,
  enabled: readonly number[],
): readonly number[] => {
  const moves = new Map<number, StepDependence>();
  const move: MoveOf = (step) => {
    const made = moves.get(step) ?? dependence.move(step, (leaf) => codes[leaf]);
    moves.set(step, made);
    return made;
  };
  let best = enabled;
  for (const seed of enabled) {
    const set = closed(seed, move);
    const taken = enabled.filter((step) => set.has(step));
    if (
      taken.length < best.length &&
      (taken.some(advances(move)) || dependence.visible.every((step) => set.has(step)))
    )
      best = taken;
  }
  return best;
};

const advances =
  (move: MoveOf) =>
  (step: number): boolean => {
    const made = move(step);
    return made.enabled && made.advances;
  };

/** The stubborn set that grows from one step. */
const closed = (seed: number, move: MoveOf): ReadonlySet<number> => {
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
  move: MoveOf,
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
