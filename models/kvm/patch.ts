import { CheckError, type Patch } from "#check";
import type { KvmChoice } from "./choice.ts";
import { contributionsOf, type Contribution } from "./changes.ts";
import type { KvmOption } from "./option.ts";
import { options } from "./options/index.ts";
import type { State } from "./state.ts";

/** The actions that a contribution replaces or adds. */
const changed = ({ change: { replace = [], add = [] } }: Contribution): readonly string[] =>
  [...replace, ...add].map(({ name }) => name);

const firstOf = (name: string): string | undefined =>
  options.find((option) => option.name === name)?.values[0];

/** The settings of a contribution that are not the options' first values, or all where there are none. */
const settingsOf = ({ settings }: Contribution): readonly (readonly [name: string, value: string])[] => {
  const all = Object.entries(settings);
  const chosen = all.filter(([name, value]) => value !== firstOf(name));
  return chosen.length === 0 ? all : chosen;
};

const text = (contribution: Contribution): string =>
  settingsOf(contribution)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");

const instead = (contribution: Contribution): string =>
  settingsOf(contribution)
    .map(([name]) => `${name}=${firstOf(name)}`)
    .join(" ");

const conflict = (what: string, one: Contribution, other: Contribution): CheckError =>
  new CheckError(
    "usage",
    `${text(one)} and ${text(other)} ${what}: set ${instead(one)} or ${instead(other)}`,
  );

/** Two options may not change one action, and one may not leave out all that the other changes. */
const refuseConflict = (one: Contribution, other: Contribution): void => {
  const names = changed(one);
  const both = names.filter((name) => changed(other).includes(name));
  if (both.length > 0) throw conflict(`both change ${both.join(", ")}`, one, other);
  const { drop = [] } = other.change;
  if (names.length > 0 && one.change.boot === undefined && names.every((name) => drop.includes(name)))
    throw conflict(
      `do not go together: the second leaves out ${names.join(", ")}, all that the first changes`,
      one,
      other,
    );
};

/**
 * The patch that the options of a choice come to, a world's own among them. The order of the options decides where actions are added, and nothing
 * else: an action that one option changes and another leaves out is left out.
 * @throws CheckError when two options conflict; names both, and what to set.
 */
export const patchOf = (choice: KvmChoice, own: readonly KvmOption[] = []): Patch<State> => {
  const contributions = contributionsOf(choice, own);
  for (const one of contributions)
    for (const other of contributions) if (one !== other) refuseConflict(one, other);
  const drop = new Set(contributions.flatMap(({ change }) => change.drop ?? []));
  return {
    replace: contributions
      .flatMap(({ change }) => change.replace ?? [])
      .filter(({ name }) => !drop.has(name)),
    add: contributions.flatMap(({ change }) => change.add ?? []).filter(({ name }) => !drop.has(name)),
    drop: [...drop],
  };
};
