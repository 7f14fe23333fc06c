import type { TakingPart } from "../../catalogue/varied.ts";

/** Notes which changes of a model make a difference, while it is watched. */
export class Ledger {
  readonly #made = new Set<string>();
  /** What is changed in an action, each change in words. */
  readonly #said = new WeakMap<object, readonly string[]>();

  /** What else is changed of who takes part, by the actions of the model that it comes to. */
  readonly #parts = new WeakMap<readonly object[], TakingPart>();

  /** What is to be called where a change makes a difference. */
  marker(change: string): () => void {
    return () => void this.#made.add(change);
  }

  /** Says what was changed in an action, besides what was in the one that it is made of. */
  say<A extends object>(action: A, changes: readonly string[], was?: object): A {
    this.#said.set(action, [...((was && this.#said.get(was)) ?? []), ...changes]);
    return action;
  }

  /** Says of a model, known by its actions, who else takes part in it and who does not. */
  tellPart(actions: readonly object[], taking: TakingPart): void {
    this.#parts.set(actions, taking);
  }

  /** Who else takes part in a model and who does not, as changes say. */
  partIn(actions: readonly object[]): TakingPart | undefined {
    return this.#parts.get(actions);
  }

  /** Begins again. */
  watch(): void {
    this.#made.clear();
  }

  /** The changes of some actions that made no difference so far. */
  idle(actions: readonly object[]): readonly string[] {
    return [...new Set(actions.flatMap((action) => this.#said.get(action) ?? []))].filter(
      (change) => !this.#made.has(change),
    );
  }
}
