import { ownMemory, type Allocate } from "./store.ts";

/** What a buffer of successors is made of; each has room for the same number of them. */
export interface Rows {
  readonly words: Int32Array;
  readonly parent: Uint32Array;
  readonly step: Int32Array;
  readonly verdict: Int32Array;
  readonly fresh: Int32Array;
}

const rowsFor = (room: number, words: number, allocate: Allocate): Rows => ({
  words: new Int32Array(allocate(room * words * 4)),
  parent: new Uint32Array(allocate(room * 4)),
  step: new Int32Array(allocate(room * 4)),
  verdict: new Int32Array(allocate(room * 4)),
  fresh: new Int32Array(allocate(room * 4)),
});

/** A buffer of packed successors, with the parent, the step and the verdict of each transition. */
export class Successors implements Rows {
  count = 0;
  words: Int32Array;
  readonly parent: Uint32Array;
  readonly step: Int32Array;
  readonly verdict: Int32Array;
  /** For each successor 1 if it is a new state, otherwise 0, once it was looked up. */
  readonly fresh: Int32Array;
  readonly #room: number;

  constructor(rows: Rows) {
    this.words = rows.words;
    this.parent = rows.parent;
    this.step = rows.step;
    this.verdict = rows.verdict;
    this.fresh = rows.fresh;
    this.#room = rows.step.length;
  }

  /** A buffer with room for so many successors of so many words. @throws RangeError when there is no memory for it. */
  static of(room: number, words: number, allocate: Allocate = ownMemory): Successors {
    return new Successors(rowsFor(room, words, allocate));
  }

  /** What another thread makes the same buffer of, where its memory is shared. */
  get rows(): Rows {
    const { words, parent, step, verdict, fresh } = this;
    return { words, parent, step, verdict, fresh };
  }

  /** Empties the buffer and makes its states `words` words long. */
  clear(words: number): void {
    this.count = 0;
    if (this.words.length !== this.#room * words) this.words = new Int32Array(this.#room * words);
  }

  /** The bytes of the buffer. */
  get bytes(): number {
    return this.words.byteLength + this.#room * 16;
  }
}
