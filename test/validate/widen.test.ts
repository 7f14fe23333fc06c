import fc from "fast-check";
import { expect, test } from "vitest";
import { edgesOf, type Edge, type ObservedGraph } from "../../src/observed/observed-graph.ts";
import { follow } from "../../src/validate/follow.ts";
import { widened } from "../../src/validate/widen.ts";
import { runs } from "../fixtures/runs.ts";

const labels = ["silent", "enter", "leave", "ask", "rare bribe", "mark outside", "sing"] as const;
const [SILENT, ENTER, LEAVE, ASK, BRIBE, OUTSIDE, SING] = labels.keys();

const graphOf = (out: readonly (readonly Edge[])[]): ObservedGraph => ({
  labels,
  nodes: out.length,
  ...edgesOf(out),
  facts: [{ name: "place", values: out.map((_, node) => `room ${node}`), of: out.map((_, node) => [node]) }],
});

/** Outside; inside; where one may ask, which takes a bribe; and where one sings, where nobody comes to. */
const office = graphOf([
  [
    [ENTER, 1],
    [OUTSIDE, 0],
  ],
  [
    [LEAVE, 0],
    [BRIBE, 2],
  ],
  [
    [ASK, 1],
    [SILENT, 1],
  ],
  [[SING, 3]],
]);

const partOf = (seen: readonly string[]) => ({
  lines: seen.map((label, i) => ({ at: i + 1, labels: label === "lost" ? ("lost" as const) : [label] })),
  sees: () => true,
  gaps: [],
});
const needs = (seen: readonly string[]) => widened(office, partOf(seen))?.needs;

test.each([
  ["is allowed", ["enter", "leave", "enter"], []],
  ["needs a rare act", ["enter", "ask", "leave"], [{ at: 2, kind: "rare-act", what: "bribe" }]],
  ["lacks a line", ["enter", "enter"], [{ at: 2, kind: "missing-line", what: "leave" }]],
  [
    "needs what nobody does",
    ["enter", "sing"],
    [{ at: 2, kind: "unknown-act", what: "place room 1 to room 3" }],
  ],
  ["is lost in part", ["enter", "lost", "ask", "lost", "enter", "leave"], []],
  [
    "needs several",
    ["enter", "ask", "ask", "enter"],
    [
      { at: 2, kind: "rare-act", what: "bribe" },
      { at: 3, kind: "rare-act", what: "bribe" },
      { at: 4, kind: "missing-line", what: "leave" },
    ],
  ],
  ["has a line of no run", ["dance"], undefined],
])("a capture that %s", (_, seen, expected) => {
  expect(needs(seen)).toEqual(expected);
});

const nodes = 4;
const arbitraryGraph = fc
  .array(fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: nodes - 1 })), { maxLength: 4 }), {
    minLength: nodes,
    maxLength: nodes,
  })
  .map(graphOf);
const arbitraryLines = fc.array(fc.constantFrom("enter", "leave", "ask", "lost"), { maxLength: 8 });

test("nothing is needed where a capture is allowed, rare acts alone where they are enough, and else more", () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(arbitraryGraph, arbitraryLines, (graph, seen) => {
      const part = partOf(seen);
      const found = widened(graph, part);
      const [plain, rare] = [false, true].map((may) => follow(graph, part, may).refusal === undefined);
      const kinds = new Set(found?.needs.map(({ kind }) => kind));
      const word = found === undefined ? "never" : kinds.size === 0 ? "nothing" : [...kinds].join();
      met.add(word);
      expect(word === "nothing").toBe(plain);
      expect(word === "rare-act").toBe(rare && !plain);
      expect(word === "never").toBe(seen.some((label) => label !== "lost" && !hasLabel(graph, label)));
    }),
    { numRuns: runs(4000) },
  );
  expect(met).toContain("rare-act");
  expect([...met].some((word) => word.includes("unknown-act"))).toBe(true);
});

const hasLabel = ({ label }: ObservedGraph, name: string): boolean =>
  label.includes(labels.indexOf(name as (typeof labels)[number]));
