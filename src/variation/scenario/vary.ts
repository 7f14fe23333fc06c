import { createHash } from "node:crypto";
import type { Choice, Option } from "../../catalogue/instantiated.ts";
import { choiceOf } from "../../catalogue/choice.ts";
import { shelve, type AnyScenario } from "../../catalogue/scenario.ts";
import { everyChosen, type AxisValues } from "../../model/axis.ts";
import { checkName } from "../../model/check-names.ts";
import type { Property } from "../../model/property.ts";
import { CheckError } from "../../errors.ts";
import { buildWith, type Varying } from "./build.ts";
import { changeTexts, differenceTexts } from "../describe.ts";
import { choosable, expectationsOf } from "../asked/expectations.ts";
import { FaultError, Faults, unknown, type Source } from "../text/faults.ts";
import type { Ground } from "../ground/ground.ts";
import { Ledger } from "../ground/ledger.ts";
import { widened, widenedPredicate } from "../changes/new-state.ts";
import { ownProperty, type Known } from "../asked/own-properties.ts";
import { programFields } from "../changes/programs.ts";
import { settingWith, Standings } from "./standings.ts";
import { stepsTo } from "./start.ts";
import type { Asked, Variation } from "../variation.ts";
import { textOfVariation } from "../format/write-variation.ts";
import { axesOf, baseOf, optionsOf, placeOf, withoutSwitches, type Base } from "./world.ts";

/** What choices are made in. */
type Chosen = Pick<AnyScenario, "axes" | "options" | "name">;

/** The choices that are looked at to see whether what is named is there: each value of each option once, at least. */
function* looked(scenario: Chosen): Generator<Choice> {
  const whole = scenario as AnyScenario;
  for (const chosen of everyChosen(scenario.axes ?? {})) {
    yield choiceOf(whole, chosen);
    for (const { name, values } of scenario.options)
      for (const value of values.slice(1)) yield choiceOf(whole, { ...chosen, set: [`${name}=${value}`] });
  }
}

/** The property of this id in the scenario that is varied, else in another whose states are of the same schema. */
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
  const found = all.find((property) => property.id === id.text);
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
  for (const choice of choices) {
    first ??= withoutSwitches(choice, varying.options);
    const part = faults.try(undefined, () => {
      try {
        return buildWith(varying, choice, standings.tell);
      } catch (error) {
        // Options that do not go together: that is said where they are chosen together.
        if (error instanceof CheckError && error.code === "usage") return undefined;
        throw error;
      }
    });
    if (part !== undefined) standings.know(part);
    for (const { name, values } of switches)
      for (const { value } of values) if (choice.options[name.text] === value.text) unseen.delete(value);
    if (faults.some || (standings.settled && unseen.size === 0)) break;
  }
  if (!faults.some)
    standings.complain(base.scenario.name, faults, {
      byFlags,
      elsewhere: (word) => first && settingWith(base.origin, first, word),
    });
  return standings;
};

/** A variation that is understood, without what is asked. */
interface Understood {
  readonly base: Base;
  readonly axes: AxisValues;
  readonly options: readonly Option[];
  readonly varying: Varying;
}

const checkFileName = ({ name }: Variation, scenarios: readonly AnyScenario[]): void => {
  checkName("the file", name.text);
  if (scenarios.some((one) => one.name === name.text))
    throw new FaultError(name.at, `there is a world called ${name.text} already: call the file otherwise`);
};

/** Understands where it is and what there is; nothing where a part cannot be understood, which is noted. */
const understood = (
  variation: Variation,
  scenarios: readonly AnyScenario[],
  source: Source,
  faults: Faults,
): Understood | undefined => {
  const { name, extends: extended, state = [], program = [] } = variation;
  faults.try(name.at, () => checkFileName(variation, scenarios));
  const base = faults.try(extended.at, () => baseOf(extended, scenarios));
  if (base === undefined) return undefined;
  const axes = axesOf(variation, base, faults);
  const options = optionsOf(variation, base, faults);
  const place = placeOf(variation, base, faults);
  const wide = faults.try(undefined, () =>
    widened(base.origin.state, [...state, ...programFields(program)], place.scope),
  );
  if (faults.some || wide === undefined) return undefined;
  const { scope } = place;
  const ground: Ground = {
    state: wide.state,
    scope,
    predicates: base.origin.predicates.map((predicate) => widenedPredicate(predicate, wide.wider)),
    by: source.name,
    ledger: new Ledger(),
    made: new WeakMap(),
  };
  const hash = changeTexts(variation).length === 0 ? undefined : hashOf(changesAlone(variation));
  const { origin } = base;
  const varying = { variation, origin, scenarios, options, place, ground, hash, widen: wide.widen };
  return { base, axes, options: [...options.shipped, ...options.switches], varying };
};

/** What is asked, and what is expected of it; what cannot be understood is noted. */
const askedOf = (
  { base, axes, options, varying }: Understood,
  known: Known,
  faults: Faults,
): Pick<AnyScenario, "properties" | "expected"> => {
  const { variation, scenarios, ground } = varying;
  const rows = choosable(axes, options);
  const answers = variation.properties.flatMap((asked) => {
    const answer = faults.try(asked.id.at, () => ({
      property:
        asked.kind === "shipped"
          ? shippedProperty(asked, base, scenarios)
          : ownProperty(asked, known, ground),
      expected: expectationsOf(asked, rows, { axes, options }),
    }));
    return answer === undefined ? [] : [answer];
  });
  return {
    properties: answers.map(({ property }) => property),
    expected: answers.flatMap(({ expected }) => expected),
  };
};

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** What a variation changes of models, as one text, whatever it asks of them. */
const changesAlone = ({ state, change, switch: switches, program }: Variation): string => {
  const none = { text: "" };
  return textOfVariation({
    name: none,
    about: none,
    extends: none,
    properties: [],
    ...(state && { state }),
    ...(change && { change }),
    ...(switches && { switch: switches }),
    ...(program && { program }),
  });
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
  const bare = { axes, options, name: name.text };
  const standings = lookAround(varying, base, looked(bare), faults, source.place !== undefined);
  const [first] = looked(bare);
  const asked = askedOf(known, { actions: standings.names, actors: standings.actors }, faults);
  if (!faults.some) faults.try(start?.steps[0]?.at, () => stepsTo(varying, first));
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
        changes: differenceTexts(variation, base.scenario.scope),
        again: source.again ?? {
          world: `--file ${source.name}`,
          run: `--file ${source.name}`,
          byFlags: false,
        },
        idle: (used) => ground.ledger.idle(used),
        watch: () => ground.ledger.watch(),
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
