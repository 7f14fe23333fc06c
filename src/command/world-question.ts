import { applicable, type Question } from "../catalogue/outcome.ts";
import { CheckError, unknownName } from "../errors.ts";
import { problemOf, type Problem, type Pulse } from "../problem/exploration.ts";
import { choiceOf } from "../catalogue/choice.ts";
import type { Property } from "../model/property.ts";
import type { AnyScenario } from "../catalogue/scenario.ts";
import { scenarioNamed, type Catalogue } from "../catalogue/catalogue.ts";

/** The options that say what is asked of which world, as parsed. */
export interface WorldFlags {
  readonly scenario?: string;
  readonly design?: string;
  readonly guest?: string;
  readonly set?: readonly string[];
  readonly property?: readonly string[];
}

/** A question but for its bounds. */
export type WorldQuestion = Omit<Question, "asked">;

const propertiesNamed = (
  { name, properties }: AnyScenario,
  wanted: readonly string[] | undefined,
): readonly Property<unknown>[] => {
  if (wanted === undefined) return properties;
  const known = properties.map(({ id }) => id);
  for (const id of wanted)
    if (!known.includes(id))
      throw unknownName("property", id, known, `the properties of ${name} are: ${known.join(", ")}`);
  return properties.filter(({ id }) => wanted.includes(id));
};

/** The world and the properties that are asked for. @throws CheckError when there are none such; names the nearest. */
export const worldAsked = (catalogue: Catalogue, flags: WorldFlags): WorldQuestion => {
  const scenario = scenarioNamed(catalogue, flags.scenario);
  return {
    scenario,
    choice: choiceOf(scenario, flags),
    properties: propertiesNamed(scenario, flags.property),
  };
};

/** What a question asks of an explorer. @throws CheckError when there is nothing to explore. */
export const posed = (question: WorldQuestion): Problem<unknown> => {
  const { scenario, choice } = question;
  const { model, start, unreachable } = scenario.build(choice);
  const properties = applicable(question);
  // A design may refuse what a scenario does, and then no property says anything of it.
  if (start.length === 0 && (properties.length > 0 || question.properties.length === 0))
    throw new CheckError(
      "model",
      `${scenario.name} has no start state${unreachable === undefined ? "" : ` (${unreachable})`}: there is nothing to explore`,
    );
  if (model.actions.length === 0)
    throw new CheckError("model", `${scenario.name} has no actions: there is nothing to explore`);
  return problemOf(model, scenario.scope, properties, start);
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
  if (por === true) return (await import("../methods/por/reduced.ts")).reducedUnless(problem, pulse);
  if (symmetry === undefined) return problem;
  const { withSymmetry } = await import("../methods/symmetry/choose-families.ts");
  return symmetry === true ? withSymmetry(problem) : withSymmetry(problem, symmetry);
};
