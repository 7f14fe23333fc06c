import { EVERY_STEP_ENDS, everyStepEnds } from "../check/every-step-ends.ts";
import { CheckError, unknownName } from "../errors.ts";
import { problemOf } from "../problem/exploration.ts";
import { choiceOf } from "./choice.ts";
import { isCalled, type Property } from "../model/property.ts";
import type { AnyScenario, Choice } from "./scenario.ts";
import { scenarioCalled } from "./scenario-called.ts";
import { worldText } from "./size.ts";

const initials = (id: string): string =>
  id
    .split("-")
    .map((word) => word[0] ?? "")
    .join("");

/** A property as a handle writes it: the initials of its words where no other property of the scenario has them. */
const codeOf = ({ properties, varied }: AnyScenario, id: string): string => {
  // Which others flags ask is not known where its run is read.
  if (varied?.again.byFlags === true || id === EVERY_STEP_ENDS) return id;
  const short = initials(id);
  const taken = properties.some(
    (other) => other.id !== id && (initials(other.id) === short || other.id === short),
  );
  return short.length < 3 || taken ? id : short;
};

/** The property that a handle means. @throws CheckError if the scenario does not have it. */
const propertyOf = (scenario: AnyScenario, choice: Choice, code: string): Property<unknown> => {
  const { properties } = scenario;
  if (code === EVERY_STEP_ENDS)
    return everyStepEnds(() => {
      const { model, start } = scenario.build(choice);
      return problemOf(model, scenario.scope, [], start);
    });
  const found =
    properties.find((property) => isCalled(property, code)) ??
    properties.find(({ id }) => codeOf(scenario, id) === code) ??
    properties.find(({ formerly = [] }) => formerly.some((id) => initials(id) === code));
  if (found !== undefined) return found;
  const known = properties.map(({ id }) => id);
  throw unknownName("property", code, known, `${scenario.name} has: ${known.join(", ")}`);
};

/** A saved run, complete enough to be replayed from a mail. */
export interface Handle {
  readonly scenario: AnyScenario;
  readonly choice: Choice;
  /** The version of the model that the run was made for. */
  readonly version: string;
  /** The property that the run decides; null of a run that was walked and decides none. */
  readonly property: Property<unknown> | null;
  readonly schedule: string;
}

/** The form of a model's version. */
const VERSION = /^[0-9a-f]{6}$/;

/** What stands for the property where a run decides none. */
const NONE = "-";

/**
 * A handle as `scenario:value:...:option=value,...:version:property:schedule`, as `worldText` names the world; the property is `-` where the run decides none.
 */
export const handleText = ({ scenario, choice, version, property, schedule }: Handle): string =>
  [
    worldText(scenario, choice),
    version,
    property === null ? NONE : codeOf(scenario, property.id),
    schedule,
  ].join(":");

const malformed = (text: string, why: string, { axes = {} }: Pick<AnyScenario, "axes">): CheckError =>
  new CheckError(
    "input",
    `malformed trace "${text.slice(0, 60)}": ${why}\n` +
      `  copy all of ${["scenario", ...Object.keys(axes), "version", "property", "schedule"].join(":")} from the report`,
  );

/** The choice that the fields between the scenario and the version name. */
const choiceIn = (text: string, scenario: AnyScenario, fields: readonly string[]): Choice => {
  const left = [...fields];
  const next = (kind: string, names: readonly string[]): string | undefined => {
    if (names.length === 0) return undefined;
    const name = left.shift();
    if (name === undefined) throw malformed(text, `it names no ${kind}`, scenario);
    return name;
  };
  /** What presets options goes without saying where it is the default. */
  const isLeftOut = (axis: string): boolean =>
    scenario.presets?.includes(axis) === true && (left[0]?.includes("=") ?? true);
  const chosen = Object.fromEntries(
    Object.entries(scenario.axes ?? {}).map(([axis, names]) => [
      axis,
      isLeftOut(axis) ? undefined : next(axis, names),
    ]),
  );
  const [settings, ...extra] = left;
  if (extra.length > 0) throw malformed(text, `the field "${extra[0]}" is one too many`, scenario);
  return choiceOf(scenario, { ...chosen, set: settings === undefined ? [] : settings.split(",") });
};

/** Says what to do besides where a scenario is not known: it may be that of a file. */
const fromFileToo = <T>(find: () => T): T => {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    throw new CheckError(
      error.code,
      `${error.message}; the trace of a scenario file needs that file: --file FILE; one that ends in +flags needs the flags it was found with`,
      { cause: error },
    );
  }
};

/**
 * Reads what `worldText` prints, or a handle, of which the world is meant alone.
 * @throws CheckError when it is malformed or names what the catalogue does not have.
 */
export const parseWorld = (
  text: string,
  scenarios: readonly AnyScenario[],
): Pick<Handle, "scenario" | "choice"> => {
  const [name = "", ...rest] = text.split(":");
  const scenario = fromFileToo(() => scenarioCalled(scenarios, name));
  const isHandle = VERSION.test(rest.at(-3) ?? "");
  return { scenario, choice: choiceIn(text, scenario, isHandle ? rest.slice(0, -3) : rest) };
};

/**
 * Reads a handle.
 * @throws CheckError when it is malformed or names what the catalogue does not have.
 */
export const parseHandle = (text: string, scenarios: readonly AnyScenario[]): Handle => {
  const [name = "", ...rest] = text.split(":");
  if (rest.length < 3)
    throw malformed(text, `it has ${rest.length + 1} fields, a trace has four or more`, scenarios[0] ?? {});
  const scenario = fromFileToo(() => scenarioCalled(scenarios, name));
  const [version, code, schedule] = rest.slice(-3) as [string, string, string];
  const choice = choiceIn(text, scenario, rest.slice(0, -3));
  if (!VERSION.test(version))
    throw malformed(text, `"${version}" is no model version (six hex digits)`, scenario);
  const property = code === NONE ? null : propertyOf(scenario, choice, code);
  return { scenario, choice, version, property, schedule };
};
