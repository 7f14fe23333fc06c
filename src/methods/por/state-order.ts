import type { Changes } from "../../problem/dependence.ts";
import type { Touches } from "./read-write-sets.ts";

/**
 * A fixed strict order of all states, for the cycle proviso: says whether a state grows by changes. States are compared
 * by one leaf after the other, those with most codes (program counters) first, and the codes of a leaf in an order in
 * which as few of the writes as possible lead back.
 */
export const growthOf = ({ steps, values }: Touches): ((changes: Changes) => boolean) => {
  const leaves = values.map((_, leaf) => leaf).toSorted((a, b) => values[b].length - values[a].length);
  const priority = new Map(leaves.map((leaf, place) => [leaf, place]));
  const ranks = values.map((codes, leaf) => {
    const edges = steps.flatMap((step) => {
      const writes = step?.writes.get(leaf);
      return writes === undefined ? [] : [{ from: step?.needs.get(leaf), to: [...writes] }];
    });
    return new Map(downstream(codes, edges).map((code, rank) => [code, rank]));
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

/** Leads from some nodes, from all where they are not named, to each of some others. */
interface Edges {
  readonly from: ReadonlySet<number> | undefined;
  readonly to: readonly number[];
}

/** Nodes in the reverse order in which a depth-first search leaves them: only edges that close a cycle lead back. */
const downstream = (nodes: readonly number[], edges: readonly Edges[]): readonly number[] => {
  const left: number[] = [];
  const entered = new Set<number>();
  /** How many of the nodes to which edges lead were looked at; once entered, a node is of no use to others either. */
  const looked = edges.map(() => 0);
  for (const root of nodes) {
    const way: { readonly node: number; edges: number }[] = [];
    const enter = (node: number): void => {
      if (entered.has(node)) return;
      entered.add(node);
      way.push({ node, edges: 0 });
    };
    for (enter(root); way.length > 0;) {
      const top = way[way.length - 1];
      const { from, to } = edges[top.edges] ?? {};
      if (to === undefined) {
        left.push(top.node);
        way.pop();
      } else if (from?.has(top.node) === false || looked[top.edges] === to.length) top.edges++;
      else enter(to[looked[top.edges]++]);
    }
  }
  return left.toReversed();
};
