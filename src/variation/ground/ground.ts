import type { Predicate } from "../../expression/names.ts";
import type { Action } from "../../model/action.ts";
import type { Domain, Scope } from "../../schema/domain.ts";
import type { Ledger } from "./ledger.ts";

/** What the texts of a variation are understood by. */
export interface Ground {
  readonly state: Domain<unknown>;
  readonly scope: Scope;
  readonly predicates: readonly Predicate[];
  /** Who says what is changed, as a run names it. */
  readonly by: string;
  readonly ledger: Ledger;
  /** What became of an action by a change: made once, so that choices share what they have in common. */
  readonly made: WeakMap<object, WeakMap<object, Action<unknown>>>;
}

/** What is made of an action by a change, made once. */
export const madeOnce = (
  { made }: Ground,
  change: object,
  was: object,
  make: () => Action<unknown>,
): Action<unknown> => {
  const of = made.get(change) ?? new WeakMap<object, Action<unknown>>();
  const one = of.get(was) ?? make();
  made.set(change, of.set(was, one));
  return one;
};
