import type { Store } from "../visited/store.ts";

const FREE = -1;

/** The numbers of the stored states, by state: an open-addressed table over a store that changes no more. */
export class StateIndex {
  readonly #store: Store;
  readonly #slots: Int32Array;
  readonly #shift: number;

  constructor(store: Store, states: number) {
    this.#store = store;
    const bits = StateIndex.bits(states);
    this.#slots = new Int32Array(2 ** bits).fill(FREE);
    this.#shift = 32 - bits;
    for (let id = 0; id < states; id++) {
      const slot = this.#find(store.chunk(id), store.at(id));
      this.#slots[slot] = id;
    }
  }

  /** The slots for this number of states, as a power of two: half of them stay free. */
  static bits(states: number): number {
    return Math.max(4, 33 - Math.clz32(states));
  }

  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** The number of the packed state at `at` of `words`, -1 where it is not stored. */
  idOf(words: Int32Array, at: number): number {
    return this.#slots[this.#find(words, at)];
  }

  /** The slot of a state, or the free one where it belongs. */
  #find(words: Int32Array, at: number): number {
    const last = this.#slots.length - 1;
    for (let slot = this.#hash(words, at) >>> this.#shift; ; slot = (slot + 1) & last) {
      const id = this.#slots[slot];
      if (id === FREE || this.#same(words, at, id)) return slot;
    }
  }

  #same(words: Int32Array, at: number, id: number): boolean {
    const chunk = this.#store.chunk(id);
    const place = this.#store.at(id);
    for (let i = 0; i < this.#store.words; i++) if (chunk[place + i] !== words[at + i]) return false;
    return true;
  }

  #hash(words: Int32Array, at: number): number {
    let all = 0;
    for (let i = 0; i < this.#store.words; i++) {
      all = Math.imul(all ^ (all >>> 13) ^ words[at + i], 0x9e3779b1);
      all = Math.imul(all ^ (all >>> 15), 0x85ebca6b);
    }
    return all;
  }
}
