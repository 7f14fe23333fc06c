import { evaluated } from "../derive/evaluated.ts";
import { CheckError, during, returnedError, unknownName } from "../errors.ts";
import type { Domain, Scope } from "../schema/domain.ts";
import { choices, type Action, type Args } from "./action.ts";
import type { Constraint } from "./constraint.ts";
import type { LeftOut } from "./left-out.ts";

/** A transition system as data: a state space, where it starts, and what may happen. */
export interface Model<S> {
  readonly name: string;
  readonly state: Domain<S>;
  readonly init: (scope: Scope) => readonly S[];
  readonly actions: readonly Action<S>[];
  /** States that do not satisfy all of these are not expanded; none where it is absent. */
  readonly constraints?: readonly Constraint<S>[];
  /** Where it is a part of a whole: what it leaves out. A search says where a thread stands still for that reason. */
  readonly leftOut?: LeftOut<S>;
  /**
   * Reads and writes of fields after which an effect is taken not to end, and reads after which a guard or a look at a
   * property is; a million where it is absent. The reference engine counts those of guards and properties where it is given.
   */
  readonly mostAccesses?: number;
  /** What tells it, as part of its version, from a model that does the same: the hash of the file that changed it. */
  readonly variation?: string;
}

/** What a design or an option changes: actions replaced (by name), added, dropped. */
export interface Patch<S> {
  readonly replace?: readonly Action<S>[];
  readonly add?: readonly Action<S>[];
  readonly drop?: readonly string[];
}

/**
 * A model that differs from `base` in a few named actions, as a patch differs from its tree.
 * @throws CheckError when an action to replace or drop is not in the base, or one to add is.
 */
export const variant = <S>(base: Model<S>, name: string, patch: Patch<S>): Model<S> => {
  const names = base.actions.map((action) => action.name);
  const there = new Set(names);
  const known = (wanted: string): void => {
    if (!there.has(wanted))
      throw unknownName(
        "action",
        wanted,
        names,
        `"${name}" changes it, but "${base.name}" has no such action`,
      );
  };
  const replaced = new Map((patch.replace ?? []).map((action) => [action.name, action]));
  for (const wanted of replaced.keys()) known(wanted);
  for (const wanted of patch.drop ?? []) known(wanted);
  const taken = new Set(there);
  for (const added of patch.add ?? []) {
    if (taken.has(added.name))
      throw new CheckError(
        "model",
        there.has(added.name)
          ? `"${name}" adds the action ${added.name}, which "${base.name}" already has`
          : `"${name}" adds the action ${added.name} twice`,
      );
    taken.add(added.name);
  }
  const drop = new Set(patch.drop);
  const kept = base.actions
    .filter((action) => !drop.has(action.name))
    .map((action) => replaced.get(action.name) ?? action);
  return { ...base, name, actions: [...kept, ...(patch.add ?? [])] };
};

/** An action with its arguments fixed: one step that may be taken. */
export interface Step<S> {
  readonly id: number;
  readonly action: Action<S>;
  readonly args: Args;
  readonly actor: string;
}

/** A step as `ACTION(v=0)`. */
export const stepText = ({
  action,
  args,
}: {
  readonly action: { readonly name: string };
  readonly args: Args;
}): string => {
  const chosen = Object.entries(args).map(([name, value]) => `${name}=${value}`);
  return chosen.length === 0 ? action.name : `${action.name}(${chosen.join(", ")})`;
};

const actorOf = <S>(action: Action<S>, args: Args): string => {
  const what = `the actor of ${stepText({ action, args })}`;
  let actor: unknown;
  try {
    actor = evaluated(() => action.actor(args));
  } catch (error) {
    throw during(what, error);
  }
  if (typeof actor === "string") return actor;
  throw returnedError(what, actor, "a text");
};

/**
 * All steps of a model in a scope, in the order of its actions: a step's id is its place in the list.
 * @throws CheckError when two actions share a name.
 */
export const stepsOf = <S>(model: Model<S>, scope: Scope): readonly Step<S>[] => {
  const names = model.actions.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new CheckError("model", `"${model.name}" has two actions called ${twice}`);
  return model.actions
    .flatMap((action) => choices(action.args, scope).map((args) => ({ action, args })))
    .map(({ action, args }, id) => ({ id, action, args, actor: actorOf(action, args) }));
};

/** A run as the names of its steps, for error messages. */
export const runText = <S>(steps: readonly Step<S>[], path: { readonly steps: readonly number[] }): string =>
  path.steps.length === 0 ? "no step" : path.steps.map((id) => stepText(steps[id])).join(", ");
