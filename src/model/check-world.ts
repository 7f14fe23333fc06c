import { AXES, type AxisValues } from "./axis.ts";
import { CheckError } from "../errors.ts";
import { checkName, checkNamesApart } from "./check-names.ts";

/** What `checkWorld` looks at of a scenario. */
export interface NamesOfWorld extends AxisValues {
  readonly name: string;
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly scope: Readonly<Record<string, number>>;
  readonly start: string;
  readonly properties: readonly { readonly id: string }[];
}

/** Names of options that an expectation means something else by. */
const TAKEN: readonly string[] = AXES.map((axis) => axis.name);

/**
 * Refuses a world whose names could not be written in a trace, which reads `world:design:guest:option=value,...`.
 * @throws CheckError with the name and the rule.
 */
export const checkWorld = (world: NamesOfWorld): void => {
  const { name, options, scope, start, properties } = world;
  checkName("a world", name);
  for (const axis of AXES) checkNamesApart(`a ${axis.name}`, world[axis.plural], name);
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
  for (const option of options) {
    const what = `the option ${option.name} of ${name}`;
    checkNamesApart("a value", option.values, what);
    if (TAKEN.includes(option.name))
      throw new CheckError("model", `${what} is called as something else is: call it otherwise`);
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
