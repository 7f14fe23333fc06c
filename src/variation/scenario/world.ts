import { defaultOf } from "../../catalogue/choice.ts";
import type { Choice, Option } from "../../catalogue/instantiated.ts";
import type { Origin, Place } from "../../catalogue/origin.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import type { AxisValues } from "../../model/axis.ts";
import { own } from "../../schema/own.ts";
import { FaultError, unknown, type Faults } from "../text/faults.ts";
import type { Variation } from "../variation.ts";
import type { Written } from "../text/written.ts";

/** What is varied: a scenario, and what it is made of. */
export interface Base {
  readonly scenario: AnyScenario;
  readonly origin: Origin<unknown>;
}

/** The scenario that is varied. @throws FaultError where there is none, or it cannot be. */
export const baseOf = (said: Written, scenarios: readonly AnyScenario[]): Base => {
  // A scenario that is a variation itself is one that can be varied where it says what it is made of.
  const scenario = scenarios.find(
    ({ name, varied, origin }) => name === said.text && (varied === undefined || origin !== undefined),
  );
  if (scenario === undefined) {
    if (/\.(ya?ml|ts|js)$/.test(said.text))
      throw new FaultError(said.at, "a file extends a world that ships, not another file");
    throw unknown(
      "world",
      said,
      scenarios.filter(({ varied }) => varied === undefined).map(({ name }) => name),
    );
  }
  if (scenario.origin === undefined)
    throw new FaultError(said.at, `${scenario.name} does not say what it is made of, so it cannot be varied`);
  return { scenario, origin: scenario.origin };
};

/** The value that an option has where nobody says one: in the scenario, or in what it is made of. */
export const usualIn = ({ scenario, origin }: Base, option: string, choice: Choice): string | undefined => {
  const found = [...scenario.options, ...origin.options].find(({ name }) => name === option);
  return found && defaultOf(found, choice);
};

/** The words that are said on each axis, those of the scenario where none are. */
export const axesOf = ({ axes = [] }: Variation, { scenario, origin }: Base, faults: Faults): AxisValues =>
  Object.fromEntries([
    ...Object.entries(scenario.axes ?? {}),
    ...axes.map(({ axis: { name, plural }, values: said }): readonly [string, readonly string[]] => {
      const all = own(origin.axes, name) ?? [];
      const known = said.filter(
        (word) =>
          faults.try(word.at, () => {
            if (all.length === 0)
              throw new FaultError(word.at, `${scenario.name} has no ${plural}: leave them out`);
            if (!all.includes(word.text)) throw unknown(name, word, all);
            if (said.find(({ text }) => text === word.text) !== word)
              throw new FaultError(word.at, `${word.text} is there twice`);
            return true;
          }) === true,
      );
      // Where a word is refused, what else speaks of any is not to blame.
      return [name, known.length < said.length ? all : known.map(({ text }) => text)];
    }),
  ]);

/** The options of a scenario with the values that are left, and those that are added. */
const shippedOptions = (
  { options = [] }: Variation,
  { scenario, origin }: Base,
  faults: Faults,
): readonly Option[] => {
  const all = [
    ...scenario.options,
    ...origin.options.filter(({ name }) => !scenario.options.some((mine) => mine.name === name)),
  ];
  const set = new Map<string, Option>();
  for (const { option, values } of options)
    faults.try(option.at, () => {
      const found = all.find(({ name }) => name === option.text);
      if (found === undefined)
        throw unknown(
          "option",
          option,
          all.map(({ name }) => name),
        );
      for (const value of values)
        if (!found.values.includes(value.text)) throw unknown(`value of ${found.name}`, value, found.values);
      if (values.length === 0) throw new FaultError(option.at, `${found.name} needs a value`);
      // What a file says first is the default, whatever it would follow.
      const { follows: _, ...fixed } = found;
      set.set(found.name, { ...fixed, values: [...new Set(values.map(({ text }) => text))] });
    });
  return [
    ...scenario.options.map((option) => set.get(option.name) ?? option),
    ...[...set.values()].filter(({ name }) => !scenario.options.some((mine) => mine.name === name)),
  ];
};

const WORD = /^[A-Za-z_]\w*$/;
const VALUE = /^[\w.-]+$/;

/** The switches of a variation, as options. */
const switchOptions = (
  { switch: switches = [], name: file }: Variation,
  scenario: AnyScenario,
  taken: readonly string[],
  faults: Faults,
): readonly Option[] =>
  switches.flatMap(({ name, about, values }) => {
    const option = faults.try(name.at, (): Option => {
      if (!WORD.test(name.text))
        throw new FaultError(name.at, `a switch is called by a word: not "${name.text}"`);
      if (taken.includes(name.text) || own(scenario.axes ?? {}, name.text) !== undefined)
        throw new FaultError(name.at, `${name.text} is an option already: call the switch otherwise`);
      if (values.length === 0) throw new FaultError(name.at, `${name.text} needs a value`);
      for (const { value } of values)
        faults.try(value.at, () => {
          if (!VALUE.test(value.text))
            throw new FaultError(value.at, `"${value.text}" is no word for a value`);
        });
      return {
        name: name.text,
        about: about?.text ?? `a switch of ${file.text}`,
        source: file.text,
        values: values.map(({ value }) => value.text),
      };
    });
    if (option === undefined) faults.doubt(name.text);
    return option === undefined ? [] : [option];
  });

/** Options that ship, and switches of the variation's own. */
export interface Options {
  readonly shipped: readonly Option[];
  readonly switches: readonly Option[];
}

/** The options that there are to choose. */
export const optionsOf = (variation: Variation, base: Base, faults: Faults): Options => {
  const shipped = shippedOptions(variation, base, faults);
  const names = [...base.scenario.options, ...base.origin.options, ...shipped].map(({ name }) => name);
  return { shipped, switches: switchOptions(variation, base.scenario, names, faults) };
};

/** Members that families have where a size is refused, so that what speaks of members is not. */
const ENOUGH = 8;

/** Where it starts, as far as that is said well. */
export interface Placed {
  readonly place: Place;
  /** Whether the sizes of families are said well, and whether the start point is. */
  readonly isSized: boolean;
  readonly isKnown: boolean;
}

/** How many members there are, and where it starts. */
export const placeOf = (
  { scope = [], start }: Variation,
  { scenario, origin }: Base,
  faults: Faults,
): Placed => {
  const sizes = scope.flatMap(({ family, size }) => {
    const known = Object.keys(scenario.scope);
    const n = faults.try(family.at, () => {
      if (own(scenario.scope, family.text) === undefined) throw unknown("family", family, known);
      if (!/^[1-9]\d?$/.test(size.text) || Number(size.text) > 64)
        throw new FaultError(size.at, `${family.text} has 1 to 64 members, not ${size.text}`);
      return Number(size.text);
    });
    return n === undefined ? [] : [[family.text, n] as const];
  });
  const from = start?.from;
  const isKnown =
    from === undefined ||
    faults.try(from.at, () => {
      if (!origin.starts.includes(from.text)) throw unknown("start", from, origin.starts);
      return true;
    }) === true;
  const isSized = sizes.length === scope.length;
  const usual = isSized
    ? scenario.scope
    : Object.fromEntries(Object.entries(scenario.scope).map(([family, n]) => [family, Math.max(n, ENOUGH)]));
  return {
    place: {
      scope: { ...usual, ...Object.fromEntries(sizes) },
      start: from !== undefined && isKnown ? from.text : scenario.start,
    },
    isSized,
    isKnown,
  };
};

/** The choice as the origin takes it: it knows no switch. */
export const withoutSwitches = (choice: Choice, { switches }: Options): Choice => ({
  ...choice,
  options: Object.fromEntries(
    Object.entries(choice.options).filter(([name]) => !switches.some((one) => one.name === name)),
  ),
});
