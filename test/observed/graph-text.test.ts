import fc from "fast-check";
import { expect, test } from "vitest";
import { graphOfText, graphText } from "../../src/observed/graph-text.ts";
import { edgesOf, type ObservedGraph } from "../../src/observed/observed-graph.ts";

const LABELS = 300;

const graphs: fc.Arbitrary<ObservedGraph> = fc
  .array(fc.array(fc.tuple(fc.nat({ max: LABELS - 1 }), fc.nat()), { maxLength: 4 }), { maxLength: 400 })
  .chain((out) =>
    fc
      .array(fc.uniqueArray(fc.nat({ max: 2 }), { maxLength: 3 }), {
        minLength: out.length,
        maxLength: out.length,
      })
      .map((of) => ({
        labels: Array.from({ length: LABELS }, (_, n) => `label ${n}`),
        nodes: out.length,
        ...edgesOf(out.map((edges) => edges.map(([label, to]) => [label, to % out.length] as const))),
        facts: [{ name: "line", values: ["up", "down", '"open"'], of }],
      })),
  );

test("a graph is read as it was written", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      expect(graphOfText(graphText(graph))).toEqual(graph);
    }),
    { numRuns: 30, examples: [[{ labels: ["silent"], nodes: 0, ...edgesOf([]), facts: [] }]] },
  );
});
