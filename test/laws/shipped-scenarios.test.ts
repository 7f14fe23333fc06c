import { expect, test } from "vitest";
import { exploreFast, problemOf, type AnyScenario, type Choice } from "#check";
import { scenarios } from "../../scenarios/index.ts";
import { distinctChoices } from "../../src/catalogue/distinct-choices.ts";
import { chosenOn } from "../../src/model/axis.ts";
import { agree } from "../fixtures/agree.ts";
import { share } from "../fixtures/runs.ts";

/** Scenarios of more states than the reference explores in a fraction of a second are compared up to a depth. */
const full = share === 1 ? 4_000 : 400;
const part = share === 1 ? 1_500 : 120;

const numbers = new Map<unknown, number>();
const numberOf = (thing: unknown): number => {
  const number = numbers.get(thing) ?? numbers.size;
  numbers.set(thing, number);
  return number;
};
/** What decides the answer; designs that come to the same model and start are compared once. */
const problemKey = (scenario: AnyScenario, choice: Choice): string => {
  const { model, start } = scenario.build(choice);
  return JSON.stringify([scenario.name, model.actions.map(numberOf), start]);
};

/** Each choice of a scenario that comes to a model of its own. */
const casesOf = (scenario: AnyScenario) => [
  ...new Map(
    distinctChoices(scenario)
      .toReversed()
      .map((choice) => [problemKey(scenario, choice), choice] as const),
  ).values(),
];

/** One choice whose start can be reached: from scenario to scenario they take turns. */
const oneOf = (scenario: AnyScenario, turn: number): readonly Choice[] => {
  const all = distinctChoices(scenario);
  const first = turn % all.length;
  const found = [...all.slice(first), ...all.slice(0, first)].find(
    (choice) => scenario.build(choice).start.length > 0,
  );
  return found === undefined ? [] : [found];
};

/** By night all cases, else one of each scenario. */
const cases = scenarios.flatMap((scenario, turn) => {
  return (share === 1 ? casesOf(scenario) : oneOf(scenario, turn)).map(
    (choice) => [[scenario.name, ...Object.values(chosenOn(choice))].join(" "), scenario, choice] as const,
  );
});

test.for(cases)("both engines agree on %s", async ([, scenario, choice]) => {
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
