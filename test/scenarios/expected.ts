import { expect } from "vitest";
import { exploreFast, problemOf, type AnyScenario, type Choice, type Exploration } from "#check";
import { kvm } from "../../scenarios/kvm.ts";
import { casesOf } from "../../src/catalogue/cases.ts";
import { applicable, outcomeOf, type Outcome } from "../../src/catalogue/outcome.ts";
import { modelKey } from "../../src/catalogue/same-model.ts";
import { choiceOf, type Wish } from "../../src/catalogue/choice.ts";
import { expectationFor } from "../../src/catalogue/scenario.ts";
import { isLaw } from "../../src/model/property.ts";
import { share } from "../fixtures/runs.ts";

/** A world by its name. */
export const named = (name: string): AnyScenario => kvm.find((scenario) => scenario.name === name)!;

/** Every way to set the given options of a scenario, the others at their defaults. */
export const settings = (scenario: AnyScenario, options: readonly string[]): readonly (readonly string[])[] =>
  scenario.options
    .filter(({ name }) => options.includes(name))
    .reduce<readonly (readonly string[])[]>(
      (sets, { name, values }) => sets.flatMap((set) => values.map((value) => [...set, `${name}=${value}`])),
      [[]],
    );

/**
 * The searches of the world that was asked last, by model and properties: several of its choices come to the same one. Those
 * of all worlds would fill the heap.
 */
const known = new Map<string, Promise<Exploration<unknown>>>();
let last: AnyScenario | undefined;

/** What is asked of every choice: by night the laws as well, which `check`, the other half of the gate, asks of its cases. */
const asksOf = ({ properties }: AnyScenario): AnyScenario["properties"] =>
  share === 1 ? properties : properties.filter((property) => !isLaw(property));

/** The outcome of a complete search under a choice; none where a design cannot reach the start. */
export const ask = async (scenario: AnyScenario, wish: Wish): Promise<Outcome | undefined> => {
  const choice = choiceOf(scenario, wish);
  const asked = { depth: null, switches: null, states: null, memoryBytes: null, seconds: null };
  const question = { scenario, choice, properties: asksOf(scenario), asked };
  const built = scenario.build(choice);
  const { model, start, unreachable } = built;
  const properties = applicable(question, built);
  if (unreachable !== undefined) {
    expect(properties.map(({ id }) => id)).toEqual([]);
    return undefined;
  }
  const problem = problemOf(model, scenario.scope, properties, start);
  if (last !== scenario) known.clear();
  last = scenario;
  const key = JSON.stringify([modelKey(scenario, built), properties.map(({ id }) => id)]);
  const found = known.get(key) ?? exploreFast(problem);
  known.set(key, found);
  const outcome = outcomeOf(question, problem, await found);
  expect(outcome.complete).toBe(true);
  return outcome;
};

const checked = new Map<AnyScenario, ReadonlyMap<string, Choice>>();

/** The cases of a scenario by the model that they come to: `check`, the other half of the gate, searches each of these. */
const checkedOf = (scenario: AnyScenario): ReadonlyMap<string, Choice> => {
  const known =
    checked.get(scenario) ??
    new Map(casesOf(scenario).map(({ choice }) => [modelKey(scenario, scenario.build(choice)), choice]));
  checked.set(scenario, known);
  return known;
};

/** Whether the same verdict is expected of every property under both choices. */
const expectsTheSame = (scenario: AnyScenario, ...choices: readonly [Choice, Choice]): boolean =>
  scenario.properties.every(({ id }) => {
    const [one, other] = choices.map((choice) => expectationFor(scenario, id, choice)?.verdict);
    return one !== undefined && one === other;
  });

/**
 * Verdicts other than the expected ones; a property without an expectation is one. Nothing is searched where `check`
 * searches the same model, and expects the same of it.
 */
export const surprises = async (scenario: AnyScenario, wish: Wish): Promise<readonly string[]> => {
  const choice = choiceOf(scenario, wish);
  const like = checkedOf(scenario).get(modelKey(scenario, scenario.build(choice)));
  if (like !== undefined && expectsTheSame(scenario, choice, like)) return [];
  return ((await ask(scenario, wish))?.properties ?? [])
    .filter(({ expected, asExpected }) => !asExpected || expected === null)
    .map(({ property, verdict, expected }) => `${property.id}: ${verdict}, expected ${expected}`);
};

/** The guests that a world is explored with, and the designs that it is explored under. */
export const guestsOf = ({ axes }: AnyScenario): readonly string[] => axes?.["guest"] ?? [];
export const designsOf = ({ axes }: AnyScenario): readonly string[] => axes?.["design"] ?? [];
