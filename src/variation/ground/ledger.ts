import type { Marks, TakingPart } from "../../catalogue/varied.ts";

/** Notes which changes of a model make a difference, while it is watched. */
export class Ledger {
  readonly #made = new Set<string>();
  /** What is watched. */
  #watched: readonly string[] = [];
  /** Where other threads note it too. */
  #marks: Marks | undefined;
  /** What is changed in an action, each change in words. */
  readonly #said = new WeakMap<object, readonly string[]>();

  /** What else is changed of who takes part, by the actions of the model that it comes to. */
  readonly #parts = new WeakMap<readonly object[], TakingPart>();

  /** What is to be called where a change makes a difference. */
  marker(change: string): () => void {
    return () => {
      if (this.#made.has(change)) return;
      this.#made.add(change);
      const place = this.#marks?.changes.indexOf(change) ?? -1;
      if (place >= 0) this.#marks!.made[place] = 1;
    };
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

  /** Begins again, with the changes of some actions. */
  watch(actions: readonly object[]): void {
    this.#made.clear();
    this.#watched = this.#changesOf(actions);
    this.#marks = undefined;
  }

  /** Where other threads are to note which of the changes that are watched make a difference. */
  marks(): Marks {
    const made = new Uint8Array(new SharedArrayBuffer(this.#watched.length));
    this.#marks ??= { changes: this.#watched, made };
    return this.#marks;
  }

  /** Notes from here on what another thread watches. */
  noteIn(marks: Marks): void {
    this.#made.clear();
    this.#marks = marks;
  }

  /** The changes of some actions that made no difference so far. */
  idle(actions: readonly object[]): readonly string[] {
    const elsewhere = new Set(this.#marks?.changes.filter((_, place) => this.#marks?.made[place] === 1));
    return this.#changesOf(actions).filter((change) => !this.#made.has(change) && !elsewhere.has(change));
  }

  #changesOf(actions: readonly object[]): readonly string[] {
    return [...new Set(actions.flatMap((action) => this.#said.get(action) ?? []))];
  }
}
