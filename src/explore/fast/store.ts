const bits = 16;
const size = 2 ** bits;

/** The states in the order found, packed, and the parent of each, in chunks that are never moved. */
export class Store {
  count = 0;
  words: number;
  readonly #states: Int32Array[] = [];
  readonly #parents: Uint32Array[] = [];

  constructor(words: number) {
    this.words = words;
  }

  /** The bytes of all chunks. */
  get bytes(): number {
    return this.#states.length * size * 4 * (this.words + 1);
  }

  /** Appends the packed state at `at` of `words`; gives its id. */
  push(words: Int32Array, at: number, parent: number): number {
    const id = this.count++;
    const within = id & (size - 1);
    if (within === 0) {
      this.#states.push(new Int32Array(size * this.words));
      this.#parents.push(new Uint32Array(size));
    }
    const chunk = this.#states[this.#states.length - 1];
    for (let i = 0; i < this.words; i++) chunk[within * this.words + i] = words[at + i];
    this.#parents[this.#parents.length - 1][within] = parent;
    return id;
  }

  /** The chunk that holds a state. */
  chunk(id: number): Int32Array {
    return this.#states[id >>> bits];
  }

  /** Where a state starts in its chunk. */
  at(id: number): number {
    return (id & (size - 1)) * this.words;
  }

  parent(id: number): number {
    return this.#parents[id >>> bits][id & (size - 1)];
  }

  /** Rewrites every state, one chunk at a time, with states of `words` words. */
  repack(
    words: number,
    rewrite: (from: Int32Array, at: number, to: Int32Array, place: number) => void,
  ): void {
    for (let number = 0; number < this.#states.length; number++) {
      const from = this.#states[number];
      const to = new Int32Array(size * words);
      const held = Math.min(size, this.count - number * size);
      for (let i = 0; i < held; i++) rewrite(from, i * this.words, to, i * words);
      this.#states[number] = to;
    }
    this.words = words;
  }
}
