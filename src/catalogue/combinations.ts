import { everyChosen } from "../model/axis.ts";
import { own } from "../schema/own.ts";
import { choiceOf, type Wish } from "./choice.ts";
import type { AnyScenario, Choice } from "./scenario.ts";

/** Every value that there is. */
const ALL = "*";

const isWide = (text: string): boolean => text === ALL || text.includes(",");

const valueIn = (setting: string): string => setting.slice(setting.indexOf("=") + 1);

/** What a wish says on an axis. */
const textOn = (wish: Wish, axis: string): string | undefined => {
  const text = own(wish, axis);
  return typeof text === "string" ? text : undefined;
};

/** The axes, of those named, and options of which a wish names several values. */
const wideNames = (wish: Wish, axes: readonly string[]): readonly string[] => [
  ...axes.filter((axis) => isWide(textOn(wish, axis) ?? "")),
  ...(wish.set ?? []).filter((setting) => isWide(valueIn(setting))).map((setting) => setting.split("=")[0]),
];

/** Whether a wish names several values, as `*` or with commas, on one of the axes or of an option. */
export const asksSeveral = (wish: Wish, axes: readonly string[]): boolean => wideNames(wish, axes).length > 0;

/** The axes and options of which a wish names several values, in the order of the scenario. */
export const severalIn = ({ axes = {}, options }: AnyScenario, wish: Wish): readonly string[] => {
  const known = Object.keys(axes);
  const wide = new Set(wideNames(wish, known));
  return [...known, ...options.map(({ name }) => name)].filter((name) => wide.has(name));
};

/** The values that a text names; an unknown one is for `choiceOf` to refuse. */
const valuesIn = (text: string, all: readonly string[]): readonly string[] =>
  text === ALL && all.length > 0 ? all : [...new Set(text.split(","))];

/**
 * Every choice that a wish makes where it names several values: `*` for all that there are, or some with commas. The last
 * option changes fastest. Whether options go together is known when a model is built.
 * @throws CheckError when the scenario has no such value on an axis, option, or value of it; names the nearest.
 */
export const choicesOf = (scenario: AnyScenario, wish: Wish): readonly Choice[] => {
  const chosen = everyChosen(scenario.axes ?? {}, (axis, values) => {
    const text = textOn(wish, axis);
    return text === undefined ? values.slice(0, 1) : valuesIn(text, values);
  });
  const sets = (wish.set ?? []).reduce<readonly (readonly string[])[]>(
    (sets, setting) => {
      const name = setting.slice(0, Math.max(0, setting.indexOf("=")));
      const option = scenario.options.find((one) => one.name === name);
      const settings =
        option === undefined
          ? [setting]
          : valuesIn(valueIn(setting), option.values).map((value) => `${name}=${value}`);
      return sets.flatMap((set) => settings.map((one) => [...set, one]));
    },
    [[]],
  );
  return chosen.flatMap((one) => sets.map((set) => choiceOf(scenario, { ...wish, ...one, set })));
};
