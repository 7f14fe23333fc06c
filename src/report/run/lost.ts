import type { RacingPair } from "../../check/racing-pair.ts";
import { tracing, type Change, type Trace } from "../../check/trace.ts";
import type { Problem } from "../../problem/exploration.ts";
import { isBookkeeping } from "../changes.ts";

/** What the later step of a pair changed, and what it changes where it is taken before the other one. */
export interface Lost {
  readonly first: number;
  readonly second: number;
  readonly changed: readonly Change[];
  readonly otherwise: readonly Change[];
}

const seenIn = (changes: readonly Change[]): readonly Change[] =>
  changes.filter((change) => !isBookkeeping(change));

const textOf = (changes: readonly Change[]): string =>
  changes
    .map(({ path, from, to }) => `${path} ${String(from)} ${String(to)}`)
    .toSorted()
    .join("\n");

/**
 * What the later step of a racing pair does otherwise because the first came before it, found by taking it, with what its actor did
 * in between, where the first was taken; nothing where it does the same, or cannot be taken there.
 */
export const lostBy = <S>(
  problem: Problem<S>,
  { steps }: Trace<S>,
  { first, later }: RacingPair,
): Lost | undefined => {
  const take = tracing(problem);
  let state = steps[first].before;
  let otherwise: readonly Change[] = [];
  for (const place of later) {
    const taken = take(steps[place].step, state);
    if (taken === undefined) return undefined;
    otherwise = seenIn(taken.changes);
    state = taken.after;
  }
  const second = later.at(-1)!;
  const changed = seenIn(steps[second].changes);
  return textOf(changed) === textOf(otherwise) ? undefined : { first, second, changed, otherwise };
};
