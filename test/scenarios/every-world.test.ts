import { expect, test } from "vitest";
import { exploreFast, problemOf } from "#check";
import { scenarios } from "../../scenarios/index.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { applicable, outcomeOf } from "../../src/catalogue/outcome.ts";
import { share } from "../fixtures/runs.ts";

/** The gate searches all of every world; here a large one is searched in part. */
const enough = share === 1 ? 60_000 : 5_000;

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  "%s with its defaults: every verdict is the expected one",
  async (_, scenario) => {
    const asked = { depth: null, switches: null, states: enough, memoryBytes: null, seconds: null };
    const question = { scenario, choice: choiceOf(scenario, {}), properties: scenario.properties, asked };
    const { model, start } = scenario.build(question.choice);
    const problem = problemOf(model, scenario.scope, applicable(question), start);
    const outcome = outcomeOf(question, problem, await exploreFast(problem, { states: enough }));
    expect(outcome.properties.length).toBeGreaterThan(0);
    const surprises = outcome.properties
      .filter(({ verdict, asExpected }) => (verdict === "unknown" ? outcome.complete : !asExpected))
      .map(({ property, verdict, expected }) => `${property.id}: ${verdict}, expected ${expected}`);
    expect(surprises).toEqual([]);
    expect(outcome.stranded).toEqual([]);
  },
);
