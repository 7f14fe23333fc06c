import { formatOf } from "../derive/format.ts";
import { pathText } from "../errors.ts";
import type { Action } from "../model/action.ts";
import type { AnyScenario, Choice } from "./scenario.ts";
import type { Change } from "../check/trace.ts";

/** An action that is the same step of another kind in one of two models. */
export interface Replaced {
  readonly was: Action<unknown>;
  readonly is: Action<unknown>;
}

/** A choice and what it is called where it is compared. */
export interface Lane {
  readonly name: string;
  readonly choice: Choice;
}

/** In what the model of one choice differs from that of another, among what takes part in a scenario. */
export interface Differences {
  readonly is: Lane;
  readonly against: Lane;
  readonly added: readonly Action<unknown>[];
  readonly dropped: readonly Action<unknown>[];
  readonly replaced: readonly Replaced[];
  /** How the start differs, leaf by leaf; empty too where one of them has none. */
  readonly start: readonly Change[];
  /** Why the start cannot be reached, where that is so. */
  readonly unreachable: string | null;
}

/** What differs between two choices of a scenario. */
export const differencesOf = (scenario: AnyScenario, base: Lane, other: Lane): Differences => {
  const [from, to] = [scenario.build(base.choice), scenario.build(other.choice)];
  const before = new Map(from.model.actions.map((action) => [action.name, action]));
  const after = new Map(to.model.actions.map((action) => [action.name, action]));
  const [start] = from.start;
  const [started] = to.start;
  const { diff } = formatOf(from.model.state, scenario.scope);
  return {
    is: other,
    against: base,
    added: to.model.actions.filter(({ name }) => !before.has(name)),
    dropped: from.model.actions.filter(({ name }) => !after.has(name)),
    replaced: to.model.actions.flatMap((is) => {
      const was = before.get(is.name);
      return was === undefined || was === is ? [] : [{ was, is }];
    }),
    start:
      start === undefined || started === undefined
        ? []
        : diff(start, started).map(({ path, from, to }) => ({ path: pathText(path), from, to })),
    unreachable: to.unreachable ?? null,
  };
};
