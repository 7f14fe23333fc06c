import { codecOf } from "../../derive/codec.ts";
import { compareRows, renamedRow } from "../../derive/renaming.ts";
import type { Problem } from "../../problem/exploration.ts";

/** The row that stands for all rows which differ from it only in names: the first in lexicographic order. */
export const leastRow = ({ symmetry }: Pick<Problem<never>, "symmetry">, row: Int32Array): Int32Array => {
  let least = row;
  for (const renaming of symmetry?.renamings ?? []) {
    const renamed = renamedRow(renaming, row);
    if (compareRows(renamed, least) < 0) least = renamed;
  }
  return least;
};

/** How many states differ from a state only in names, the state itself among them: what it is worth in a full count. */
export const classSizeOf = <S>({ model, scope, symmetry }: Problem<S>): ((state: S) => number) => {
  const { encode } = codecOf(model.state, scope);
  return (state) => {
    const row = encode(state);
    const renamed = (symmetry?.renamings ?? []).map((renaming) => renamedRow(renaming, row));
    return new Set([row, ...renamed].map((one) => one.join())).size;
  };
};

/**
 * The state that stands for all states which differ from it only in names; a state itself where there is no symmetry.
 * This is what counting up to symmetry means; the fast engine is held equal to it.
 */
export const canonicalOf = <S>(problem: Problem<S>): ((state: S) => S) => {
  if (problem.symmetry === undefined) return (state) => state;
  const { encode, decode } = codecOf(problem.model.state, problem.scope);
  return (state) => {
    const row = encode(state);
    const least = leastRow(problem, row);
    return least === row ? state : decode(least);
  };
};
