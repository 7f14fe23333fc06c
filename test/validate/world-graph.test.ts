import { expect, test } from "vitest";
import type { FollowedWorld } from "../../src/catalogue/followed.ts";
import { edgesOf, type ObservedGraph } from "../../src/observed/observed-graph.ts";
import { observedVersion } from "../../src/validate/observed-version.ts";
import { freshGraph, graphOfWorld, keptText } from "../../src/validate/world-graph.ts";
import { observing, printingProblem, type Printing } from "../observed/printing-model.ts";

const step: Printing = {
  context: 0,
  field: "a",
  unless: 1,
  to: 1,
  waits: false,
  locks: false,
  rare: false,
  prints: [{ when: "before", n: 0 }],
};
const steps: readonly Printing[] = [step, { ...step, field: "b", unless: 0, to: 0, context: 1 }];

const worldOf = (those: readonly Printing[], kept?: string): FollowedWorld =>
  ({
    name: "printing",
    of: {},
    problem: () => printingProblem(those),
    observing: observing(those),
    ...(kept === undefined ? {} : { kept: () => kept }),
  }) as unknown as FollowedWorld;

/** One that no world has. */
const other: ObservedGraph = { labels: ["silent"], nodes: 1, ...edgesOf([[]]), facts: [] };

test("what is kept is used where it is of the model as it is, and made anew where it is not", async () => {
  const kept = keptText(worldOf(steps), other);
  const fresh = await freshGraph(worldOf(steps));
  expect(fresh.nodes).toBeGreaterThan(1);
  expect(await graphOfWorld(worldOf(steps, kept))).toEqual(other);
  expect(await graphOfWorld(worldOf(steps, kept.replace(/^./, "x")))).toEqual(fresh);
  expect(await graphOfWorld(worldOf(steps))).toEqual(fresh);
});

test.each<[string, Printing]>([
  ["does", { ...step, to: 2 }],
  ["waits for", { ...step, unless: 2 }],
  ["prints", { ...step, prints: [{ when: "before", n: 1 }] }],
  ["prints after its effect", { ...step, prints: [{ when: "after", n: 0 }] }],
  ["is taken by", { ...step, context: 1 }],
  ["is, rarely", { ...step, rare: true }],
])("the version changes with what a step %s", (_, changed) => {
  const version = (those: readonly Printing[]): string =>
    observedVersion(printingProblem(those), observing(those));
  expect(version([changed, steps[1]])).not.toBe(version(steps));
  expect(version([...steps])).toBe(version(steps));
});
