import type { AnyScenario } from "../catalogue/scenario.ts";
import type { Names } from "../expression/names.ts";
import { FaultError, Faults, type Source } from "./text/faults.ts";
import { changeInFlag, trimmed } from "./flags/flag-change.ts";
import { propertiesInFlags, type FlagProperties } from "./flags/flag-properties.ts";
import { FlagText } from "./flags/flag-text.ts";
import { FLAGGED, flagName, QUESTION_FLAGS, type QuestionFlags } from "./flags/question-flags.ts";
import type { Asked, AskedShipped, Expected, FamilySize, Variation } from "./variation.ts";
import { vary } from "./scenario/vary.ts";
import { written, type Written } from "./text/written.ts";

/** What flags are called where they say what was changed, as a file is. */
export const THE_FLAGS = "the flags";

const SIZE = /^[^=]*=/;

const sizeIn = (said: Written): FamilySize => {
  const equals = SIZE.exec(said.text)?.[0].length;
  if (equals === undefined)
    throw new FaultError(said.at, `"${said.text}" is no size of a family: write FAMILY=N`);
  return { family: trimmed(said, 0, equals - 1), size: trimmed(said, equals) };
};

const expectedRows = ({ expected }: AnyScenario, id: string): readonly Expected[] =>
  expected
    .filter(({ property }) => property === id)
    .map(({ where = {}, verdict, because }) => ({
      where: Object.entries(where).map(([key, values]) => ({
        key: written(key),
        values: [values].flat().map((value) => written(value)),
      })),
      is: written(verdict),
      ...(because === undefined ? {} : { because: written(because) }),
    }));

/** A scenario that ships as a variation that changes nothing of it. */
export const unvaried = (scenario: AnyScenario): Variation => ({
  name: written(scenario.name),
  about: written(scenario.about),
  extends: written(scenario.name),
  properties: scenario.properties.map(({ id }) => ({
    kind: "shipped",
    id: written(id),
    expect: expectedRows(scenario, id),
  })),
});

/** What is expected is expected of a model that is not changed. */
const unexpected = (asked: Asked): Asked => ({ ...asked, expect: [] });

/** What is asked: what flags name and write, or else all that was asked before. */
const askedIn = (
  before: readonly Asked[],
  wanted: readonly Written[],
  own: readonly Asked[],
): readonly Asked[] => {
  if (wanted.length + own.length === 0) return before;
  const named = wanted
    .filter(({ text }, i) => wanted.findIndex((one) => one.text === text) === i)
    .filter(({ text }) => !own.some(({ id }) => id.text === text))
    .map((id): Asked => {
      const found = before.find((one) => one.id.text === id.text);
      return found === undefined
        ? ({ kind: "shipped", id, expect: [] } satisfies AskedShipped)
        : { ...found, id };
    });
  return [...named, ...own];
};

/** What expressions of flags may name, before it is known what else is there. */
const namesIn = ({ origin, scope }: AnyScenario, sizes: readonly FamilySize[]): Names | undefined =>
  origin && {
    state: origin.state,
    predicates: origin.predicates,
    scope: {
      ...scope,
      ...Object.fromEntries(
        sizes
          .filter(({ family, size }) => Object.hasOwn(scope, family.text) && /^[1-9]\d?$/.test(size.text))
          .map(({ family, size }) => [family.text, Number(size.text)]),
      ),
    },
  };

/** A question of the command line: what it varies, as a text would say it. */
export interface FlagQuestion {
  readonly variation: Variation;
  /** The ids of what is asked by name or written out; none where nothing is. */
  readonly named: readonly string[];
}

const LONGEST = 2000;

type Said = FlagProperties &
  Readonly<Record<"scope" | "with" | "drop" | "change" | "property", readonly Written[]>>;

/** What each flag says, with its place in one text. */
const saidBy = (flags: QuestionFlags, text: FlagText, faults: Faults): Said =>
  Object.fromEntries(
    [...QUESTION_FLAGS, "property" as const].map((flag) => [
      flag,
      (flags[flag] ?? []).map((value) => {
        const one = text.add(flagName(flag), value);
        if (value.length > LONGEST)
          faults.add(one.at, `it has ${value.length} characters: a flag has at most ${LONGEST}`);
        return one;
      }),
    ]),
  ) as unknown as Said;

/** What flags change: sizes, what takes part, actions. */
type Changes = Pick<Variation, "scope" | "actions" | "change">;

const changesIn = (said: Said, faults: Faults): Changes => {
  const each = <T>(all: readonly Written[], read: (one: Written) => T): readonly T[] =>
    all.flatMap((one) => faults.try(one.at, () => [read(one)]) ?? []);
  const scope = each(said.scope, sizeIn);
  for (const [i, { family }] of scope.entries())
    if (scope.findIndex((one) => one.family.text === family.text) < i)
      faults.add(family.at, `the size of ${family.text} is given twice`);
  const drop = said.drop.length === 0 ? [] : [{ kind: "drop", actions: said.drop } as const];
  const change = [...each(said.change, changeInFlag), ...drop];
  return {
    ...(scope.length === 0 ? {} : { scope }),
    ...(said.with.length === 0 ? {} : { actions: said.with }),
    ...(change.length === 0 ? {} : { change }),
  };
};

/** A variation with more changes behind those that it has. */
const withChanges = (before: Variation, changes: Changes): Variation => ({
  ...before,
  ...Object.fromEntries(
    Object.entries(changes).map(([key, more]) => [key, [...(before[key as keyof Changes] ?? []), ...more]]),
  ),
});

/**
 * What flags ask of a variation of a scenario, which changes nothing where the scenario is as it ships.
 * @throws CheckError with all that is wrong with the flags: `--FLAG, column N: what`, the flag and a caret.
 */
export const questionOfFlags = (
  flags: QuestionFlags,
  before: Variation,
  scenarios: readonly AnyScenario[],
): FlagQuestion => {
  const text = new FlagText();
  const faults = new Faults();
  const said = saidBy(flags, text, faults);
  const source: Source = text.source(THE_FLAGS);
  faults.refuse(source);
  const changes = changesIn(said, faults);
  const base = scenarios.find(({ name }) => name === before.extends.text);
  const names = base && namesIn(base, changes.scope ?? []);
  const own = (names && faults.try(undefined, () => propertiesInFlags(said, names))) ?? [];
  const asked = askedIn(before.properties, said.property, own);
  const variation: Variation = {
    ...withChanges(before, changes),
    name: written(`${before.name.text}${FLAGGED}`),
    properties: Object.keys(changes).length > 0 ? asked.map(unexpected) : asked,
  };
  vary(variation, scenarios, source, faults);
  const isNamed = said.property.length + own.length > 0;
  return { variation, named: isNamed ? variation.properties.map(({ id }) => id.text) : [] };
};
