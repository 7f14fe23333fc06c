import type { Catalogue } from "../../catalogue/catalogue.ts";
import { choicesOf } from "../../catalogue/combinations.ts";
import { defaultOf, type Wish } from "../../catalogue/choice.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { own } from "../../schema/own.ts";
import type { Variation } from "../../variation/variation.ts";
import { written } from "../../variation/text/written.ts";

/** Values with the one that is chosen first; nothing where it is the default. */
const ordered = (
  values: readonly string[],
  chosen: unknown,
  usual = values[0],
): readonly string[] | undefined =>
  typeof chosen !== "string" || chosen === usual
    ? undefined
    : [chosen, ...values.filter((value) => value !== chosen)];

/**
 * A variation that has what is chosen as its defaults, so that it gives the same where nothing is chosen.
 * @throws CheckError when the scenario has no such value on an axis, option, or value of it.
 */
export const chosenFirst = (
  variation: Variation,
  { axes = [] }: Catalogue,
  scenario: AnyScenario,
  wish: Wish,
): Variation => {
  const [choice] = choicesOf(scenario, wish);
  const onAxes = axes.flatMap((axis) => {
    const values = ordered(own(scenario.axes ?? {}, axis.name) ?? [], own(choice, axis.name));
    return values === undefined ? [] : [{ axis, values: values.map(written) }];
  });
  const switches = variation.switch ?? [];
  const options = scenario.options
    .filter(({ name }) => !switches.some((one) => one.name.text === name))
    .flatMap((option) => {
      const { name, values } = option;
      const all = ordered(values, choice.options[name], defaultOf(option, choice));
      return all === undefined ? [] : [{ option: written(name), values: all.map(written) }];
    });
  const axesBefore = variation.axes ?? [];
  const optionsBefore = variation.options ?? [];
  return {
    ...variation,
    axes: [...axesBefore.filter(({ axis }) => !onAxes.some((one) => one.axis.name === axis.name)), ...onAxes],
    options: [
      ...optionsBefore.filter(({ option }) => !options.some((one) => one.option.text === option.text)),
      ...options,
    ],
    ...(variation.switch && {
      switch: switches.map((one) => ({
        ...one,
        values: one.values.toSorted(
          (a, b) =>
            Number(b.value.text === choice.options[one.name.text]) -
            Number(a.value.text === choice.options[one.name.text]),
        ),
      })),
    }),
  };
};
