import { chosenOn } from "../model/axis.ts";
import { CheckError } from "../errors.ts";
import { own } from "../schema/own.ts";
import { choiceOf, defaultOf, settingsOf } from "./choice.ts";
import type { AnyScenario, Choice } from "./scenario.ts";
import { modelKey } from "./same-model.ts";

/** Something that was chosen otherwise than by default and makes no difference: the model and its start are the same. */
export interface NoEffect {
  /** The option, or the axis. */
  readonly name: string;
  readonly isAxis: boolean;
  readonly value: string;
  /** The default, with which nothing is different. */
  readonly instead: string;
}

/** The key of a choice's model; undefined where its options do not go together. */
const keyOf = (scenario: AnyScenario, choice: Choice): string | undefined => {
  try {
    return modelKey(scenario, scenario.build(choice));
  } catch (error) {
    if (error instanceof CheckError && error.code === "usage") return undefined;
    throw error;
  }
};

/**
 * What a choice has otherwise than by default without any effect in this scenario, the rest being as chosen: what is
 * found so counts as not asked. `asked` are the axes and options that were named.
 */
export const withoutEffect = (
  scenario: AnyScenario,
  choice: Choice,
  asked: (name: string) => boolean = () => true,
): readonly NoEffect[] => {
  let key: string | undefined;
  const compared = (
    name: string,
    isAxis: boolean,
    value: string | null | undefined,
    [instead]: readonly string[],
    other: Choice,
  ): readonly NoEffect[] => {
    if (value === null || value === undefined || value === instead || !asked(name)) return [];
    key ??= keyOf(scenario, choice);
    return key !== undefined && key === keyOf(scenario, other) ? [{ name, isAxis, value, instead }] : [];
  };
  return [
    ...Object.entries(scenario.axes ?? {}).flatMap(([name, values]) =>
      compared(
        name,
        true,
        chosenOn(choice)[name],
        values,
        // What follows the axis is what it is by default there.
        choiceOf(scenario, {
          ...chosenOn(choice),
          [name]: values[0] ?? null,
          set: settingsOf(scenario, choice),
        }),
      ),
    ),
    ...scenario.options.flatMap((option) => {
      const { name } = option;
      // Where a variation leaves one value of an option, it is compared with that of what is varied.
      const usual = scenario.varied?.usual?.(name, choice) ?? defaultOf(option, choice);
      const options = { ...choice.options, [name]: usual };
      return compared(name, false, own(choice.options, name), [usual], { ...choice, options });
    }),
  ];
};

/** The options, of those that a choice sets otherwise than by default, without any effect in this scenario. */
export const optionsWithoutEffect = (scenario: AnyScenario, choice: Choice): readonly NoEffect[] =>
  withoutEffect(scenario, choice, (name) => scenario.options.some((option) => option.name === name));

/** `AXIS VALUE` or `OPTION=VALUE`, as it is set. */
export const settingText = ({ name, isAxis, value }: Pick<NoEffect, "name" | "isAxis" | "value">): string =>
  isAxis ? `${name} ${value}` : `${name}=${value}`;
