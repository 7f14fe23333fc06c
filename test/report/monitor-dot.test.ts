import fc from "fast-check";
import { expect, test } from "vitest";
import { tracepointsOf } from "#check";
import { automatonOf } from "../../src/observed/automaton.ts";
import { edgesOf, type Edge, type ObservedGraph } from "../../src/observed/observed-graph.ts";
import { NOWHERE, Tracker } from "../../src/observed/tracker.ts";
import { monitorDot } from "../../src/report/monitor-dot.ts";
import { runs } from "../fixtures/runs.ts";
import { readMonitor } from "./read-monitor.ts";

const labels = ["silent", "enter", "leave 0", "ask not 0", "rare bribe", "mark outside"];
const NODES = 4;

const arbitraryGraph: fc.Arbitrary<ObservedGraph> = fc
  .array(
    fc.array(fc.tuple(fc.nat({ max: labels.length - 1 }), fc.nat({ max: NODES - 1 })) as fc.Arbitrary<Edge>, {
      maxLength: 4,
    }),
    { minLength: NODES, maxLength: NODES },
  )
  .map((out) => ({ labels, nodes: NODES, ...edgesOf(out), facts: [] }));

test("a monitor allows just what is seen of the graph that it was made of, and has no two states that allow the same", () => {
  let refused = 0;
  fc.assert(
    fc.property(
      arbitraryGraph,
      fc.subarray(["enter", "leave 0", "ask not 0"], { minLength: 1 }),
      fc.array(fc.constantFrom("enter", "leave 0", "ask not 0"), { maxLength: 8 }),
      (graph, seen, word) => {
        const automaton = automatonOf(graph, (label) => seen.includes(label));
        const { initial, states, next } = readMonitor(monitorDot("an office", automaton, tracepointsOf([])));
        expect(states.length).toBe(automaton.to.length);
        const tracker = new Tracker(graph, (label) => !label.startsWith("mark") && !seen.includes(label));
        let standing = tracker.anywhere;
        let state: string | undefined = initial;
        for (const label of word.filter((one) => seen.includes(one))) {
          standing = tracker.step(standing, label);
          state = next(state, label.replaceAll(" ", "_"));
          expect(state === undefined).toBe(standing === NOWHERE);
          if (state === undefined) {
            refused++;
            break;
          }
        }
        const rows = automaton.to.map((row) => row.join());
        expect(new Set(rows).size).toBe(rows.length);
      },
    ),
    { numRuns: runs(1000) },
  );
  expect(refused).toBeGreaterThan(0);
});

test("what it is of and what it does not see stands in comments, below the line that it is known by", () => {
  const graph: ObservedGraph = {
    labels,
    nodes: 2,
    ...edgesOf([[[1, 1]], [[2, 0]]]),
    facts: [],
  };
  const lines = monitorDot(
    "an office",
    automatonOf(graph, () => true),
    tracepointsOf([]),
  ).split("\n");
  expect(lines[0]).toBe("digraph state_automaton {");
  expect(lines[1]).toContain('// What is seen of "an office"');
  expect(lines.join("\n")).toContain("//   leave_0: leave, told 0");
});
