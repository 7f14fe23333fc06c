import { expect, test } from "vitest";
import { exploreFast } from "#check";
import { scenarios } from "../../scenarios/index.ts";
import { sizes } from "../../scenarios/sizes.ts";
import { groupsOf } from "../../src/catalogue/cases.ts";
import { worldText, type Size } from "../../src/catalogue/size.ts";

const known = new Map<string, Size>(Object.entries(sizes));
const groups = groupsOf(scenarios).map(({ problem, cases }) => ({
  problem,
  worlds: cases.map(({ scenario, choice }) => worldText(scenario, choice)),
}));

test("every world of a known size is there as it was measured; npm run sizes measures them anew", () => {
  const all = new Set(groups.flatMap(({ worlds }) => worlds));
  expect([...known.keys()].filter((world) => !all.has(world))).toEqual([]);
  expect(known.size).toBeGreaterThan(30);
});

test("the smallest of them has the states that are said, in about as many bytes", async () => {
  const [[world, size]] = [...known].toSorted(([, a], [, b]) => a.states - b.states);
  const { problem } = groups.find(({ worlds }) => worlds.includes(world))!;
  const { states, tableBytes } = await exploreFast(problem);
  expect(states).toBe(size.states);
  expect(tableBytes / size.bytes).toBeGreaterThan(0.9);
  expect(tableBytes / size.bytes).toBeLessThan(1.1);
});
