import type { Space } from "../values/space.ts";
import type { Store } from "../visited/store.ts";
import type { Expander } from "./expander.ts";
import type { Successors } from "./successors.ts";

/** What a batch is expanded with. */
interface Parts<S> {
  readonly expander: Expander<S>;
  readonly space: Space<S>;
  readonly store: Store;
  readonly out: Successors;
}

/** A batch of states expanded step by step, with all there is to be told of each successor, in order. */
export class OrderedBatch<S> {
  /** The first state not expanded. */
  next = 0;
  /** Expanded states that have no successor. */
  dead: number[] = [];
  /** What went wrong at the state that ended the batch. */
  failure: { readonly state: number; readonly error: unknown } | undefined;
  readonly #parts: Parts<S>;

  constructor(parts: Parts<S>) {
    this.#parts = parts;
  }

  /**
   * Expands states from `from` on, at most up to `end`, until there are `enough` successors, something fails, or a
   * component has outgrown its width; gives the first not expanded.
   */
  fill(from: number, end: number, enough: number): number {
    const { expander, space, store, out } = this.#parts;
    out.clear(store.words);
    this.dead = [];
    // States that are expanded again do have room, whatever had none after them.
    const { outgrown } = space;
    for (this.next = from; this.next < end; this.next++) {
      const before = out.count;
      if (before >= enough) break;
      let enabled = 0;
      try {
        enabled = expander.expand(store.chunk(this.next), store.at(this.next), this.next);
      } catch (error) {
        this.failure = { state: this.next, error };
      }
      if (this.failure !== undefined || space.outgrown !== outgrown) {
        out.count = before;
        break;
      }
      if (enabled === 0) this.dead.push(this.next);
    }
    return this.next;
  }
}
