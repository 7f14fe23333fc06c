import type { Scope } from "#check";
import type { KvmChoice } from "./choice.ts";
import { bootStepsOf } from "./boot.ts";
import { guests, kvmModel } from "./model.ts";
import type { GuestName } from "./ops.ts";
import type { StartName } from "./start-points.ts";

/** What changes with the value of an option, as the names of actions; both are empty where it has no effect. */
export interface Effect {
  /** Those that take part in the world. */
  readonly actions: readonly string[];
  /** Those that take part in the boot to its start. */
  readonly boot: readonly string[];
}

/** What a world leaves of an effect: the actions that take part, and the way to its start. */
export interface Place {
  readonly actions: readonly string[];
  readonly scope: Scope;
  readonly start: StartName;
}

/** The keys of two maps under which they differ. */
const differing = (
  one: ReadonlyMap<string, unknown>,
  other: ReadonlyMap<string, unknown>,
): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));

const actionsOf = (choice: KvmChoice): ReadonlyMap<string, unknown> =>
  new Map(kvmModel(choice).actions.map((action) => [action.name, action]));

/** The steps of a boot by the action that they take, each with all its arguments. */
const bootOf = (choice: KvmChoice, { scope, start }: Place): ReadonlyMap<string, string> => {
  const boot = new Map<string, string>();
  for (const [action, args] of bootStepsOf(choice, guests[choice.guest as GuestName].module, {
    scope,
    start,
  }))
    boot.set(action, `${boot.get(action) ?? ""} ${JSON.stringify(args)}`);
  return boot;
};

/**
 * What the value of an option in a choice changes in a world, compared with another value of it.
 * @throws CheckError when options conflict, with either value.
 */
export const effectOf = (place: Place, choice: KvmChoice, option: string, instead: string): Effect => {
  const other: KvmChoice = { ...choice, options: { ...choice.options, [option]: instead } };
  const changed = differing(actionsOf(choice), actionsOf(other));
  const [boot, otherBoot] = [bootOf(choice, place), bootOf(other, place)];
  return {
    actions: changed.filter((name) => place.actions.includes(name)),
    boot: [
      ...new Set([
        ...differing(boot, otherBoot),
        ...changed.filter((name) => boot.has(name) || otherBoot.has(name)),
      ]),
    ],
  };
};
