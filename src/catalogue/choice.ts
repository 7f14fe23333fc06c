import { CheckError, unknownName } from "../errors.ts";
import { own } from "../schema/own.ts";
import { chosenOn, chosenPairs } from "../model/axis.ts";
import type { AnyScenario, Choice, Option } from "./scenario.ts";

/**
 * What a user asks of a scenario: under the name of an axis a value there, and options. What is left out takes the
 * scenario's default; what has the name of no axis of the scenario is not looked at.
 */
export interface Wish {
  /** Options as `name=value`. */
  readonly set?: readonly string[];
  readonly [axis: string]: unknown;
}

/** The value of an option where nobody says one, under what is chosen on the axes. */
export const defaultOf = (
  { values, follows }: Pick<Option, "values" | "follows">,
  chosen: Readonly<Record<string, unknown>>,
): string => {
  const on = follows && own(chosenOn(chosen), follows.axis);
  return (typeof on === "string" ? own(follows!.defaults, on) : undefined) ?? values[0] ?? "";
};

/** The asked-for member of a catalogue that may be empty, else its first. */
const pick = (
  kind: string,
  scenario: AnyScenario,
  names: readonly string[],
  wanted: unknown,
): string | null => {
  if (wanted === undefined || wanted === null) return names[0] ?? null;
  if (typeof wanted !== "string")
    throw new CheckError("usage", `the ${kind} asked of ${scenario.name} is no name`);
  if (names.length === 0)
    throw new CheckError("usage", `${scenario.name} has no ${kind} to choose: leave out --${kind} ${wanted}`);
  if (!names.includes(wanted))
    throw unknownName(kind, wanted, names, `${scenario.name} has: ${names.join(", ")}`);
  return wanted;
};

/** The options that were set, by name. */
const settings = (scenario: AnyScenario, set: readonly string[]): ReadonlyMap<string, string> => {
  const names = scenario.options.map(({ name }) => name);
  const settings = new Map<string, string>();
  for (const text of set) {
    const at = text.indexOf("=");
    if (at <= 0) throw new CheckError("usage", `--set takes option=value, not "${text}"`);
    const name = text.slice(0, at);
    const value = text.slice(at + 1);
    if (names.length === 0)
      throw new CheckError("usage", `${scenario.name} has no options: leave out --set ${text}`);
    const option = scenario.options.find((option) => option.name === name);
    if (option === undefined)
      throw unknownName("option", name, names, `the options of ${scenario.name} are: ${names.join(", ")}`);
    if (!option.values.includes(value))
      throw unknownName("value", value, option.values, `${name} takes: ${option.values.join(", ")}`);
    const before = settings.get(name);
    if (before !== undefined)
      throw new CheckError(
        "usage",
        before === value
          ? `--set gives ${name} twice: once is enough`
          : `--set gives ${name} two values: ${before} and ${value}`,
      );
    settings.set(name, value);
  }
  return settings;
};

/**
 * The choice that a wish makes in a scenario.
 * @throws CheckError when the scenario has no such value on an axis, option, or value of it; names the nearest.
 */
export const choiceOf = (scenario: AnyScenario, wish: Wish): Choice => {
  const set = settings(scenario, wish.set ?? []);
  const chosen = Object.fromEntries(
    Object.entries(scenario.axes ?? {}).map(([axis, names]) => [
      axis,
      pick(axis, scenario, names, own(wish, axis)),
    ]),
  );
  return {
    ...chosen,
    options: Object.fromEntries(
      scenario.options.map((option) => [option.name, set.get(option.name) ?? defaultOf(option, chosen)]),
    ),
  };
};

/** The options of a choice that differ from the scenario's defaults under what is chosen on the axes, as `name=value`. */
export const settingsOf = (scenario: AnyScenario, choice: Choice): readonly string[] =>
  scenario.options
    .filter((option) => own(choice.options, option.name) !== defaultOf(option, choice))
    .map(({ name }) => `${name}=${own(choice.options, name) ?? ""}`);

/**
 * The axes on which something was chosen, each with what, without those that preset options where it is the default: as a
 * world is named where defaults go without saying.
 */
export const namedPairs = (
  { axes = {}, presets = [] }: Pick<AnyScenario, "axes" | "presets">,
  choice: Choice,
): readonly (readonly [axis: string, value: string])[] =>
  chosenPairs(choice).filter(([axis, value]) => !presets.includes(axis) || value !== own(axes, axis)?.[0]);
