import fc from "fast-check";
import { expect, test } from "vitest";
import type { FollowedLine } from "../../src/catalogue/followed.ts";
import { edgesOf, type Edge, type ObservedGraph } from "../../src/observed/observed-graph.ts";
import { NOWHERE, Tracker } from "../../src/observed/tracker.ts";
import { allowedInSomeOrder, type Printed } from "../../src/validate/follow-in-any-order.ts";

const LABELS = ["silent", "a", "b", "c"];
const SKEW = 3n;

const graphOf = (out: readonly (readonly Edge[])[]): ObservedGraph => ({
  labels: LABELS,
  nodes: out.length,
  facts: [],
  ...edgesOf(out.map((edges) => edges.map(([label, to]): Edge => [label, to % out.length]))),
});

const anyGraph: fc.Arbitrary<ObservedGraph> = fc
  .array(fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 99 })), { maxLength: 2 }), {
    minLength: 2,
    maxLength: 5,
  })
  .map(graphOf);

interface Line {
  readonly label: string;
  readonly later: number;
  readonly thread: string;
  readonly cpu: number;
}
const captures = fc.array(
  fc.record({
    label: fc.constantFrom("a", "b", "c"),
    later: fc.nat({ max: 3 }),
    thread: fc.constantFrom("one", "two", "three"),
    cpu: fc.nat({ max: 2 }),
  }),
  { minLength: 3, maxLength: 5 },
);

/** Of the lines of a capture, in one order of all, and nothing else. */
const pathOf = (lines: readonly Line[]): ObservedGraph =>
  graphOf([...lines.map(({ label }, at): readonly Edge[] => [[LABELS.indexOf(label), at + 1]]), []]);

/** A capture with a graph that may have nothing to do with it, or allows one order of its lines. */
const captured = captures.chain((lines) =>
  fc.tuple(
    fc.constant(lines),
    fc.oneof(anyGraph, fc.shuffledSubarray([...lines], { minLength: lines.length }).map(pathOf)),
  ),
);

const printedOf = (lines: readonly Line[]): readonly Printed[] => {
  let ticks = 0n;
  return lines.map(({ later, thread, cpu }) => ({ thread, cpu, ticks: (ticks += BigInt(later)) }));
};

const orders = (n: number): readonly (readonly number[])[] =>
  n === 0
    ? [[]]
    : orders(n - 1).flatMap((order) =>
        Array.from({ length: n }, (_, place) => order.toSpliced(place, 0, n - 1)),
      );

/** The meaning: every order is tried that keeps what has to be kept. */
const plainly = (graph: ObservedGraph, lines: readonly Line[], printed: readonly Printed[]): boolean => {
  const tracker = new Tracker(graph, () => false);
  const keeps = (order: readonly number[]): boolean =>
    order.every((later, place) =>
      order
        .slice(0, place)
        .every(
          (earlier) =>
            earlier < later ||
            (printed[later].thread !== printed[earlier].thread &&
              printed[later].cpu !== printed[earlier].cpu &&
              printed[earlier].ticks - printed[later].ticks <= SKEW),
        ),
    );
  return orders(lines.length)
    .filter(keeps)
    .some(
      (order) =>
        order.reduce((at, line) => tracker.step(at, lines[line].label), tracker.anywhere) !== NOWHERE,
    );
};

const followed = (lines: readonly Line[]): readonly FollowedLine[] =>
  lines.map(({ label }, at) => ({ at, labels: [label] }));

test("lines are allowed in some order just where one of all orders that clocks leave open is", () => {
  let reordered = 0;
  let refused = 0;
  fc.assert(
    fc.property(captured, ([lines, graph]) => {
      const printed = printedOf(lines);
      const tracker = new Tracker(graph, () => false);
      const allowed = allowedInSomeOrder(tracker, followed(lines), (at) => printed[at], SKEW);
      expect(allowed).toBe(plainly(graph, lines, printed));
      const asGiven = allowedInSomeOrder(tracker, followed(lines), () => undefined, SKEW);
      if (allowed === true && asGiven === false) reordered++;
      if (allowed === false) refused++;
    }),
    { numRuns: 300 },
  );

  expect(reordered).toBeGreaterThan(2);
  expect(refused).toBeGreaterThan(10);
});

test("behind what was lost nothing comes from before it, and marks say nothing", () => {
  const graph: ObservedGraph = {
    labels: ["silent", "a", "b", "mark x"],
    nodes: 3,
    facts: [],
    ...edgesOf([[[1, 1]], [[2, 2]], []]),
  };
  const line = (labels: FollowedLine["labels"], at: number): FollowedLine => ({ at, labels });
  const printed = (at: number): Printed => ({ thread: String(at), cpu: at, ticks: 0n });
  const allowed = (lines: readonly FollowedLine["labels"][]) =>
    allowedInSomeOrder(new Tracker(graph, () => false), lines.map(line), printed, 0n);
  expect(allowed([["b"], ["a"]])).toBe(true);
  expect(allowed([["b"], "lost", ["a"]])).toBe(true);
  expect(allowed([["b"], "lost", ["a"], "lost", ["a"], ["a"]])).toBe(false);
  expect(allowed([["mark x", "a"], ["b"]])).toBe(true);
});
