/** What nobody sees. */
export const SILENT = 0;

/**
 * What can be seen of a model: a graph whose nodes are states with what is still to be printed, and whose edges have labels.
 * All nodes can be reached, and a capture may begin in any.
 */
export interface ObservedGraph {
  /** The labels by their numbers; the first is `SILENT`. */
  readonly labels: readonly string[];
  readonly nodes: number;
  /** The edges of node `n` are those from `first[n]` to below `first[n + 1]`. */
  readonly first: Int32Array;
  readonly label: Int32Array;
  readonly to: Int32Array;
  /** The nodes in which a capture may begin; all where it is left out. */
  readonly starts?: readonly number[];
  /** For each fact, what it says in a node: the numbers of its values, and the values. */
  readonly facts: readonly FactOf[];
}

/** What a fact says in the nodes of a graph. */
export interface FactOf {
  readonly name: string;
  readonly values: readonly string[];
  /** For each node, the values that it may have there, as numbers. */
  readonly of: readonly (readonly number[])[];
}

/** An edge of a node: its label, and where it leads. */
export type Edge = readonly [label: number, to: number];

/** The edges of each node as a graph has them. */
export const edgesOf = (out: readonly (readonly Edge[])[]): Pick<ObservedGraph, "first" | "label" | "to"> => {
  const first = new Int32Array(out.length + 1);
  out.forEach((edges, node) => {
    first[node + 1] = first[node] + edges.length;
  });
  const flat = out.flat();
  return {
    first,
    label: Int32Array.from(flat, ([label]) => label),
    to: Int32Array.from(flat, ([, to]) => to),
  };
};
