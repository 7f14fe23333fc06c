import { expect, test } from "vitest";
import {
  exploreFast,
  exploreReference,
  problemOf,
  withSymmetry,
  type AnyScenario,
  type Exploration,
} from "#check";
import { share } from "../../fixtures/runs.ts";
import { benchmarks, knownAnswers } from "../../../models/textbook/benchmark/index.ts";

/** The larger sizes are in the benchmark; those that take the reference some seconds are asked of it by night. */
const forFast = knownAnswers.filter(({ states }) => states < 10_000_000);
const forReference = knownAnswers.filter(({ states }) => states < 200_000 * share);

const found = (name: string): AnyScenario => benchmarks.find((scenario) => scenario.name === name)!;
const problem = (name: string) => {
  const scenario = found(name);
  const { model, start } = scenario.build({ options: {} });
  return problemOf(model, scenario.scope, scenario.properties, start);
};
/** Each size is searched once for all that is asked of it. */
const searches = new Map<string, ReturnType<typeof exploreFast>>();
const fast = (name: string): ReturnType<typeof exploreFast> => {
  const search = searches.get(name) ?? exploreFast(problem(name));
  searches.set(name, search);
  return search;
};
const row = ({ stop, states, transitions, levels, deadlocks, findings }: Exploration<unknown>) => ({
  stop,
  states,
  transitions,
  depth: levels.length - 1,
  deadlocks,
  broken: findings.filter(({ path }) => path !== undefined).length,
});
const expected = ({ states, transitions, depth }: (typeof knownAnswers)[number]) => ({
  stop: "exhausted",
  states,
  transitions,
  depth,
  deadlocks: 0,
  broken: 0,
});

test.for(forFast)("fast: $scenario", async (known) => {
  expect(row(await fast(known.scenario))).toEqual(expected(known));
});

test.for(forReference)("reference: $scenario", async (known) => {
  expect(row(await exploreReference(problem(known.scenario)))).toEqual(expected(known));
});

/** Not the largest, which the benchmark explores. */
const upToSymmetry = knownAnswers.filter(
  ({ scenario, orbits }) => !scenario.includes("n1") && orbits < 1_000_000,
);

test.for(upToSymmetry)("fast, up to symmetry: $scenario", async ({ scenario, orbits, depth }) => {
  const exploration = await exploreFast(withSymmetry(problem(scenario)));
  expect(row(exploration)).toMatchObject({
    stop: "exhausted",
    states: orbits,
    depth,
    deadlocks: 0,
    broken: 0,
  });
});

test("the catalogue has each size once", () => {
  expect(benchmarks.map(({ name }) => name).toSorted()).toEqual(
    knownAnswers.map(({ scenario }) => scenario).toSorted(),
  );
});

test("every rule but an IPI to oneself is taken", async () => {
  const { steps } = problem("bench/tdx-timer-n2g1");
  const { fired } = await fast("bench/tdx-timer-n2g1");
  const never = steps.filter(({ id }) => fired[id] === 0);
  expect(never.map(({ action, args }) => [action.name, args["i"] === args["j"]])).toEqual([
    ["IPI", true],
    ["IPI", true],
  ]);
});

test("a guard and recipe are run for few of the transitions", async () => {
  const { transitions, stats } = await fast("bench/tdx-timer-n2g2");
  expect(stats.evaluations).toBeLessThan(transitions / 1000);
});
