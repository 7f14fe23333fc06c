import { ownMemory, type Allocate } from "./store.ts";

const fewestSlots = 2 ** 12;
/** Slots are numbered by 32-bit integers with a sign: at most 1.2 billion states. */
const mostSlots = 2 ** 31;

/**
 * The visited set: packed states in an open-addressed table of a power of two of slots, exact, with linear probing.
 * Word 0 of a state is never 0, so a slot whose word 0 is 0 is free.
 */
export class Table {
  cells: Int32Array;
  readonly #words: number;
  readonly #allocate: Allocate;
  #slots = 0;
  #shift = 0;
  /** Keeps what the touches read, so that the loads are not optimised away. */
  touched = 0;

  /** Takes cells, all 0 or those of another table, for states of so many words. */
  constructor(words: number, cells: Int32Array, allocate: Allocate = ownMemory) {
    this.#words = words;
    this.#allocate = allocate;
    this.cells = cells;
    this.#measure();
  }

  /** Makes a table for `states` states of so many words. @throws RangeError when there is no memory for it. */
  static of(words: number, states: number, allocate: Allocate = ownMemory): Table {
    return new Table(words, new Int32Array(allocate(Table.bytesFor(states, words))), allocate);
  }

  /** The bytes of a table for `states` states of so many words. */
  static bytesFor(states: number, words: number): number {
    return slotsFor(states) * words * 4;
  }

  get bytes(): number {
    return this.cells.byteLength;
  }

  /** How many states fit at a load of 60 %. */
  get room(): number {
    return Math.floor(this.#slots * 0.6);
  }

  /**
   * Puts `count` packed states into the table, and leaves in `fresh` a 1 for each that was not there, otherwise 0; gives
   * how many were not. All slots are computed and touched first, so that the processor overlaps the cache misses.
   */
  insert(states: Int32Array, count: number, fresh: Int32Array): number {
    this.#touch(states, count, fresh);
    if (this.#words === 1) return this.#insertWords(states, count, fresh);
    let more = 0;
    for (let i = 0; i < count; i++) {
      const at = i * this.#words;
      const free = this.#find(states, at, fresh[i]);
      if (free >= 0) this.#put(states, at, free);
      fresh[i] = free >= 0 ? 1 : 0;
      more += fresh[i];
    }
    return more;
  }

  /** The same for states of one word, the usual case. */
  #insertWords(states: Int32Array, count: number, fresh: Int32Array): number {
    const cells = this.cells;
    let more = 0;
    const last = this.#slots - 1;
    for (let i = 0; i < count; i++) {
      const state = states[i];
      let slot = fresh[i];
      let cell = cells[slot];
      while (cell !== 0 && cell !== state) {
        slot = (slot + 1) & last;
        cell = cells[slot];
      }
      if (cell === 0) {
        cells[slot] = state;
        fresh[i] = 1;
        more++;
      } else fresh[i] = 0;
    }
    return more;
  }

  /**
   * Leaves in `fresh` a 0 for each of `count` packed states that is in the table, otherwise 1. Another thread may insert
   * meanwhile; what it does is then seen in full or not at all.
   */
  lacks(states: Int32Array, count: number, fresh: Int32Array): void {
    this.#touch(states, count, fresh);
    const words = this.#words;
    for (let i = 0; i < count; i++) fresh[i] = this.#find(states, i * words, fresh[i]) >= 0 ? 1 : 0;
  }

  #touch(states: Int32Array, count: number, slots: Int32Array): void {
    const cells = this.cells;
    const words = this.#words;
    const shift = this.#shift;
    let touched = 0;
    if (words === 1)
      for (let i = 0; i < count; i++) {
        const slot = mixed(0, states[i]) >>> shift;
        slots[i] = slot;
        touched ^= cells[slot];
      }
    else
      for (let i = 0; i < count; i++) {
        const slot = hash(states, i * words, words) >>> shift;
        slots[i] = slot;
        touched ^= cells[slot * words];
      }
    this.touched ^= touched;
  }

  /** The free slot where the packed state at `at` of `states` belongs, from its first `slot` on; -1 if it is there. */
  #find(states: Int32Array, at: number, slot: number): number {
    const cells = this.cells;
    const words = this.#words;
    const last = this.#slots - 1;
    const first = states[at];
    for (let here = slot; ; here = (here + 1) & last) {
      const cell = words === 1 ? cells[here] : Atomics.load(cells, here * words);
      if (cell === 0) return here;
      if (cell === first && this.#same(states, at, here * words)) return -1;
    }
  }

  #put(states: Int32Array, at: number, slot: number): void {
    const to = slot * this.#words;
    for (let i = 1; i < this.#words; i++) this.cells[to + i] = states[at + i];
    // Word 0 comes last: who finds it in another thread finds the others as well.
    if (this.#words === 1) this.cells[to] = states[at];
    else Atomics.store(this.cells, to, states[at]);
  }

  /**
   * Makes the table large enough for `states` states. Slots go by the upper bits of the hash, so that the old and the new
   * table are both walked in order, without cache misses; for that moment both exist.
   * @throws RangeError when there is no memory for it.
   */
  grow(states: number): void {
    const old = this.cells;
    const words = this.#words;
    const slots = slotsFor(states);
    this.cells = new Int32Array(this.#allocate(slots * words * 4));
    this.#measure();
    for (let at = 0; at < old.length; at += words)
      if (old[at] !== 0) this.#put(old, at, this.#find(old, at, hash(old, at, words) >>> this.#shift));
  }

  #measure(): void {
    this.#slots = this.cells.length / this.#words;
    this.#shift = 32 - Math.log2(this.#slots);
  }

  #same(states: Int32Array, at: number, cell: number): boolean {
    for (let i = 1; i < this.#words; i++) if (this.cells[cell + i] !== states[at + i]) return false;
    return true;
  }
}

/** How many slots a table for `states` states has, at a load of 60 % at most. */
const slotsFor = (states: number): number => {
  let slots = fewestSlots;
  while (states > slots * 0.6) slots *= 2;
  if (slots > mostSlots) throw new RangeError(`a table has at most ${mostSlots} slots`);
  return slots;
};

/** Mixes a word into what was mixed so far; any change of either changes the upper bits. */
const mixed = (sofar: number, word: number): number => {
  const product = Math.imul(sofar ^ word, 0x9e3779b1);
  return Math.imul(product ^ (product >>> 15), 0x85ebca6b);
};

const hash = (states: Int32Array, at: number, words: number): number => {
  let all = 0;
  for (let i = 0; i < words; i++) all = mixed(all ^ (all >>> 13), states[at + i]);
  return all;
};
