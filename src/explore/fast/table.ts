import type { Store } from "./store.ts";

const fewestSlots = 2 ** 12;

/**
 * The visited set: packed states in an open-addressed table of a power of two of slots, exact, with linear probing.
 * Word 0 of a state is never 0, so a slot whose word 0 is 0 is free.
 */
export class Table {
  #slots = fewestSlots;
  #shift = 32 - Math.log2(fewestSlots);
  #words: number;
  #cells: Int32Array;
  /** Keeps what the touches read, so that the loads are not optimised away. */
  touched = 0;

  constructor(words: number) {
    this.#words = words;
    this.#cells = new Int32Array(fewestSlots * words);
  }

  get bytes(): number {
    return this.#cells.byteLength;
  }

  /** How many slots a table for `states` states has, at a load of 60 % at most. */
  slotsFor(states: number): number {
    let slots = this.#slots;
    while (states > slots * 0.6) slots *= 2;
    return slots;
  }

  /** Whether `states` states fit at a load of 60 %. */
  holds(states: number): boolean {
    return states <= this.#slots * 0.6;
  }

  /** Computes the slot of each of `count` packed states and touches it, so that the processor overlaps the cache misses. */
  touch(states: Int32Array, count: number, slots: Int32Array): void {
    const cells = this.#cells;
    const words = this.#words;
    const shift = this.#shift;
    let touched = 0;
    for (let i = 0; i < count; i++) {
      const slot = hash(states, i * words, words) >>> shift;
      slots[i] = slot;
      touched ^= cells[slot * words];
    }
    this.touched ^= touched;
  }

  /** The free slot where the packed state at `at` of `states` belongs, from its first `slot` on; -1 if it is there. */
  find(states: Int32Array, at: number, slot: number): number {
    const cells = this.#cells;
    const words = this.#words;
    const last = this.#slots - 1;
    const first = states[at];
    for (let here = slot; ; here = (here + 1) & last) {
      const cell = cells[here * words];
      if (cell === 0) return here;
      if (cell === first && (words === 1 || this.#same(states, at, here * words))) return -1;
    }
  }

  /** Writes the packed state at `at` of `states` into a free slot. */
  put(states: Int32Array, at: number, slot: number): void {
    const to = slot * this.#words;
    for (let i = 0; i < this.#words; i++) this.#cells[to + i] = states[at + i];
  }

  /** Makes the table anew with the given sizes, and puts all stored states into it. */
  rebuild(store: Store, slots: number): void {
    const length = slots * store.words;
    // The old cells are let go before the new ones are allocated.
    if (length === this.#cells.length) this.#cells.fill(0);
    else {
      this.#cells = new Int32Array(0);
      this.#cells = new Int32Array(length);
    }
    this.#words = store.words;
    this.#slots = slots;
    this.#shift = 32 - Math.log2(slots);
    const batch = 1024;
    const ahead = new Int32Array(batch);
    for (let from = 0; from < store.count; from += batch) {
      const count = Math.min(batch, store.count - from);
      const states = store.chunk(from).subarray(store.at(from), store.at(from) + count * store.words);
      this.touch(states, count, ahead);
      for (let i = 0; i < count; i++) {
        const at = i * store.words;
        this.put(states, at, this.find(states, at, ahead[i]));
      }
    }
  }

  #same(states: Int32Array, at: number, cell: number): boolean {
    for (let i = 1; i < this.#words; i++) if (this.#cells[cell + i] !== states[at + i]) return false;
    return true;
  }
}

/** Mixes the words of a packed state; equal states mix equally, and any word changes the upper bits. */
const hash = (states: Int32Array, at: number, words: number): number => {
  let mixed = 0;
  for (let i = 0; i < words; i++) {
    mixed = Math.imul(mixed ^ states[at + i], 0x9e3779b1);
    mixed ^= mixed >>> 15;
  }
  return Math.imul(mixed, 0x85ebca6b);
};
