import { CheckError } from "../errors.ts";
import { everyChosen } from "../model/axis.ts";
import { problemOf, type Problem } from "../problem/exploration.ts";
import { own } from "../schema/own.ts";
import { choiceOf, settingsOf } from "./choice.ts";
import { apart, distinctChoices } from "./distinct-choices.ts";
import {
  expectationFor,
  type AnyScenario,
  type Choice,
  type Expectation,
  type Instantiated,
} from "./scenario.ts";
import { modelKey } from "./same-model.ts";

/** A world under a choice that it names expectations for. */
export interface Case {
  readonly scenario: AnyScenario;
  readonly choice: Choice;
}

/** Cases with the same model, start and properties: one search answers them all. */
export interface CaseGroup<C extends Case = Case> {
  readonly problem: Problem<unknown>;
  /** Why the start cannot be reached, where that is so. */
  readonly unreachable: string | undefined;
  readonly cases: readonly C[];
}

const listed = (wanted: string | readonly string[] | undefined, all: readonly string[]): readonly string[] =>
  wanted === undefined ? all : [wanted].flat().filter((value) => all.includes(value));

/** Every way to set some options of a scenario to some of their values, `name=value` each, the last option fastest. */
const settings = (
  { options }: AnyScenario,
  valuesOf: (name: string, values: readonly string[]) => readonly string[] | undefined,
): readonly (readonly string[])[] =>
  options.reduce<readonly (readonly string[])[]>(
    (sets, { name, values }) => {
      const chosen = valuesOf(name, values);
      if (chosen === undefined) return sets;
      return sets.flatMap((set) => chosen.map((value) => [...set, `${name}=${value}`]));
    },
    [[]],
  );

/** The choices of some settings under each value on every axis that `where` allows; of axes that preset options it has to say which. */
const choicesOf = (
  scenario: AnyScenario,
  where: NonNullable<Expectation["where"]>,
  sets: readonly (readonly string[])[],
): readonly Choice[] => {
  const { presets = [] } = scenario;
  const chosen = everyChosen(scenario.axes ?? {}, (axis, values) =>
    presets.includes(axis) && !Object.hasOwn(where, axis)
      ? values.slice(0, 1)
      : listed(own(where, axis), values),
  );
  return sets.flatMap((set) => chosen.map((one) => choiceOf(scenario, { ...one, set })));
};

/** The choices that an expectation speaks of, the options that it does not name at their defaults. */
const spokenOf = (scenario: AnyScenario, { where = {} }: Expectation): readonly Choice[] =>
  choicesOf(
    scenario,
    where,
    settings(scenario, (name, values) =>
      Object.hasOwn(where, name) ? listed(where[name], values) : undefined,
    ),
  );

/** The choice nearest to the defaults under which an expectation counts, where others come first under those it speaks of. */
const nearest = (scenario: AnyScenario, expectation: Expectation): Choice | undefined => {
  const { property, where = {} } = expectation;
  const mentioned = new Set(
    scenario.expected
      .filter((other) => other.property === property)
      .flatMap((other) => Object.keys(other.where ?? {})),
  );
  const sets = settings(scenario, (name, values) =>
    mentioned.has(name) ? listed(own(where, name), values) : undefined,
  );
  return choicesOf(scenario, where, sets)
    .toSorted((a, b) => settingsOf(scenario, a).length - settingsOf(scenario, b).length)
    .find((choice) => expectationFor(scenario, property, choice) === expectation);
};

/**
 * Every choice that a scenario names expectations for, each once: each way to choose on the axes with the options at their
 * defaults (of axes that preset options, each value that presets some otherwise), the settings that an expectation speaks of
 * under what it is for on the axes, and what more it takes for each expectation to count somewhere.
 */
export const casesOf = (scenario: AnyScenario): readonly Case[] => {
  const asked = new Set(scenario.properties.map(({ id }) => id));
  const expected = scenario.expected.filter(({ property }) => asked.has(property));
  const { presets = [] } = scenario;
  const namesPreset = ({ where = {} }: Expectation): boolean =>
    presets.some((axis) => Object.hasOwn(where, axis));
  const spokenWhere = (names: boolean): readonly Choice[] =>
    expected.filter((one) => namesPreset(one) === names).flatMap((one) => spokenOf(scenario, one));
  const choices = [
    ...apart(scenario, [...distinctChoices(scenario), ...spokenWhere(false)]),
    ...spokenWhere(true),
  ];
  const counting = new Set(
    choices.flatMap((choice) => [...asked].map((id) => expectationFor(scenario, id, choice))),
  );
  for (const expectation of expected) {
    const choice = counting.has(expectation) ? undefined : nearest(scenario, expectation);
    if (choice !== undefined) choices.push(choice);
  }
  const once = new Map(choices.map((choice) => [JSON.stringify(choice), choice]));
  return [...once.values()].map((choice) => ({ scenario, choice }));
};

/** The cases of a scenario as if some values were the only ones on axes that preset options (`at`, by their names), one of each after the other. */
export const casesAt = (
  scenario: AnyScenario,
  at: Readonly<Record<string, readonly string[]>>,
): readonly Case[] => {
  const { axes = {}, presets = [] } = scenario;
  const said = Object.fromEntries(
    presets.flatMap((axis) => (Object.hasOwn(at, axis) ? [[axis, listed(at[axis], axes[axis])]] : [])),
  );
  return everyChosen(said).flatMap((one) => {
    const only = Object.fromEntries(Object.entries(one).map(([axis, value]) => [axis, [value]]));
    return casesOf({ ...scenario, axes: { ...axes, ...only } }).map(({ choice }) => ({ scenario, choice }));
  });
};

const posedBy = (
  { scope, properties }: AnyScenario,
  { model, start, unreachable }: Instantiated<unknown>,
): Omit<CaseGroup, "cases"> => ({ problem: problemOf(model, scope, properties, start), unreachable });

/** Puts cases together by the model that they come to, one after the other: each has its model built, which takes a while. */
class Grouping<C extends Case> {
  readonly #groups = new Map<string, CaseGroup<C> & { readonly cases: C[] }>();

  /** The groups, in the order of the first case of each. */
  get groups(): readonly CaseGroup<C>[] {
    return [...this.#groups.values()];
  }

  add(one: C): void {
    const { scenario, choice } = one;
    const built = scenario.build(choice);
    const key = modelKey(scenario, built);
    const group = this.#groups.get(key) ?? { ...posedBy(scenario, built), cases: [] };
    this.#groups.set(key, group);
    group.cases.push(one);
  }
}

/** The group of cases that are known to have the same model: only that of the first is built, once it is asked for. */
export const groupAlike = <C extends Case>(cases: readonly C[]): CaseGroup<C> => {
  const [{ scenario, choice }] = cases;
  let known: ReturnType<typeof posedBy> | undefined;
  const posed = (): ReturnType<typeof posedBy> => (known ??= posedBy(scenario, scenario.build(choice)));
  return {
    cases,
    get problem() {
      return posed().problem;
    },
    get unreachable() {
      return posed().unreachable;
    },
  };
};

/** Cases by model, and those whose options do not go together, with why. */
export interface Sorted<C extends Case> {
  readonly groups: readonly CaseGroup<C>[];
  readonly refused: readonly { readonly one: C; readonly because: string }[];
}

/**
 * Cases by the model that they come to, where options may not go together. `goesOn` is asked before each; where it says no,
 * nothing is given.
 */
export const sortedUnless = async <C extends Case>(
  cases: readonly C[],
  goesOn: (done: number) => Promise<boolean>,
): Promise<Sorted<C> | undefined> => {
  const grouping = new Grouping<C>();
  const refused: { one: C; because: string }[] = [];
  for (const [done, one] of cases.entries()) {
    if (!(await goesOn(done))) return undefined;
    try {
      grouping.add(one);
    } catch (error) {
      if (!(error instanceof CheckError) || error.code !== "usage") throw error;
      refused.push({ one, because: error.message });
    }
  }
  return { groups: grouping.groups, refused };
};

/** Cases by the model that they come to, in the order of the first of each. */
export const grouped = <C extends Case>(cases: readonly C[]): readonly CaseGroup<C>[] => {
  const grouping = new Grouping<C>();
  for (const one of cases) grouping.add(one);
  return grouping.groups;
};

/** The same; `stopped` is asked before each, and nothing is given where it says so. */
export const groupsUnless = async (
  cases: readonly Case[],
  stopped: () => Promise<boolean>,
): Promise<readonly CaseGroup[] | undefined> => {
  const grouping = new Grouping<Case>();
  for (const one of cases) {
    if (await stopped()) return undefined;
    grouping.add(one);
  }
  return grouping.groups;
};

/** All cases of some scenarios, those with the same model together. */
export const groupsOf = (scenarios: readonly AnyScenario[]): readonly CaseGroup[] =>
  grouped(scenarios.flatMap(casesOf));

/** One of `of` parts that a gate is split into, `shard` from 1. */
export interface Shard {
  readonly shard: number;
  readonly of: number;
}

/**
 * The groups of a shard: every group is in exactly one, and neighbours, which are of a size, in different ones. `before`
 * groups of other scenarios come first.
 */
export const shardOf = (
  groups: readonly CaseGroup[],
  { shard, of }: Shard,
  before = 0,
): readonly CaseGroup[] => groups.filter((_, place) => (before + place) % of === shard - 1);
