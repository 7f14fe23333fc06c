import fc from "fast-check";
import { expect, test } from "vitest";
import { SILENT, edgesOf, type Edge, type ObservedGraph } from "../../src/observed/observed-graph.ts";
import { blocksOf } from "../../src/observed/refinement.ts";
import { runs } from "../fixtures/runs.ts";

/** Silent steps lead to smaller numbers. */
const graphs: fc.Arbitrary<ObservedGraph> = fc
  .array(fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 99 })), { maxLength: 3 }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((out) => ({
    labels: ["silent", "a", "b"],
    nodes: out.length,
    facts: [],
    ...edgesOf(
      out.map((edges, node) =>
        edges.flatMap(([label, to]): readonly Edge[] => {
          if (label !== SILENT) return [[label, to % out.length]];
          return node === 0 ? [] : [[SILENT, to % node]];
        }),
      ),
    ),
  }));

/** What leads from each node to where, by silent edges within its block first. */
const leadsTo = ({ nodes, first, label, to }: ObservedGraph, block: readonly number[]) => {
  const found: (readonly string[])[] = [];
  for (let node = 0; node < nodes; node++) {
    const edges = Array.from({ length: first[node + 1] - first[node] }, (_, i) => first[node] + i);
    const here = edges.flatMap((e) =>
      label[e] !== SILENT || block[to[e]] !== block[node] ? [`${label[e]} ${block[to[e]]}`] : found[to[e]],
    );
    found.push([...new Set(here)]);
  }
  return found;
};

/** The meaning: all nodes are looked at in every round, as texts. */
const plainly = (graph: ObservedGraph): readonly number[] => {
  let block: readonly number[] = Array.from({ length: graph.nodes }, () => 0);
  for (;;) {
    const found = leadsTo(graph, block);
    const keys = found.map((here, node) => [block[node], ...here.toSorted()].join(";"));
    const distinct = [...new Set(keys)];
    if (distinct.length === new Set(block).size) return block;
    block = keys.map((key) => distinct.indexOf(key));
  }
};

test("blocks that are refined bit by bit are those of a whole refinement in every round", () => {
  let split = 0;
  fc.assert(
    fc.property(graphs, (graph) => {
      const { block, count } = blocksOf(graph);
      const plain = plainly(graph);
      expect([...block]).toEqual(plain);
      expect(count).toBe(new Set(plain).size);
      if (count > 3) split++;
    }),
    { numRuns: runs(1500) },
  );

  expect(split).toBeGreaterThan(50);
});
