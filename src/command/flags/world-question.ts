import { propertiesNamed } from "../../catalogue/answer.ts";
import { withoutEffect } from "../../catalogue/no-effect.ts";
import type { Question } from "../../catalogue/outcome.ts";
import type { Problem, Pulse } from "../../problem/exploration.ts";
import { choiceOf } from "../../catalogue/choice.ts";
import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";

/** The options that say what is asked of which world, as parsed; beside them stand those of the catalogue's axes. */
export interface WorldFlags {
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly property?: readonly string[];
}

/** A question without its bounds. */
export type WorldQuestion = Omit<Question, "asked">;

/** The world and the properties that are asked for. @throws CheckError if they do not exist; names the nearest. */
export const worldAsked = (catalogue: Catalogue, flags: WorldFlags): WorldQuestion => {
  const scenario = scenarioNamed(catalogue, flags.scenario);
  const choice = choiceOf(scenario, { ...flags });
  return {
    scenario,
    choice,
    properties: propertiesNamed(scenario, flags.property),
    noEffect: withoutEffect(scenario, choice),
  };
};

/** The reductions asked for. */
export interface Reductions {
  /** Families, or true for all that are interchangeable. */
  readonly symmetry?: true | readonly string[];
  /** Partial-order reduction. */
  readonly por?: boolean;
}

/** The problem with the reductions asked for, of which a pulse is kept. @throws CheckError when one does not apply to it. */
export const reduced = async (
  problem: Problem<unknown>,
  { symmetry, por }: Reductions,
  pulse: Pulse = () => undefined,
): Promise<Problem<unknown>> => {
  if (por === true) return (await import("../../methods/por/reduced.ts")).reducedUnless(problem, pulse);
  if (symmetry === undefined) return problem;
  const { withSymmetry } = await import("../../methods/symmetry/choose-families.ts");
  return symmetry === true ? withSymmetry(problem) : withSymmetry(problem, symmetry);
};
