import { defaultOf } from "../catalogue/choice.ts";
import type { Choice, Option } from "../catalogue/instantiated.ts";
import { partOf, type Origin, type Place } from "../catalogue/origin.ts";
import { shelve, type AnyScenario, type Build, type Expectation } from "../catalogue/scenario.ts";
import { MOST_ACCESSES } from "../derive/accesses.ts";
import { evaluated } from "../derive/evaluated.ts";
import { CheckError, during, isOverdue, unknownName } from "../errors.ts";
import type { AxisValues } from "../model/axis.ts";
import type { Extension } from "../model/extend.ts";
import { variant, type Model, type Patch } from "../model/model.ts";
import type { Property } from "../model/property.ts";
import type { Scope } from "../schema/domain.ts";
import { unfollowed } from "./changes/changed-model.ts";
import { usualIn } from "./scenario/world.ts";
import type { Ground } from "./ground/ground.ts";
import { Ledger } from "./ground/ledger.ts";
import { widened } from "./changes/new-state.ts";
import { programText } from "./describe.ts";
import { programFields, programmed, programOf, type GuestProgram } from "./changes/programs.ts";
import type { Program } from "./variation.ts";

/** How a scenario differs from one that it extends; what is left out is as it is there. `S` are the states that it has. */
export interface Extending<S, B = S> {
  readonly name: string;
  readonly about: string;
  readonly axes?: AxisValues;
  readonly scope?: Scope;
  readonly start?: string;
  /** Instead of those that it has. One that only this scenario knows is for `change` to read. */
  readonly options?: readonly Option[];
  /** The names of actions that take part besides. */
  readonly actions?: readonly string[];
  /** More fields of the state. */
  readonly extend?: Extension<B, S>;
  /** What is changed of the model of a choice. What a patch adds takes part. */
  readonly change?: (model: Model<S>, choice: Choice) => Patch<S>;
  /** The order of the instructions of some members. */
  readonly programs?: readonly GuestProgram[];
  readonly properties: readonly Property<S>[];
  readonly expected?: readonly Expectation[];
}

/** What a patch does, a line for each action. */
const patchTexts = <S>({ replace = [], add = [], drop = [] }: Patch<S>): readonly string[] => [
  ...drop.map((name) => `drop ${name}`),
  ...replace.map(({ name }) => `in ${name}: changed in code`),
  ...add.map(({ name }) => `add ${name}`),
];

/** Whether a choice is one of a scenario: refused where options do not go together. */
const unlessUnfit = <T>(make: () => T): T | undefined => {
  try {
    return make();
  } catch (error) {
    if (error instanceof CheckError && error.code === "usage") return undefined;
    throw error;
  }
};

/** All choices under the first value on each axis in which each option has its default but for one at most. */
const looked = (axes: AxisValues, options: readonly Option[]): readonly Choice[] => {
  const first = Object.fromEntries(Object.entries(axes).map(([axis, values]) => [axis, values[0] ?? null]));
  const usual = Object.fromEntries(options.map((option) => [option.name, defaultOf(option, first)]));
  return [
    { ...first, options: usual },
    ...options.flatMap(({ name, values }) =>
      values
        .filter((value) => value !== usual[name])
        .map((value) => ({ ...first, options: { ...usual, [name]: value } })),
    ),
  ] as readonly Choice[];
};

/** What extends a scenario that says what it is made of. */
interface Extends {
  readonly base: AnyScenario;
  readonly origin: Origin<unknown>;
  readonly place: Place;
  readonly spec: Extending<unknown, unknown>;
}

/** The options of a choice that the origin knows. */
const inner = ({ options }: Origin<unknown>, choice: Choice): Choice => ({
  ...choice,
  options: Object.fromEntries(
    Object.entries(choice.options).filter(([name]) => options.some((option) => option.name === name)),
  ),
});

interface Changed {
  readonly model: Model<unknown>;
  readonly patch: Patch<unknown>;
}

/** What a scenario changes. @throws what that throws, and CheckError with its name where it does not end. */
const changedBy = (name: string, change: () => Patch<unknown>): Patch<unknown> => {
  try {
    return evaluated(change);
  } catch (error) {
    throw isOverdue(error) ? during(`the change of ${name}`, error) : error;
  }
};

/** The models of choices, each made once, so that searches of one model share its actions. */
const modelsOf = (
  { origin, spec }: Extends,
  ground: Ground,
  programs: readonly Program[],
): ((choice: Choice) => Changed) => {
  const { name, actions = [], change } = spec;
  const make = (choice: Choice): Changed => {
    const { model, takesPart, threads } = origin.whole(inner(origin, choice));
    // Code that nobody has tried may loop: each engine is to count what it reads.
    const whole = { mostAccesses: MOST_ACCESSES, ...model, state: ground.state };
    const patch = change === undefined ? {} : changedBy(name, () => change(whole, choice));
    const patched = variant(whole, whole.name, patch);
    const names = patched.actions.map((action) => action.name);
    for (const word of actions)
      if (!names.includes(word)) throw unknownName("action", word, names, `it is to take part in ${name}`);
    const added = (patch.add ?? []).map((action) => action.name);
    const part = partOf({
      model: patched,
      takesPart: [...takesPart, ...actions, ...added],
      ...(threads && { threads }),
    });
    const ordered = programmed(part, programs, origin.programs, ground, {
      ...unfollowed,
      tell: ({ text }, standing) => {
        if (standing === "absent") throw unknownName("action", text, names, `a program of ${name} has it`);
      },
    });
    return { model: ordered, patch };
  };
  const made = new Map<string, Changed>();
  return (choice) => {
    const key = JSON.stringify(choice);
    const one = made.get(key) ?? make(choice);
    made.set(key, one);
    return one;
  };
};

/** What is changed, a line each, as reports list it. */
const changesOf = (
  { extend }: Extending<unknown, unknown>,
  changed: (choice: Choice) => Changed,
  choices: readonly Choice[],
  programs: readonly Program[],
): readonly string[] => [
  ...(extend === undefined ? [] : ["state: more fields"]),
  ...new Set(choices.flatMap((choice) => unlessUnfit(() => patchTexts(changed(choice).patch)) ?? [])),
  ...programs.map(programText),
];

const extended = (extending: Extends): AnyScenario => {
  const { base, origin, place, spec } = extending;
  const { name, about, axes = base.axes ?? {}, options = base.options, extend: more } = spec;
  const programs = (spec.programs ?? []).map(programOf);
  const wide = widened(more?.state ?? origin.state, programFields(programs), place.scope);
  const ground: Ground = {
    state: wide.state,
    scope: place.scope,
    predicates: origin.predicates,
    by: name,
    ledger: new Ledger(),
    made: new WeakMap(),
  };
  const changed = modelsOf(extending, ground, programs);
  const model = (choice: Choice): Model<unknown> => changed(choice).model;
  const build: Build<unknown> = (choice) => {
    const { start, ...rest } = origin.begin(inner(origin, choice), place);
    const first = more === undefined ? start : start.map(more.widen);
    return { model: model(choice), start: first.map(wide.widen), ...rest };
  };
  return shelve<unknown>({
    name,
    about,
    axes,
    ...(base.presets && { presets: base.presets }),
    options,
    ...place,
    properties: spec.properties,
    expected: spec.expected ?? [],
    build: Object.assign(build, { model }),
    varied: {
      by: "code",
      hash: "",
      from: base.name,
      usual: (option, choice) => usualIn({ scenario: base, origin }, option, choice),
      changes: changesOf(spec, changed, looked(axes, options), programs),
      again: { world: `--scenario ${name}`, run: "", byFlags: false },
      idle: (used) => ground.ledger.idle(used),
      watch: (used) => ground.ledger.watch(used),
      marks: () => ground.ledger.marks(),
      noteIn: (marks) => ground.ledger.noteIn(marks),
    },
  });
};

/**
 * A scenario that extends another in code, as a scenario file does in YAML: more of it takes part, its model is patched, its
 * state has more fields, or it is asked something else. It starts where the unchanged model comes to.
 * @throws CheckError when the other does not say what it is made of, or as `shelve`; when a name is not there.
 */
export const extendScenario = <S, B = S>(base: AnyScenario, spec: Extending<S, B>): AnyScenario => {
  const { origin } = base;
  // A module is written without types.
  for (const key of ["name", "about", "properties"] as const)
    if ((spec as Partial<typeof spec>)[key] === undefined)
      throw new CheckError("model", `a scenario that extends ${base.name} has no ${key}`);
  if (origin === undefined)
    throw new CheckError("model", `${base.name} does not say what it is made of, so it cannot be extended`);
  const place = { scope: { ...base.scope, ...spec.scope }, start: spec.start ?? base.start };
  if (!origin.starts.includes(place.start))
    throw unknownName("start", place.start, origin.starts, `${spec.name} starts there`);
  return extended({ base, origin, place, spec: spec as unknown as Extending<unknown, unknown> });
};
