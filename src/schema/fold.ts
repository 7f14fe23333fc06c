import type { LeafNode, Node } from "./domain.ts";

/** One answer for each kind of node; `go` descends. A missing case does not compile. */
export type Cases<R> = {
  readonly [K in Node["kind"]]: (node: Extract<Node, { readonly kind: K }>, go: (child: Node) => R) => R;
};

/** The walk over a schema tree that every derived view is an instance of. */
export const fold = <R>(cases: Cases<R>): ((node: Node) => R) => {
  const go = (node: Node): R => (cases[node.kind] as (node: Node, go: (child: Node) => R) => R)(node, go);
  return go;
};

/** The cases of all kinds of leaf, where one answer serves them all. */
export const leafCases = <R>(leaf: (node: LeafNode) => R): Pick<Cases<R>, LeafNode["kind"]> => ({
  bool: leaf,
  int: leaf,
  oneOf: leaf,
  index: leaf,
  set: leaf,
});
