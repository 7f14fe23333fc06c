import { CheckError, unknownName } from "../errors.ts";
import { choiceOf, settingsOf } from "../model/choice.ts";
import type { Property } from "../model/property.ts";
import type { AnyScenario, Choice } from "../model/scenario.ts";

const initials = (id: string): string =>
  id
    .split("-")
    .map((word) => word[0] ?? "")
    .join("");

/** A property as a handle writes it: the initials of its words where no other property of the scenario has them. */
const codeOf = ({ properties }: AnyScenario, id: string): string => {
  const short = initials(id);
  const taken = properties.some(
    (other) => other.id !== id && (initials(other.id) === short || other.id === short),
  );
  return short.length < 3 || taken ? id : short;
};

/** The property that a handle means. @throws CheckError when the scenario has none such. */
const propertyOf = (scenario: AnyScenario, code: string): Property<unknown> => {
  const { properties } = scenario;
  const found =
    properties.find(({ id }) => id === code) ?? properties.find(({ id }) => codeOf(scenario, id) === code);
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
  readonly property: Property<unknown>;
  readonly schedule: string;
}

/** A handle as `scenario:design:guest:option=value,...:version:property:schedule`, without what is default or absent. */
export const handleText = ({ scenario, choice, version, property, schedule }: Handle): string =>
  [
    scenario.name,
    ...[choice.design, choice.guest].filter((name) => name !== null),
    ...[settingsOf(scenario, choice).join(",")].filter((set) => set !== ""),
    version,
    codeOf(scenario, property.id),
    schedule,
  ].join(":");

/**
 * Reads a handle.
 * @throws CheckError when it is malformed or names what the catalogue does not have.
 */
export const parseHandle = (text: string, scenarios: readonly AnyScenario[]): Handle => {
  const fields = text.split(":");
  const malformed = (why: string): CheckError =>
    new CheckError(
      "input",
      `malformed trace "${text.slice(0, 60)}": ${why}\n` +
        "  copy all of scenario:design:guest:version:property:schedule from the report",
    );
  const [name = "", ...rest] = fields;
  if (rest.length < 3) throw malformed(`it has ${fields.length} fields, a trace has four or more`);
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined)
    throw unknownName(
      "scenario",
      name,
      scenarios.map((known) => known.name),
      "see: apicv-check list scenarios",
    );
  const [version, code, schedule] = rest.slice(-3) as [string, string, string];
  const middle = rest.slice(0, -3);
  const design = scenario.designs.length > 0 ? middle.shift() : undefined;
  const guest = scenario.guests.length > 0 ? middle.shift() : undefined;
  if (scenario.designs.length > 0 && design === undefined) throw malformed("it names no design");
  if (scenario.guests.length > 0 && guest === undefined) throw malformed("it names no guest");
  const [settings, ...extra] = middle;
  if (extra.length > 0) throw malformed(`the field "${extra[0]}" is one too many`);
  if (!/^[0-9a-f]{6}$/.test(version)) throw malformed(`"${version}" is no model version (six hex digits)`);
  const set = settings === undefined ? [] : settings.split(",");
  return {
    scenario,
    choice: choiceOf(scenario, { design, guest, set }),
    version,
    property: propertyOf(scenario, code),
    schedule,
  };
};
