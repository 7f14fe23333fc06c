import type { Case } from "../../catalogue/cases.ts";
import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { CheckError, unknownName } from "../../errors.ts";
import { filesIn, isFile } from "../flags/scenario-file.ts";
import { chosenOn, type Axis } from "../../model/axis.ts";
import type { Property } from "../../model/property.ts";
import { programName } from "../../program-name.ts";

/** The scenarios that are named, and those of the files among the names; all that ship where nothing is. */
const meant = (catalogue: Catalogue, names: readonly string[]): readonly AnyScenario[] =>
  names.length === 0
    ? catalogue.scenarios
    : [...new Set(names)].flatMap((name) => {
        if (!isFile(name)) return [scenarioNamed(catalogue, name)];
        const files = filesIn(name);
        return catalogue.scenarios.filter(
          ({ name: own, varied }) => varied !== undefined && files.includes(varied.by) && varied.from !== own,
        );
      });

/** Which cases are to be checked, and for which properties. */
export interface Wanted {
  readonly scenarios: readonly AnyScenario[];
  readonly wants: (one: Case) => boolean;
  /** What is chosen on the axes, by their names. */
  readonly at: Readonly<Record<string, readonly string[]>>;
  readonly propertiesOf: (scenario: AnyScenario) => readonly Property<unknown>[];
  /** Whether this is all that ships. */
  readonly all: boolean;
}

const checkKnown = (kind: string, asked: readonly string[], known: ReadonlySet<string>): void => {
  for (const name of asked)
    if (!known.has(name)) throw unknownName(kind, name, [...known], `see: ${programName()} check --list`);
};

/**
 * The cases and properties that are asked for.
 * @throws CheckError for a scenario, a property or a value on an axis that none of them has; names the nearest.
 */
export const casesWanted = (
  catalogue: Catalogue,
  axes: readonly Axis[],
  names: readonly string[],
  flags: Readonly<Record<string, unknown>> & {
    readonly property?: readonly string[];
    readonly settings?: readonly string[];
  },
): Wanted => {
  const scenarios = meant(catalogue, names);
  if (scenarios.length === 0)
    throw new CheckError(
      "usage",
      `${names.join(", ")}: there is no scenario to check: name one besides, to which it adds`,
    );
  const { property, settings = [] } = flags;
  const chosen = axes.flatMap(({ name }) => {
    const value = flags[name];
    return typeof value === "string" ? [{ name, values: value.split(",") }] : [];
  });
  for (const { name, values } of chosen)
    checkKnown(name, values, new Set(scenarios.flatMap((scenario) => scenario.axes?.[name] ?? [])));
  checkKnown(
    "property",
    property ?? [],
    new Set(scenarios.flatMap((scenario) => scenario.properties.map(({ id }) => id))),
  );
  const propertiesOf = ({ properties }: AnyScenario): readonly Property<unknown>[] =>
    property === undefined ? properties : properties.filter(({ id }) => property.includes(id));
  return {
    scenarios: scenarios.filter((one) => property === undefined || propertiesOf(one).length > 0),
    wants: ({ choice: { ...choice } }) =>
      chosen.every(({ name, values }) => values.includes(chosenOn(choice)[name] ?? "")) &&
      settings.every((setting) => Object.entries(choice.options).some((pair) => pair.join("=") === setting)),
    at: Object.fromEntries(chosen.map(({ name, values }) => [name, values])),
    propertiesOf,
    all: names.length === 0 && property === undefined && chosen.length === 0,
  };
};
