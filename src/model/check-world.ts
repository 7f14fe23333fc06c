import type { AxisValues } from "./axis.ts";
import { CheckError, unknownName } from "../errors.ts";
import { checkName, checkNamesApart } from "./check-names.ts";

/** What `checkWorld` looks at of a scenario. */
export interface NamesOfWorld {
  readonly name: string;
  readonly axes?: AxisValues;
  readonly presets?: readonly string[];
  readonly options: readonly {
    readonly name: string;
    readonly values: readonly string[];
    readonly follows?: { readonly axis: string; readonly defaults: Readonly<Record<string, string>> };
  }[];
  readonly scope: Readonly<Record<string, number>>;
  readonly start: string;
  readonly properties: readonly { readonly id: string }[];
}

/** What stands beside the axes in a choice and in a wish. */
const TAKEN: readonly string[] = ["options", "set"];

/**
 * Refuses a name of an axis, or of whatever else becomes a flag, that is no word or means something else in a choice.
 * @throws CheckError with the name and the rule.
 */
export const checkAxis = (axis: string, of: string): void => {
  if (!/^[a-z]+$/.test(axis))
    throw new CheckError("model", `an axis of ${of} is called "${axis}": it takes a word in small letters`);
  if (TAKEN.includes(axis)) throw taken(`the axis ${axis} of ${of}`);
};

const taken = (what: string): CheckError =>
  new CheckError("model", `${what} is called as something else is: call it otherwise`);

/** Refuses an option that follows an axis to a value that it does not have, or one that there is not. */
const checkFollows = (
  { name, values, follows }: NamesOfWorld["options"][number],
  { name: world, axes = {} }: NamesOfWorld,
): void => {
  if (follows === undefined) return;
  const known = Object.keys(axes);
  if (!known.includes(follows.axis))
    throw unknownName("axis", follows.axis, known, `the option ${name} of ${world} follows it`);
  for (const [on, value] of Object.entries(follows.defaults))
    if (!values.includes(value))
      throw unknownName(
        `value of ${name}`,
        value,
        values,
        `it is the default under ${follows.axis} ${on} in ${world}`,
      );
};

/** Refuses axes that are to preset options, and of which there is none. */
const checkPresets = ({ name, axes = {}, presets = [] }: NamesOfWorld): void => {
  const known = Object.keys(axes);
  for (const axis of presets)
    if (!known.includes(axis)) throw unknownName("axis", axis, known, `it presets options of ${name}`);
};

/**
 * Refuses a world whose names could not be written in a trace, which reads `world:value:...:option=value,...`, with a value for each axis.
 * @throws CheckError with the name and the rule.
 */
export const checkWorld = (world: NamesOfWorld): void => {
  const { name, axes = {}, options, scope, start, properties } = world;
  checkName("a world", name);
  for (const [axis, values] of Object.entries(axes)) {
    checkAxis(axis, name);
    checkNamesApart(`a ${axis}`, values, name);
  }
  checkNamesApart(
    "an option",
    options.map((option) => option.name),
    name,
  );
  checkNamesApart(
    "a property",
    properties.map(({ id }) => id),
    name,
  );
  checkName(`the start point of ${name}`, start);
  for (const family of Object.keys(scope)) checkName(`a family of ${name}`, family);
  checkPresets(world);
  for (const option of options) {
    checkFollows(option, world);
    const what = `the option ${option.name} of ${name}`;
    checkNamesApart("a value", option.values, what);
    if (Object.hasOwn(axes, option.name)) throw taken(what);
    for (const [text, unfit] of [
      [option.name, /[=,]/u],
      ...option.values.map((value) => [value, /,/u] as const),
    ] as const)
      if (unfit.test(text))
        throw new CheckError(
          "model",
          `${what} has ${JSON.stringify(text)} for a name or value: in a trace "=" stands behind the name and "," behind the value`,
        );
  }
};
