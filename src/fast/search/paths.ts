import type { Searchable } from "../../problem/engine.ts";
import type { Path } from "../../problem/exploration.ts";
import type { Expander } from "./expander.ts";
import type { Hit } from "./hit.ts";
import type { Store } from "../visited/store.ts";
import type { Successors } from "./successors.ts";

/** Shortest runs, from the parents that were stored: each parent is expanded once more to find the step taken. */
export class Paths<S> {
  /** The place, among the start states of the problem, of each of the first states. */
  readonly starts: number[] = [];
  readonly #problem: Searchable<S>;
  readonly #store: Store;
  readonly #expander: Expander<S>;
  readonly #out: Successors;

  constructor(problem: Searchable<S>, store: Store, expander: Expander<S>, out: Successors) {
    this.#problem = problem;
    this.#store = store;
    this.#expander = expander;
    this.#out = out;
  }

  /** A shortest run to the state numbered `id`, and on by one more step if there is one. Uses the successor buffer. */
  to(id: number, ...more: readonly number[]): Path {
    const steps: number[] = [];
    let at = id;
    for (; at >= this.starts.length; at = this.#store.parent(at)) steps.push(this.#stepTo(at));
    const path = { start: this.starts[at], steps: [...steps.toReversed(), ...more] };
    return this.#problem.realRun?.(path) ?? path;
  }

  /** A shortest run to where a property was first hit. */
  toHit({ state, step }: Hit): Path {
    return step === undefined ? this.to(state) : this.to(state, step);
  }

  #stepTo(id: number): number {
    const store = this.#store;
    const out = this.#out;
    const parent = store.parent(id);
    out.clear(store.words);
    this.#expander.expand(store.chunk(parent), store.at(parent), parent);
    for (let i = 0; i < out.count; i++) {
      let same = true;
      for (let w = 0; w < store.words; w++)
        same &&= out.words[i * store.words + w] === store.chunk(id)[store.at(id) + w];
      if (same) return out.step[i];
    }
    throw new Error(`state ${id} is no successor of its parent ${parent}`);
  }
}
