import type { Choice } from "../../catalogue/instantiated.ts";
import { partOf, type Origin, type Place } from "../../catalogue/origin.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import type { TakingPart } from "../../catalogue/varied.ts";
import { choices, type Action } from "../../model/action.ts";
import type { Model } from "../../model/model.ts";
import type { Scope } from "../../schema/domain.ts";
import { changedModel, unfollowed, type Following } from "../changes/changed-model.ts";
import type { Ground } from "../ground/ground.ts";
import { isPattern, meant } from "../text/pattern.ts";
import type { Written } from "../text/written.ts";
import { programmed } from "../changes/programs.ts";
import type { Change, Variation } from "../variation.ts";
import { withoutSwitches, type Options } from "./world.ts";

/** A variation that is understood as far as models and choices go. */
export interface Varying {
  readonly variation: Variation;
  readonly origin: Origin<unknown>;
  readonly scenarios: readonly AnyScenario[];
  readonly options: Options;
  readonly place: Place;
  readonly ground: Ground;
  /** Makes a state of the shipped schema one of the widened schema. */
  readonly widen: (state: unknown) => unknown;
  /** What tells its models from others that do the same; nothing where no model is changed. */
  readonly hash: string | undefined;
}

/** A model as it is built, and the names of all actions that could take part in it. */
export interface Built {
  readonly model: Model<unknown>;
  readonly names: readonly string[];
  /** The names of who takes its steps. */
  readonly actors: readonly string[];
}

const changesUnder = (
  { change = [], switch: switches = [] }: Variation,
  { options }: Choice,
): readonly Change[] => [
  ...change,
  ...switches.flatMap(
    ({ name, values }) => values.find(({ value }) => value.text === options[name.text])?.change ?? [],
  ),
];

const actorsOf = ({ actions }: Model<unknown>, scope: Scope): readonly string[] => [
  ...new Set(actions.flatMap(({ actor, args }) => choices(args, scope).map((given) => actor(given)))),
];

/** The actions that a word means, of those that there are: those of a scenario, or those called so; nothing where there are none. */
const wordMeans = (
  word: Written,
  scenarios: readonly AnyScenario[],
  names: readonly string[],
  choice: Choice,
): readonly string[] | undefined => {
  const world = isPattern(word) ? undefined : scenarios.find(({ name }) => name === word.text)?.origin;
  if (world !== undefined) return world.whole(choice).takesPart.filter((name) => names.includes(name));
  const found = meant(word, names);
  return found.length === 0 ? undefined : found;
};

/** The names that take part besides those of the scenario that is varied. */
const added = (
  { variation: { actions = [] }, scenarios }: Varying,
  model: Model<unknown>,
  choice: Choice,
  { tell }: Following,
): readonly string[] => {
  const names = model.actions.map(({ name }) => name);
  return actions.flatMap((word) => {
    const found = wordMeans(word, scenarios, names, choice);
    tell(word, found === undefined ? "absent" : "done");
    return found ?? [];
  });
};

/** The steps that took part and are not there any more as they were: a thread may stand still for want of them. */
const changedAway = (
  whole: Model<unknown>,
  before: ReadonlySet<string>,
  { actions }: Model<unknown>,
): readonly Action<unknown>[] => {
  const kept = new Set(actions);
  return whole.actions.filter((action) => before.has(action.name) && !kept.has(action));
};

/** Who takes part besides those of the scenario that is varied, and who does not: a word of a change each. */
const takingPart = (
  { variation: { actions = [] }, scenarios }: Varying,
  { actions: all }: Model<unknown>,
  { usual, before }: { readonly usual: ReadonlySet<string>; readonly before: ReadonlySet<string> },
  changes: readonly Change[],
  choice: Choice,
): TakingPart => {
  const names = all.map(({ name }) => name);
  const more = (word: Written): readonly string[] =>
    (wordMeans(word, scenarios, names, choice) ?? []).filter((name) => !usual.has(name));
  const parting = (word: Written): readonly Action<unknown>[] => {
    const found = meant(word, names).filter((name) => before.has(name));
    return all.filter(({ name }) => found.includes(name));
  };
  return {
    added: [
      ...actions.map((word) => ({ change: `with ${word.text}`, names: more(word) })),
      ...changes.flatMap((change) =>
        change.kind === "add" || change.kind === "like"
          ? [{ change: `add ${change.name.text}`, names: [change.name.text] }]
          : [],
      ),
    ],
    dropped: changes.flatMap((change) =>
      change.kind === "drop"
        ? change.actions.map((word) => ({ change: `drop ${word.text}`, actions: parting(word) }))
        : [],
    ),
  };
};

/**
 * The model of a choice. One order for all: the model of the choice with its options, ioctls silenced where they are; then
 * the changes, those of switches, what takes no part left out, and programs.
 * @throws FaultError where a text of a change cannot be understood, unless it is followed and left out.
 */
export const buildWith = (varying: Varying, choice: Choice, following = unfollowed): Built => {
  const { variation, origin, options, ground, hash, place } = varying;
  const inner = withoutSwitches(choice, options);
  const { model, takesPart, threads } = origin.whole(inner);
  const whole: Model<unknown> = {
    ...model,
    state: ground.state,
    ...(hash === undefined ? {} : { variation: `${model.variation ?? ""}${hash}` }),
  };
  const before = new Set([...takesPart, ...added(varying, whole, inner, following)]);
  const changes = changesUnder(variation, choice);
  const part = changedModel({ model: whole, takesPart: before }, changes, ground, following);
  const left = partOf({ ...part, takesPart: [...part.takesPart], ...(threads && { threads }) });
  const without = {
    ...left,
    ...(left.leftOut && {
      leftOut: {
        ...left.leftOut,
        actions: [...left.leftOut.actions, ...changedAway(whole, before, part.model)],
      },
    }),
  };
  const ordered = programmed(without, variation.program ?? [], origin.programs, ground, following);
  ground.ledger.tellPart(
    ordered.actions,
    takingPart(varying, whole, { usual: new Set(takesPart), before }, changes, inner),
  );
  return {
    model: ordered,
    names: [...model.actions, ...part.model.actions].map(({ name }) => name),
    get actors() {
      return actorsOf(part.model, place.scope);
    },
  };
};
