import { everyChosen } from "../model/axis.ts";
import { choiceOf } from "./choice.ts";
import type { AnyScenario, Choice } from "./scenario.ts";

/** A text that is the same for two choices that only differ on axes that preset options. */
const keyOf = ({ presets = [] }: Pick<AnyScenario, "presets">, choice: Choice): string =>
  JSON.stringify(Object.entries(choice).filter(([name]) => !presets.includes(name)));

/** Choices without those that differ from an earlier one on axes only that preset options. */
export const apart = (scenario: AnyScenario, choices: readonly Choice[]): readonly Choice[] => {
  const once = new Map<string, Choice>();
  for (const choice of choices) {
    const key = keyOf(scenario, choice);
    if (!once.has(key)) once.set(key, choice);
  }
  return [...once.values()];
};

/** Every choice on the axes with the options at their defaults, each once that says something else. */
export const distinctChoices = (scenario: AnyScenario): readonly Choice[] =>
  apart(
    scenario,
    everyChosen(scenario.axes ?? {}).map((chosen) => choiceOf(scenario, chosen)),
  );
