import { expect, test } from "vitest";
import { exploreFast, problemOf } from "#check";
import { scenarios } from "../../scenarios/index.ts";
import { sizes } from "../../scenarios/sizes.ts";
import { casesOf } from "../../src/catalogue/cases.ts";
import { worldText, type Size } from "../../src/catalogue/size.ts";

const known = new Map<string, Size>(Object.entries(sizes));
const cases = new Map(
  scenarios.flatMap(casesOf).map((each) => [worldText(each.scenario, each.choice), each] as const),
);

test("every world of a known size is there as it was measured; npm run sizes measures them anew", () => {
  expect([...known.keys()].filter((world) => !cases.has(world))).toEqual([]);
  expect(known.size).toBeGreaterThan(30);
});

test("the smallest of them has the states that are said, in about as many bytes", async () => {
  const [[world, size]] = [...known].toSorted(([, a], [, b]) => a.states - b.states);
  const { scenario, choice } = cases.get(world)!;
  const { model, start } = scenario.build(choice);
  const problem = problemOf(model, scenario.scope, scenario.properties, start);
  const { states, tableBytes } = await exploreFast(problem);
  expect(states).toBe(size.states);
  expect(tableBytes / size.bytes).toBeGreaterThan(0.9);
  expect(tableBytes / size.bytes).toBeLessThan(1.1);
});
