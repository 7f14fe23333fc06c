import fc from "fast-check";
import { expect, test } from "vitest";
import { scenarios as shippedScenarios } from "../../scenarios/index.ts";
import { chosenOn } from "../../src/model/axis.ts";
import { casesOf, groupsOf, shardOf } from "../../src/catalogue/cases.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { modelKey } from "../../src/catalogue/same-model.ts";
import { expectationFor } from "../../src/catalogue/scenario.ts";
import { scenarios } from "../fixtures/posting.ts";
import { runs, share } from "../fixtures/runs.ts";

const [posting] = scenarios;

test("each design and guest is a case, and each setting that an expectation speaks of", () => {
  expect(
    casesOf(posting).map(({ choice }) =>
      [...Object.values(chosenOn(choice)), choice.options["notification"]].join(" "),
    ),
  ).toEqual([
    "mode-first vmx ipi",
    "mode-first td ipi",
    "sync-first vmx ipi",
    "sync-first td ipi",
    "mode-first vmx none",
    "mode-first td none",
    "sync-first vmx none",
    "sync-first td none",
  ]);
});

test("cases that come to the same model stand together, others do not", () => {
  const groups = groupsOf(scenarios);
  // The fixture's guests do not differ; its models are made anew for the option, but of the same actions.
  expect(groups.map(({ cases }) => cases.length)).toEqual([2, 2, 2, 2]);
});

/** By night all that ship, else a fifth of them. */
const some = shippedScenarios.filter((_, i) => i % Math.round(1 / share) === 0);
const shipped = groupsOf(some);

test("a choice comes to the same actions each time, so that what is one model is searched once", () => {
  for (const scenario of shippedScenarios) {
    const choice = choiceOf(scenario, {});
    const [one, again] = [scenario.build(choice), scenario.build(choice)];
    expect(modelKey(scenario, again)).toBe(modelKey(scenario, one));
  }
});

test("whatever the choice, an expectation that counts under it counts in some case", () => {
  const counting = new Map(
    shippedScenarios.map((scenario) => [
      scenario,
      new Set(
        casesOf(scenario).flatMap(({ choice }) =>
          scenario.properties.map(({ id }) => expectationFor(scenario, id, choice)),
        ),
      ),
    ]),
  );
  const choice = fc.constantFrom(...shippedScenarios).chain((scenario) => {
    const one = (names: readonly string[]) => fc.constantFrom(...(names.length === 0 ? [null] : names));
    return fc.record({
      scenario: fc.constant(scenario),
      choice: fc.record({
        design: one(scenario.axes?.["design"] ?? []),
        guest: one(scenario.axes?.["guest"] ?? []),
        options: fc.record(
          Object.fromEntries(scenario.options.map(({ name, values }) => [name, fc.constantFrom(...values)])),
        ),
      }),
    });
  });
  fc.assert(
    fc.property(choice, ({ scenario, choice }) => {
      const met = scenario.properties.map(({ id }) => expectationFor(scenario, id, choice));
      expect(met.filter((expectation) => !counting.get(scenario)?.has(expectation))).toEqual([]);
    }),
    { numRuns: runs(2_000) },
  );
});

test("shards are disjoint, of a size, and together the whole, in the same way every time", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (of) => {
      const shards = Array.from({ length: of }, (_, i) => shardOf(shipped, { shard: i + 1, of }));
      const sizes = shards.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(new Set(shards.flat()).size).toBe(shipped.length);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(shipped.length);
    }),
    { numRuns: runs(100) },
  );
  const names = (groups: typeof shipped) => groups.map(({ cases }) => cases.map(({ choice }) => choice));
  expect(names(some.flatMap((scenario) => groupsOf([scenario])))).toEqual(names(shipped));
});
