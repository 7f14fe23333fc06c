import type { AnyScenario } from "#check";
import { answer } from "../../src/catalogue/answer.ts";
import type { Wish } from "../../src/catalogue/choice.ts";
import { exploreFast } from "../../src/explore.ts";
import { mutantsOf } from "../../src/mutate/mutants.ts";
import { problemOf } from "../../src/problem/exploration.ts";

/**
 * What is not so of laws that hold of a world under a choice, and that are broken each by a small change of the model, named as
 * `mutate` names it.
 */
export const notBroken = async (
  scenario: AnyScenario,
  wish: Wish,
  broken: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  const { problem, exploration } = await answer(scenario, wish);
  const { model, scope, properties, start } = problem;
  const mutants = mutantsOf(problem, exploration);
  const told: string[] = [];
  for (const [id, change] of Object.entries(broken)) {
    const place = properties.findIndex((property) => property.id === id);
    const mutant = mutants.find((one) => one.id === change);
    if (place < 0 || mutant === undefined) {
      told.push(`${scenario.name} has no ${place < 0 ? id : change}`);
      continue;
    }
    if (exploration.findings[place].path !== undefined) told.push(`${id} is broken as it is`);
    const actions = model.actions.map((action) => mutant.mutated(action));
    const asked = problemOf({ ...model, actions }, scope, [properties[place]], start);
    const { findings } = await exploreFast(asked, { failFast: true });
    if (findings[0].path === undefined) told.push(`${id} holds with ${change}`);
  }
  return told;
};
