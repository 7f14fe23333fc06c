import { codecOf } from "../derive/codec.ts";
import type { Searchable } from "../problem/engine.ts";
import type { Path } from "../problem/exploration.ts";

/** The states that the reference engine has found, numbered in that order, each with the step that first led to it. */
export class FoundStates<S> {
  readonly states: S[] = [];
  readonly #problem: Searchable<S>;
  readonly #encode: (state: S) => Int32Array;
  readonly #ids = new Map<string, number>();
  readonly #parents: { readonly from: number; readonly step: number }[] = [];

  constructor(problem: Searchable<S>) {
    this.#problem = problem;
    this.#encode = codecOf(problem.model.state, problem.scope).encode;
  }

  /** The number of a state; undefined where it was not found. */
  idOf(state: S): number | undefined {
    return this.#ids.get(this.#keyOf(state));
  }

  /** Gives a new state its number. A start state has its place for `from`, and -1 for `step`. */
  add(state: S, from: number, step: number): number {
    const id = this.states.push(state) - 1;
    this.#ids.set(this.#keyOf(state), id);
    this.#parents.push({ from, step });
    return id;
  }

  /** A shortest run to a state, and on by one more step if there is one. */
  path(id: number, ...more: readonly number[]): Path {
    const taken: number[] = [];
    let at = id;
    for (; this.#parents[at].step >= 0; at = this.#parents[at].from) taken.push(this.#parents[at].step);
    const path = { start: this.#parents[at].from, steps: [...taken.toReversed(), ...more] };
    return this.#problem.realRun?.(path) ?? path;
  }

  #keyOf(state: S): string {
    return Buffer.from(this.#encode(state).buffer).toString("latin1");
  }
}
