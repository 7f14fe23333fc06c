import { CheckError, unknownName } from "../errors.ts";
import { isCalled, type Property } from "../model/property.ts";
import { problemOf, type Bounds, type Explore, type Problem, type Pulse } from "../problem/exploration.ts";
import { choiceOf, type Wish } from "./choice.ts";
import { applicable, outcomeOf, type Outcome, type Question } from "./outcome.ts";
import type { AnyScenario } from "./scenario.ts";

/**
 * The properties of a scenario with these ids, or that had them once; all without ids.
 * @throws CheckError if it does not have one of them; names the nearest.
 */
export const propertiesNamed = (
  { name, properties }: AnyScenario,
  wanted: readonly string[] | undefined,
): readonly Property<unknown>[] => {
  if (wanted === undefined) return properties;
  const known = properties.map(({ id }) => id);
  for (const id of wanted)
    if (!properties.some((property) => isCalled(property, id)))
      throw unknownName("property", id, known, `the properties of ${name} are: ${known.join(", ")}`);
  return properties.filter((property) => wanted.some((id) => isCalled(property, id)));
};

/** What a question asks of an explorer. @throws CheckError when there is nothing to explore. */
export const posed = (question: Omit<Question, "asked">): Problem<unknown> => {
  const { scenario, choice } = question;
  const built = scenario.build(choice);
  const { model, start, unreachable } = built;
  const properties = applicable(question, built);
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

/** What is asked of a scenario, and how; what is left out takes the default. */
export interface Asking extends Wish {
  /** The ids of the properties of interest; all where left out. */
  readonly properties?: readonly string[];
  readonly bounds?: Bounds;
  /** The engine; the fast one where left out. */
  readonly explore?: Explore;
  /** The problem with symmetry or partial-order reduction laid over it. */
  readonly reduce?: (problem: Problem<unknown>) => Problem<unknown>;
  /** Follows the search and may stop it. */
  readonly pulse?: Pulse;
}

/** The names in an `Asking` that are no axes. */
const ASKED: readonly (keyof Asking)[] = ["properties", "bounds", "explore", "reduce", "pulse", "set"];

/** As an axis may have any name, a name that means nothing is seen only here. */
const checkAsking = ({ name, axes = {} }: AnyScenario, asking: Asking): void => {
  const known = [...Object.keys(axes), ...ASKED.map(String)];
  for (const word of Object.keys(asking))
    if (!known.includes(word))
      throw unknownName("word", word, known, `what can be asked of ${name}: ${known.join(", ")}`);
};

/**
 * Explores a scenario under a choice and judges its properties; every run is replayed on the reference semantics before
 * it is believed.
 * @throws CheckError when the scenario lacks what is asked for, or a guard, recipe or property is not as it must be.
 */
export const answer = async (scenario: AnyScenario, asking: Asking = {}): Promise<Outcome> => {
  const { bounds = {}, reduce = (whole) => whole, pulse = () => undefined } = asking;
  checkAsking(scenario, asking);
  const explore = asking.explore ?? (await import("../explore.ts")).exploreFast;
  const choice = choiceOf(scenario, asking);
  const properties = propertiesNamed(scenario, asking.properties);
  const problem = reduce(posed({ scenario, choice, properties }));
  const exploration = await explore(problem, bounds, pulse);
  const { depth = null, states = null } = bounds;
  const asked = { depth, switches: null, states, memoryBytes: null, seconds: null };
  return outcomeOf({ scenario, choice, properties, asked }, problem, exploration);
};
