import { expect, test } from "vitest";
import { scenarios } from "../../scenarios/index.ts";
import { share } from "../fixtures/runs.ts";
import { outcomeWithin, tracesOf, wrong } from "../trust/traces.ts";

/** The gate searches all of every world; here a large one is searched in part. */
const enough = share === 1 ? 300_000 : 5_000;

/** Each world is searched once for all that is asked of it. */
const outcomes = new Map<string, ReturnType<typeof outcomeWithin>>();
const outcomeFor = (scenario: (typeof scenarios)[number]): ReturnType<typeof outcomeWithin> => {
  const outcome = outcomes.get(scenario.name) ?? outcomeWithin(scenario, enough);
  outcomes.set(scenario.name, outcome);
  return outcome;
};

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  "%s with its defaults: every verdict is the expected one",
  async (_, scenario) => {
    const outcome = await outcomeFor(scenario);
    expect(outcome.properties.length).toBeGreaterThan(0);
    const surprises = outcome.properties
      .filter(({ verdict, asExpected }) => (verdict === "unknown" ? outcome.complete : !asExpected))
      .map(({ property, verdict, expected }) => `${property.id}: ${verdict}, expected ${expected}`);
    expect(surprises).toEqual([]);
    expect(outcome.stranded).toEqual([]);
  },
);

test("the trace of every violation and witness in them is right, to one who shares nothing with the engines", async () => {
  const traces = (await Promise.all(scenarios.map(outcomeFor))).flatMap(tracesOf);
  expect(traces.length).toBeGreaterThan(90);
  expect(
    traces.map((each) => ({ property: each.property.id, wrong: wrong(each) })).filter(({ wrong }) => wrong),
  ).toEqual([]);
});
