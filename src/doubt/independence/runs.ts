import type { Whole } from "./whole-graph.ts";

/** Looks, from their ends back, for runs of some of the steps of a state graph. */
export class Runs<S> {
  readonly #whole: Whole<S>;
  readonly #found: Int32Array;
  /** In which search a state was found last, and by which step a run goes on from there: -1 where it ends. */
  readonly #foundIn: Int32Array;
  readonly #onBy: Int32Array;
  #search = 0;

  constructor(whole: Whole<S>) {
    this.#whole = whole;
    this.#found = new Int32Array(whole.states);
    this.#foundIn = new Int32Array(whole.states);
    this.#onBy = new Int32Array(whole.states);
  }

  /** The states from which a run of steps that are not `without` leads to one of `ends`, by its length. Good until the next call. */
  leadingTo(ends: Iterable<number>, without: ReadonlySet<number>): Int32Array {
    this.#search++;
    let count = 0;
    const find = (state: number, onBy: number): void => {
      if (this.#foundIn[state] === this.#search) return;
      this.#foundIn[state] = this.#search;
      this.#onBy[state] = onBy;
      this.#found[count++] = state;
    };
    for (const state of ends) find(state, -1);
    for (let next = 0; next < count; next++)
      this.#whole.eachInto(this.#found[next], (from, step) => {
        if (!without.has(step)) find(from, step);
      });
    return this.#found.subarray(0, count);
  }

  /** A shortest such run from a state that was found last, and where it ends. */
  from(state: number): { readonly steps: readonly number[]; readonly end: number } {
    const steps: number[] = [];
    let end = state;
    for (let step = this.#onBy[end]; step >= 0; step = this.#onBy[end]) {
      steps.push(step);
      end = this.#whole.after(end, step);
    }
    return { steps, end };
  }
}
