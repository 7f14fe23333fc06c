import { CheckError, unknownName } from "../errors.ts";
import { own } from "../schema/own.ts";
import type { Args, TakenAction } from "./action.ts";
import { stepText, type Model, type Step } from "./model.ts";

/** What conditions are told apart by: one for each action, actor, step (an action with its arguments), or value of an argument. */
export type Each = "action" | "actor" | "step" | `args.${string}`;

/** A step with who takes it. */
export interface TakenBy extends TakenAction {
  readonly actor: string;
}

/** The steps that a fairness condition is about; what is left out restricts nothing, so `{}` is every step. */
export interface FairSteps<S> {
  /** Steps of this action, or of any of these as if they were one. */
  readonly action?: string | readonly string[];
  /** Steps of this actor, or of any of these, named as in a counterexample: `CPU0`. */
  readonly actor?: string | readonly string[];
  /** Steps with these values of their arguments. */
  readonly args?: Args;
  /** Makes it several conditions, one for each of these; without it all the steps together are one condition. */
  readonly each?: Each | readonly Each[];
  /** Only those of the steps that `when` is true of, which `says` tells in words that follow "that". Deterministic. */
  readonly only?: {
    readonly says: string;
    readonly when: (before: S, after: S, taken: TakenBy) => boolean;
  };
}

/**
 * One or more fairness conditions, as TLA+ has them; only steps that change the state count. Weak: if such a step can be
 * taken from some moment on, always, one is taken again and again. Strong: if one can be taken again and again.
 */
export interface StepFairness<S> extends FairSteps<S> {
  readonly strength: "weak" | "strong";
}

/**
 * A fairness condition of states: again and again there is one in which `holds`, which `says` tells in words, is true. What
 * Manna and Pnueli call a justice requirement. Deterministic.
 */
export interface Recurrence<S> {
  readonly strength: "recurrent";
  readonly says: string;
  readonly holds: (state: S) => boolean;
}

/** What is assumed of behaviours. */
export type Fairness<S> = StepFairness<S> | Recurrence<S>;

/** Declares fairness over states `S`: `const { weak, strong, recurrent } = fairnessOf<State>()`. */
export const fairnessOf = <S>() => ({
  /** Whoever could take such a step all the time takes one in the end. */
  weak: (steps: FairSteps<S> = {}): StepFairness<S> => ({ ...steps, strength: "weak" }),
  /** Whoever could take such a step again and again takes one in the end. */
  strong: (steps: FairSteps<S> = {}): StepFairness<S> => ({ ...steps, strength: "strong" }),
  /** Such a state comes again and again: `recurrent("node 0 is inactive", (s) => !s.node[0].active)`. */
  recurrent: (says: string, holds: (state: S) => boolean): Recurrence<S> => ({
    strength: "recurrent",
    says,
    holds,
  }),
});

/** One fairness condition of the states of a model. */
export interface StateCondition<S> {
  /** For people: `[]<>(node 0 is inactive)`. */
  readonly name: string;
  readonly recurs: (state: S) => boolean;
}

/** One fairness condition of the steps of a model in a scope. */
export interface StepCondition<S> {
  /** For people: `WF(PassToken, i=1)`. */
  readonly name: string;
  readonly strong: boolean;
  /** The ids of the steps it is about. */
  readonly steps: ReadonlySet<number>;
  /** Which of them, where that depends on the state. */
  readonly when?: (before: S, after: S, taken: TakenBy) => boolean;
}

/** One fairness condition of a model in a scope. */
export type Condition<S> = StateCondition<S> | StepCondition<S>;

const listed = <T>(items: T | readonly T[] | undefined): readonly T[] =>
  items === undefined ? [] : ([items].flat() as readonly T[]);
const argsText = (args: Args): string =>
  Object.entries(args)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
const eachText = (each: Each): string => each.replace("args.", "");

const subjectOf = <S>({ action, actor, args = {}, only }: FairSteps<S>): string => {
  const actors = listed(actor);
  const words = [
    listed(action).join(" or "),
    actors.length === 0 ? "" : `by ${actors.join(" or ")}`,
    argsText(args) === "" ? "" : `with ${argsText(args)}`,
  ].filter((word) => word !== "");
  const steps = words.length === 0 ? "any step" : words.join(" ");
  return only === undefined ? steps : `${steps} that ${only.says}`;
};
const named = (strength: "weak" | "strong", subject: string): string =>
  `${strength === "weak" ? "WF" : "SF"}(${subject})`;

/** The conditions in words: `WF(Allocate, for each c)`. */
export const fairnessText = <S>(fairness: Fairness<S>): string => {
  if (fairness.strength === "recurrent") return `[]<>(${fairness.says})`;
  const each = listed(fairness.each);
  const apart = each.length === 0 ? "" : `, for each ${each.map(eachText).join(" and ")}`;
  return named(fairness.strength, `${subjectOf(fairness)}${apart}`);
};

const valueOf = <S>(fairness: StepFairness<S>, each: Each, step: Step<S>): string | number => {
  if (each === "action") return step.action.name;
  if (each === "actor") return step.actor;
  if (each === "step") return stepText(step);
  const name = eachText(each);
  const value = own(step.args, name);
  if (value === undefined)
    throw new CheckError(
      "model",
      `the fairness condition ${fairnessText(fairness)} asks for each ${name}, but ${step.action.name} has no such argument`,
    );
  return value;
};

const known = <S>(fairness: StepFairness<S>, kind: "action" | "actor", names: readonly string[]): void => {
  for (const name of listed(fairness[kind]))
    if (!names.includes(name))
      throw unknownName(
        kind,
        name,
        [...new Set(names)],
        `the fairness condition ${fairnessText(fairness)} speaks of it`,
      );
};

const matches = <S>({ action, actor, args = {} }: FairSteps<S>, step: Step<S>): boolean =>
  (action === undefined || listed(action).includes(step.action.name)) &&
  (actor === undefined || listed(actor).includes(step.actor)) &&
  Object.entries(args).every(([name, value]) => own(step.args, name) === value);

/** The conditions that one declaration stands for. */
const conditionsIn = <S>(
  fairness: Fairness<S>,
  steps: readonly Step<S>[],
  leftOut: readonly string[],
): readonly Condition<S>[] => {
  if (fairness.strength === "recurrent") return [{ name: fairnessText(fairness), recurs: fairness.holds }];
  known(fairness, "action", [...steps.map(({ action }) => action.name), ...leftOut]);
  known(
    fairness,
    "actor",
    steps.map(({ actor }) => actor),
  );
  const mine = steps.filter((step) => matches(fairness, step));
  if (mine.length === 0 && listed(fairness.action).some((name) => leftOut.includes(name))) return [];
  if (mine.length === 0)
    throw new CheckError(
      "model",
      `the fairness condition ${fairnessText(fairness)} is about no step of the model`,
    );
  const each = listed(fairness.each);
  /** What tells conditions apart is values: in words two of them may be alike, as 1 and "1" are. */
  const groups = new Map<string, { readonly name: string; readonly ids: Set<number> }>();
  for (const step of mine) {
    const values = each.map((by) => valueOf(fairness, by, step));
    const apart = each.map((by, i) => `, ${by === "step" ? "" : `${eachText(by)}=`}${String(values[i])}`);
    const key = JSON.stringify(each.map((by, i) => (by === "step" ? step.id : values[i])));
    const group = groups.get(key) ?? {
      name: named(fairness.strength, `${subjectOf(fairness)}${apart.join("")}`),
      ids: new Set(),
    };
    group.ids.add(step.id);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ name, ids }) => ({
    name,
    strong: fairness.strength === "strong",
    steps: ids,
    ...(fairness.only === undefined ? {} : { when: fairness.only.when }),
  }));
};

/** The steps of a model in a scope, and the actions that it leaves out. */
export interface StepsOfModel<S> {
  readonly steps: readonly Step<S>[];
  readonly model: Pick<Model<S>, "leftOut">;
}

/**
 * All conditions that declarations of fairness stand for, among the steps of a model in a scope. One that is about
 * actions that the model leaves out is none: they are never enabled, so that every run meets it.
 * @throws CheckError when one names an action or actor that the model lacks, or is about no step at all: a condition
 * that silently bound nothing would make runs look fair that are not.
 */
export const conditionsOf = <S>(
  fairness: readonly Fairness<S>[],
  { steps, model: { leftOut } }: StepsOfModel<S>,
): readonly Condition<S>[] => {
  const names = leftOut?.actions.map(({ name }) => name) ?? [];
  return fairness.flatMap((declared) => conditionsIn(declared, steps, names));
};
