import { expect, test } from "vitest";
import { exploreFast, problemOf, type AnyScenario, type Choice } from "#check";
import { scenarios } from "../../models/index.ts";
import { agree } from "../agree.ts";

/** The reference explores this many states in about a second; larger scenarios are compared up to a depth. */
const full = 12_000;
const part = 2_500;

/** Every design and guest of a scenario, with the defaults of its options. */
const choicesOf = ({ designs, guests, options }: AnyScenario): readonly Choice[] =>
  (designs.length === 0 ? [null] : designs).flatMap((design) =>
    (guests.length === 0 ? [null] : guests).map((guest) => ({
      design,
      guest,
      options: Object.fromEntries(options.map(({ name, values }) => [name, values[0]])),
    })),
  );
const cases = scenarios.flatMap((scenario) =>
  choicesOf(scenario).map(
    (choice) =>
      [[scenario.name, choice.design, choice.guest].filter(Boolean).join(" "), scenario, choice] as const,
  ),
);

test.for(cases)("both engines agree on %s", { timeout: 120_000 }, async ([, scenario, choice]) => {
  const { model, start } = scenario.build(choice);
  const problem = problemOf(model, scenario.scope, scenario.properties, start);
  const sounded = await exploreFast(problem, { states: full + 1 });
  if (sounded.states <= full) return void (await agree(problem));
  let states = 0;
  const depth = sounded.levels.findIndex((level) => (states += level) > part) - 1;
  const answer = await agree(problem, { depth });
  expect(answer).toHaveProperty("found.stop", "depth");
});

test("every shipped scenario is among the cases", () => {
  expect(new Set(cases.map(([, { name }]) => name)).size).toBe(scenarios.length);
});
