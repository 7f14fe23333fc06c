/** Notes which changes of a model make a difference, while it is watched. */
export class Ledger {
  readonly #made = new Set<string>();
  /** What is changed in an action, each change in words. */
  readonly #said = new WeakMap<object, readonly string[]>();

  /** What is to be called where a change makes a difference. */
  marker(change: string): () => void {
    return () => void this.#made.add(change);
  }

  /** Says what was changed in an action, besides what was in the one that it is made of. */
  say<A extends object>(action: A, changes: readonly string[], was?: object): A {
    this.#said.set(action, [...((was && this.#said.get(was)) ?? []), ...changes]);
    return action;
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
