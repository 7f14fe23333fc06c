import type { FullCounts } from "../../problem/exploration.ts";
import type { Store } from "../visited/store.ts";
import type { LearnedModel } from "./learned-model.ts";
import type { Successors } from "./successors.ts";

/** Several counts together. */
export const fullOf = (counts: readonly FullCounts[]): FullCounts => ({
  states: counts.reduce((sum, { states }) => sum + states, 0),
  transitions: counts.reduce((sum, { transitions }) => sum + transitions, 0),
});

/** A search that has states and their successors. */
interface Expanding<S> {
  readonly learnedModel: LearnedModel<S>;
  readonly store: Store;
  readonly out: Successors;
  /** States before this one are expanded. */
  readonly expanded: number;
}

/** With symmetry, what the states from `from` to the first not expanded stand for, and the first `taken` successors; else nothing. */
export const fullSince = <S>(
  { learnedModel, store, out, expanded }: Expanding<S>,
  from: number,
  taken: number,
): FullCounts => {
  const { canonical } = learnedModel;
  let states = 0;
  let transitions = 0;
  if (canonical === undefined) return { states, transitions };
  for (let state = from, i = 0; state < expanded; state++) {
    const size = canonical.classSize(store.chunk(state), store.at(state));
    states += size;
    for (; i < taken && out.parent[i] === state; i++) transitions += size;
  }
  return { states, transitions };
};

/** What the states stand for that were found and not expanded. */
export const fullFrontier = <S>({ learnedModel, store, out, expanded }: Expanding<S>): FullCounts =>
  fullSince({ learnedModel, store, out, expanded: store.count }, expanded, 0);
