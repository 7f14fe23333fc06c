import type { Choice } from "../../catalogue/instantiated.ts";
import { choiceOf, defaultOf } from "../../catalogue/choice.ts";
import { shelve, type AnyScenario } from "../../catalogue/scenario.ts";
import type { Varied } from "../../catalogue/varied.ts";
import { everyChosen } from "../../model/axis.ts";
import { isCalled, type Property } from "../../model/property.ts";
import { CheckError } from "../../errors.ts";
import { buildWith, type Varying } from "./build.ts";
import { differenceTexts } from "../describe.ts";
import { doubtAdded, doubting } from "./doubts.ts";
import { choosable, expectationsOf } from "../asked/expectations.ts";
import { Faults, unknown, type Source } from "../text/faults.ts";
import { ownProperty, type Known } from "../asked/own-properties.ts";
import { settingsWith, Standings } from "./standings.ts";
import { beginning, stepsBefore, stepsTo } from "./start.ts";
import { hashOf, understood, type Understood } from "./understood.ts";
import type { Asked, Variation } from "../variation.ts";
import { usualIn, withoutSwitches, type Base } from "./world.ts";

/** What choices are made in. */
type Chosen = Pick<AnyScenario, "axes" | "presets" | "options" | "name">;

/** The choices that are looked at to see whether what is named is there: each value of each option once, at least. */
function* looked(scenario: Chosen): Generator<Choice> {
  const whole = scenario as AnyScenario;
  for (const chosen of everyChosen(scenario.axes ?? {}, (axis, values) =>
    scenario.presets?.includes(axis) === true ? values.slice(0, 1) : values,
  )) {
    yield choiceOf(whole, chosen);
    for (const option of scenario.options)
      for (const value of option.values)
        if (value !== defaultOf(option, chosen))
          yield choiceOf(whole, { ...chosen, set: [`${option.name}=${value}`] });
  }
}

/** The property of this id, or that had it once, in the scenario that is varied, else in another whose states are of the same schema. */
const shippedProperty = (
  { id }: Asked,
  { scenario, origin }: Base,
  scenarios: readonly AnyScenario[],
): Property<unknown> => {
  const alike = [
    scenario,
    ...scenarios.filter((one) => one.varied === undefined && one.origin?.state === origin.state),
  ];
  const all = alike.flatMap(({ properties }) => properties);
  const found = all.find((property) => isCalled(property, id.text));
  if (found === undefined) throw unknown("property", id, [...new Set(all.map((property) => property.id))]);
  return found;
};

/** Looks at choices until all that is named was found, and notes what was not. */
const lookAround = (
  varying: Varying,
  base: Base,
  choices: Iterable<Choice>,
  faults: Faults,
  byFlags: boolean,
): Standings => {
  const standings = new Standings();
  const { switch: switches = [] } = varying.variation;
  /** Values of switches whose changes nobody has looked at yet. */
  const unseen = new Set(switches.flatMap(({ values }) => values.map(({ value }) => value)));
  let first: Choice | undefined;
  const following = {
    tell: standings.tell,
    attempt: doubting(faults, () => doubtAdded(varying.variation, faults)),
  };
  for (const choice of choices) {
    first ??= withoutSwitches(choice, varying.options);
    const part = faults.try(undefined, () => {
      try {
        return buildWith(varying, choice, following);
      } catch (error) {
        // Options that do not go together: that is said where they are chosen together.
        if (error instanceof CheckError && error.code === "usage") return undefined;
        throw error;
      }
    });
    if (part !== undefined) standings.know(part);
    for (const { name, values } of switches)
      for (const { value } of values) if (choice.options[name.text] === value.text) unseen.delete(value);
    if (standings.settled && unseen.size === 0) break;
  }
  const elsewhere = first === undefined ? () => undefined : settingsWith(base.origin, first);
  standings.complain(base.scenario.name, faults, { byFlags, elsewhere });
  return standings;
};

/** What is asked, and what is expected of it; what cannot be understood is noted. */
const askedOf = (
  { base, axes, options, varying }: Understood,
  known: Known,
  faults: Faults,
): Pick<AnyScenario, "properties" | "expected"> => {
  const { variation, scenarios, ground } = varying;
  const rows = choosable(axes, options);
  const properties = variation.properties.flatMap(
    (asked) =>
      faults.try(asked.id.at, () =>
        asked.kind === "shipped"
          ? shippedProperty(asked, base, scenarios)
          : ownProperty(asked, known, ground),
      ) ?? [],
  );
  const called = (name: string): string => properties.find((one) => isCalled(one, name))?.id ?? name;
  return {
    properties,
    expected: variation.properties.flatMap((asked) =>
      (faults.try(asked.id.at, () => expectationsOf(asked, rows, { axes, options })) ?? []).map((row) => ({
        ...row,
        property: called(row.property),
      })),
    ),
  };
};

/** What is changed of a model, a line each, what was changed of it before first. */
const changesOn = (
  { varied }: AnyScenario,
  own: readonly string[],
  by: string,
): Pick<Varied, "changes" | "changedIn" | "changesStart"> =>
  varied === undefined
    ? { changes: own }
    : {
        changes: [...varied.changes, ...own],
        changedIn: [varied.by, ...(own.length === 0 ? [] : [by])].join(" and "),
        ...(varied.changesStart && { changesStart: true }),
      };

/** Makes an effort of every part of a variation, so that all that is wrong is said at once. */
const made = (
  variation: Variation,
  scenarios: readonly AnyScenario[],
  source: Source,
  faults: Faults,
): AnyScenario | undefined => {
  const known = understood(variation, scenarios, source, faults);
  if (known === undefined) return undefined;
  const { base, axes, options, varying } = known;
  const { name, about, start } = variation;
  const { place, ground } = varying;
  const { presets } = base.scenario;
  const bare = { axes, ...(presets && { presets }), options, name: name.text };
  const standings = lookAround(varying, base, looked(bare), faults, source.place !== undefined);
  const [first] = looked(bare);
  const asked = askedOf(known, { actions: standings.names, actors: standings.actors }, faults);
  if (known.isSized && start !== undefined)
    faults.try(start.steps[0]?.at, () => void (known.isKnown ? beginning : stepsBefore)(varying, first));
  if (faults.some) return undefined;
  const more = start === undefined || start.steps.length === 0 ? "" : `+${name.text}`;
  return faults.try(name.at, () =>
    shelve<unknown>({
      ...bare,
      ...asked,
      about: about.text,
      scope: place.scope,
      start: `${place.start}${more}`,
      build: (choice) => stepsTo(varying, choice),
      varied: {
        by: source.name,
        hash: hashOf(source.text),
        from: base.scenario.name,
        usual: (option, choice) => usualIn(base, option, choice),
        ...changesOn(base.scenario, differenceTexts(variation, base.scenario.scope), source.name),
        again: source.again ?? {
          world: `--file ${source.name}`,
          run: `--file ${source.name}`,
          byFlags: false,
        },
        idle: (used) => ground.ledger.idle(used),
        partIn: (used) => ground.ledger.partIn(used),
        watch: (used) => ground.ledger.watch(used),
        marks: () => ground.ledger.marks(),
        noteIn: (marks) => ground.ledger.noteIn(marks),
      },
    }),
  );
};

/**
 * The scenario that a variation of one that ships comes to.
 * @throws CheckError with all that is wrong with it, in the order of the text.
 */
export const vary = (
  variation: Variation,
  scenarios: readonly AnyScenario[],
  source: Source,
  faults = new Faults(),
): AnyScenario => {
  const scenario = made(variation, scenarios, source, faults);
  faults.refuse(source);
  return scenario!;
};
