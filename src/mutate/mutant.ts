import type { Action } from "../model/action.ts";

/** A model in which one action does something else, or two have traded places. */
export interface Mutant {
  /** The same in every world: `fill: does not write jug[].amount`. */
  readonly id: string;
  /** The action that does something else, or of two the one that is taken later. */
  readonly action: string;
  /** Who takes it, without the numbers of members. */
  readonly actor: string;
  /** What is done to an action of the model: to most of them nothing. */
  readonly mutated: <S>(action: Action<S>) => Action<S>;
}
