import { describe, expect, test } from "vitest";
import { exploreFast, exploreReference, problemOf, type Property, type Verdict } from "#check";
import type { Finding, Stop } from "../../src/problem/exploration.ts";
import { oracles } from "../../models/textbook/index.ts";
import { share } from "../fixtures/runs.ts";

/** The reference engine takes seconds for the largest of them. */
const explore = share === 1 ? exploreReference : exploreFast;

/** The verdict of a search that only a constraint bounds. */
const verdict = ({ kind }: Property<never>, { antecedent, path }: Finding, stop: Stop): Verdict => {
  if (path !== undefined) return kind === "sometimes" ? "witnessed" : "violated";
  if (antecedent === 0) return "vacuous";
  return stop === "constraint" ? "holds-to-bound" : "holds";
};

describe.each(oracles.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
  test("expects one verdict of each of its properties, and why each violation is known", () => {
    expect(scenario.expected.map(({ property }) => property).toSorted()).toEqual(
      scenario.properties.map(({ id }) => id).toSorted(),
    );
    for (const { verdict, because } of scenario.expected)
      expect(because === undefined).toBe(verdict !== "violated");
  });

  test("gets the verdicts it expects", async () => {
    const { model, start } = scenario.build({ options: {} });
    const problem = problemOf(model, scenario.scope, scenario.properties, start);
    const { findings, stop } = await explore(problem);
    expect(
      scenario.properties.map((property, i) => [property.id, verdict(property, findings[i], stop)]),
    ).toEqual(
      scenario.properties.map(({ id }) => [
        id,
        scenario.expected.find(({ property }) => property === id)?.verdict,
      ]),
    );
  });
});
