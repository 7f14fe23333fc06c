import { SILENT, edgesOf, type Edge, type ObservedGraph } from "./observed-graph.ts";
import { blocksOf } from "./refinement.ts";
import { silentComponents } from "./silent-components.ts";

/** Pairs of a label and a group as one number: there are fewer groups than this. */
const GROUPS = 2 ** 32;

/** The graph in which each group of nodes is one node, and silent steps inside a group are none. */
const grouped = (graph: ObservedGraph, group: Int32Array, count: number): ObservedGraph => {
  const { first, label, to, nodes, facts } = graph;
  const edges: Map<number, Edge>[] = Array.from({ length: count }, () => new Map());
  for (let node = 0; node < nodes; node++)
    for (let e = first[node]; e < first[node + 1]; e++) {
      const [from, next] = [group[node], group[to[e]]];
      if (label[e] !== SILENT || from !== next) edges[from].set(label[e] * GROUPS + next, [label[e], next]);
    }
  return {
    ...graph,
    nodes: count,
    ...edgesOf(edges.map((those) => [...those.values()])),
    facts: facts.map((fact) => {
      const of: Set<number>[] = Array.from({ length: count }, () => new Set());
      fact.of.forEach((values, node) => values.forEach((value) => of[group[node]].add(value)));
      return { ...fact, of: of.map((values) => [...values].toSorted((a, b) => a - b)) };
    }),
  };
};

/**
 * The smallest graph that is branching bisimilar: it has the same sequences of labels, whichever labels are taken for silent
 * later.
 */
export const quotientOf = (graph: ObservedGraph): ObservedGraph => {
  const { component, count } = silentComponents(graph);
  const acyclic = grouped(graph, component, count);
  const { block, count: blocks } = blocksOf(acyclic);
  return grouped(acyclic, block, blocks);
};
