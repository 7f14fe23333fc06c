import type { Problem } from "#check";
import { Search } from "../../../src/fast/search/search.ts";
import { widen } from "../../../src/fast/search/widening.ts";

/** What was expanded at a time. */
interface Batch {
  readonly states: number;
  /** Steps that were taken. */
  readonly transitions: number;
  /** Successors that were looked up. */
  readonly lookedUp: number;
  /** Whether the batch was expanded by lists. */
  readonly byLists: boolean;
}

/** Searches, by at most so many states at a time; gives the batches in which some were expanded. */
export const batchesOf = <S>(problem: Problem<S>, atMost = Infinity): readonly Batch[] => {
  const search = new Search(problem, {});
  const { store, space, out, counted } = search;
  const batches: Batch[] = [];
  search.begin();
  for (let from = 0, next = 0; next < store.count; from = next) {
    const before = counted.transitions;
    // What is expanded by lists has its steps elsewhere.
    out.step.fill(-1);
    next = search.fill(from, Math.min(store.count, from + atMost));
    search.look();
    const lookedUp = out.count;
    const byLists = lookedUp > 0 && out.step[0] === -1;
    search.take();
    if (next > from)
      batches.push({
        states: next - from,
        transitions: counted.transitions - before,
        lookedUp,
        byLists,
      });
    if (space.outgrown) {
      widen(search);
      search.revisit();
    }
  }
  return batches;
};
