import { expect, test } from "vitest";
import { exploreFast, exploreReference, problemOf, type AnyScenario, type Exploration } from "#check";
import { benchmarks } from "../../models/bench/index.ts";

/** States, transitions and depth, as TLC, SPIN and Rumur count them too; the larger sizes are in the benchmark. */
const known = [
  ["bench/tdx-timer-n1g1", 196, 309, 27],
  ["bench/tdx-timer-n1g2", 686, 1_108, 51],
  ["bench/tdx-timer-n2g1", 123_456, 362_336, 68],
  ["bench/tdx-timer-n2g1-nohk", 80_511, 230_049, 53],
  ["bench/tdx-timer-n2g2", 1_258_486, 3_773_757, 105],
  ["bench/tdx-timer-n2g2-nohk", 286_255, 835_071, 68],
] as const;

/** The reference takes most of a minute for the larger ones: they are in the benchmark. */
const small = known.filter(([, states]) => states < 200_000);

const found = (name: string): AnyScenario => benchmarks.find((scenario) => scenario.name === name)!;
const problem = (name: string) => {
  const scenario = found(name);
  const { model, start } = scenario.build({ design: null, guest: null, options: {} });
  return problemOf(model, scenario.scope, scenario.properties, start);
};
const row = ({ stop, states, transitions, levels, deadlocks, findings }: Exploration<unknown>) => ({
  stop,
  states,
  transitions,
  depth: levels.length - 1,
  deadlocks,
  broken: findings.filter(({ path }) => path !== undefined).length,
});
const expected = ([states, transitions, depth]: readonly number[]) => ({
  stop: "exhausted",
  states,
  transitions,
  depth,
  deadlocks: 0,
  broken: 0,
});

test.for(known)("fast: %s", { timeout: 120_000 }, async ([name, ...numbers]) => {
  expect(row(await exploreFast(problem(name)))).toEqual(expected(numbers));
});

test.for(small)("reference: %s", { timeout: 120_000 }, async ([name, ...numbers]) => {
  expect(row(await exploreReference(problem(name)))).toEqual(expected(numbers));
});

test("every rule but an IPI to oneself is taken", async () => {
  const { steps } = problem("bench/tdx-timer-n2g1");
  const { fired } = await exploreFast(problem("bench/tdx-timer-n2g1"));
  const never = steps.filter(({ id }) => fired[id] === 0);
  expect(never.map(({ action, args }) => [action.name, args["i"] === args["j"]])).toEqual([
    ["IPI", true],
    ["IPI", true],
  ]);
});

test("a guard and recipe are run for few of the transitions", async () => {
  const { transitions, stats } = await exploreFast(problem("bench/tdx-timer-n2g2"));
  expect(stats.evaluations).toBeLessThan(transitions / 20);
});
