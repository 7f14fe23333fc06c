import { expect, test } from "vitest";
import { SILENT, edgesOf, type Edge, type ObservedGraph } from "../../src/observed/observed-graph.ts";
import { quotientOf } from "../../src/observed/quotient.ts";

const [A, B] = [1, 2];

const graphOf = (...out: readonly (readonly Edge[])[]): ObservedGraph => ({
  labels: ["silent", "a", "b"],
  nodes: out.length,
  ...edgesOf(out),
  facts: [],
});

test.each([
  ["a silent step that decides nothing", graphOf([[SILENT, 1]], [[A, 2]], []), 2],
  [
    "a silent step after which less is possible",
    graphOf(
      [
        [SILENT, 1],
        [B, 2],
      ],
      [[A, 2]],
      [],
    ),
    3,
  ],
  [
    "a circle of silent steps",
    graphOf(
      [[SILENT, 1]],
      [
        [SILENT, 2],
        [A, 3],
      ],
      [
        [SILENT, 0],
        [B, 3],
      ],
      [],
    ),
    2,
  ],
  [
    "the same after different numbers of silent steps",
    graphOf([[A, 1]], [[SILENT, 2]], [[B, 3]], [], [[A, 2]]),
    3,
  ],
  [
    "two ways that part later",
    graphOf(
      [
        [A, 1],
        [A, 2],
      ],
      [[A, 3]],
      [[B, 3]],
      [],
      [[A, 5]],
      [
        [A, 3],
        [B, 3],
      ],
    ),
    6,
  ],
])("%s", (_, graph, nodes) => {
  expect(quotientOf(graph).nodes).toBe(nodes);
});
