import type { Changes } from "./move.ts";
import type { Touches } from "./touches.ts";

/**
 * A fixed strict order of all states, for the cycle proviso: says whether a state grows by changes. States are compared
 * by one leaf after the other, those with most codes (program counters) first, and the codes of a leaf in an order in
 * which as few of the writes as possible lead back.
 */
export const growthOf = ({ steps, values }: Touches): ((changes: Changes) => boolean) => {
  const leaves = values.map((_, leaf) => leaf).toSorted((a, b) => values[b].length - values[a].length);
  const priority = new Map(leaves.map((leaf, place) => [leaf, place]));
  const ranks = values.map((codes, leaf) => {
    const next = new Map<number, Set<number>>();
    for (const step of steps)
      for (const from of step?.needs.get(leaf) ?? codes)
        for (const to of step?.writes.get(leaf) ?? [])
          next.set(from, (next.get(from) ?? new Set<number>()).add(to));
    return new Map(downstream(codes, next).map((code, rank) => [code, rank]));
  });
  return (changes) => {
    let first: number | undefined;
    for (const leaf of changes.keys())
      if (first === undefined || priority.get(leaf)! < priority.get(first)!) first = leaf;
    if (first === undefined) return false;
    const [from, to] = changes.get(first)!;
    return (ranks[first].get(to) ?? -1) > (ranks[first].get(from) ?? Infinity);
  };
};

/** Nodes in the reverse order in which a depth-first search leaves them: only edges that close a cycle lead back. */
const downstream = (
  nodes: readonly number[],
  next: ReadonlyMap<number, ReadonlySet<number>>,
): readonly number[] => {
  const left: number[] = [];
  const entered = new Set<number>();
  for (const root of nodes) {
    const way: { readonly node: number; readonly to: Iterator<number> }[] = [];
    const enter = (node: number): void => {
      if (entered.has(node)) return;
      entered.add(node);
      way.push({ node, to: (next.get(node) ?? new Set<number>()).values() });
    };
    for (enter(root); way.length > 0;) {
      const { node, to } = way[way.length - 1];
      const following = to.next();
      if (following.done !== true) enter(following.value);
      else {
        left.push(node);
        way.pop();
      }
    }
  }
  return left.toReversed();
};
