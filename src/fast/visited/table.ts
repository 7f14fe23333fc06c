import type { GrowableCells } from "./growable-cells.ts";
import { mixed } from "../values/mixed.ts";
import { hash } from "./hash.ts";

/**
 * Packed states in an open-addressed table, exact, with linear probing: those whose hashes begin with the same bits. Word
 * 0 of a state is never 0, so a slot whose word 0 is 0 is free; one always is.
 */
export class Table {
  cells: Int32Array;
  readonly #memory: GrowableCells;
  #words: number;
  /** How many bits the hashes begin with that all have in common. */
  #common: number;
  #slots = 0;
  /** The slots for each of the 2^32 hashes, without those bits. */
  #scale = 0;
  /** Keeps what the touches read, so that the loads are not optimised away. */
  touched = 0;

  /** Takes cells, all 0 or those of another table, for states of `words` words whose hashes have `common` bits in common. */
  constructor(words: number, memory: GrowableCells, common = 0) {
    this.#words = words;
    this.#memory = memory;
    this.#common = common;
    this.cells = memory.cells;
    this.#measure();
  }

  get slots(): number {
    return this.#slots;
  }

  get bytes(): number {
    return this.cells.byteLength;
  }

  /** The bytes to be allocated before the table has this number of cells. */
  bytesToGrow(cells: number): number {
    return this.#memory.bytesFor(cells);
  }

  /**
   * Takes all states out, for others of `words` words whose hashes have `common` bits in common, and makes room for `slots`
   * slots. @throws RangeError when there is no memory for them.
   */
  empty(words: number, common: number, slots: number): void {
    if (slots * words > this.cells.length) this.#memory.grow(slots * words);
    this.#words = words;
    this.#common = common;
    this.#measure();
    this.cells.fill(0);
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
        slot = slot === last ? 0 : slot + 1;
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
   * Leaves in `fresh` a 0 for each of `count` packed states that is known to be in the table, otherwise 1. Another thread
   * may insert meanwhile, and some words of a state be seen before others, which are still 0: so a state with a further
   * word that is 0 is never known to be there.
   */
  lacks(states: Int32Array, count: number, fresh: Int32Array): void {
    this.#touch(states, count, fresh);
    const words = this.#words;
    for (let i = 0; i < count; i++) {
      const at = i * words;
      fresh[i] = this.#isUnmistakable(states, at) && this.#find(states, at, fresh[i]) < 0 ? 0 : 1;
    }
  }

  #isUnmistakable(states: Int32Array, at: number): boolean {
    for (let i = 1; i < this.#words; i++) if (states[at + i] === 0) return false;
    return true;
  }

  /**
   * Finds the first slot of each state, then touches them all: the less there is to do between two loads, the more of them
   * are under way at a time.
   */
  #touch(states: Int32Array, count: number, slots: Int32Array): void {
    const words = this.#words;
    const common = this.#common;
    const scale = this.#scale;
    if (words === 1)
      for (let i = 0; i < count; i++) slots[i] = (((mixed(0, states[i]) << common) >>> 0) * scale) | 0;
    else for (let i = 0; i < count; i++) slots[i] = this.#slotOf(states, i * words);
    const cells = this.cells;
    let touched = 0;
    for (let i = 0; i < count; i++) touched ^= cells[slots[i] * words];
    this.touched ^= touched;
  }

  /** The free slot where the packed state at `at` of `states` belongs, from its first `slot` on; -1 if it is there. */
  #find(states: Int32Array, at: number, slot: number): number {
    const cells = this.cells;
    const words = this.#words;
    const last = this.#slots - 1;
    const first = states[at];
    for (let here = slot; ; here = here === last ? 0 : here + 1) {
      const cell = cells[here * words];
      if (cell === 0) return here;
      if (cell === first && this.#same(states, at, here * words)) return -1;
    }
  }

  #put(states: Int32Array, at: number, slot: number): void {
    const to = slot * this.#words;
    for (let i = 0; i < this.#words; i++) this.cells[to + i] = states[at + i];
  }

  /**
   * Gives the table this number of slots, more than before. @throws RangeError when there is no memory for it; the table is
   * then as it was.
   */
  grow(slots: number): void {
    const old = this.#slots;
    this.#memory.grow(slots * this.#words);
    this.#measure();
    this.#spread(old);
  }

  /** Puts the states of the upper half of the hashes into another table, made of `memory`, whose cells are all 0. */
  split(memory: GrowableCells): Table {
    this.#common++;
    const upper = new Table(this.#words, memory, this.#common);
    this.#spread(this.#slots, upper);
    return upper;
  }

  /**
   * Puts the states in the first `old` slots where they belong now; those of the upper half of the hashes into `upper`, if
   * given. Slots go by the upper bits of the hash, so that states keep their order: from the last on they move up to where
   * others have moved away, without cache misses. The few that do not move up wait until the others have.
   */
  #spread(old: number, upper?: Table): void {
    const { cells } = this;
    const words = this.#words;
    const waiting: number[] = [];
    for (let slot = old - 1; slot >= 0; slot--) {
      const at = slot * words;
      if (cells[at] === 0) continue;
      const first = this.#slotOf(cells, at);
      if (upper !== undefined && upper.#isUpper(cells, at)) upper.#add(cells, at);
      else if (first === slot) continue;
      else if (first < slot || !this.#moved(at, first))
        for (let i = 0; i < words; i++) waiting.push(cells[at + i]);
      cells[at] = 0;
    }
    const rest = Int32Array.from(waiting);
    for (let at = 0; at < rest.length; at += words) this.#add(rest, at);
  }

  /** Whether the last bit that all hashes here have in common is 1 in that of a state. */
  #isUpper(states: Int32Array, at: number): boolean {
    return hash(states, at, this.#words) << (this.#common - 1) < 0;
  }

  /** Moves the state in the cells from `at` on to the first free slot from `first` on; whether there is one before the end. */
  #moved(at: number, first: number): boolean {
    const { cells } = this;
    const words = this.#words;
    const end = this.#slots;
    let free = first;
    while (free < end && cells[free * words] !== 0) free++;
    if (free === end) return false;
    for (let i = 0; i < words; i++) cells[free * words + i] = cells[at + i];
    return true;
  }

  /** Adds a state that is not there. */
  #add(states: Int32Array, at: number): void {
    this.#put(states, at, this.#find(states, at, this.#slotOf(states, at)));
  }

  #slotOf(states: Int32Array, at: number): number {
    return (((hash(states, at, this.#words) << this.#common) >>> 0) * this.#scale) | 0;
  }

  #measure(): void {
    this.cells = this.#memory.cells;
    this.#slots = Math.floor(this.cells.length / this.#words);
    this.#scale = this.#slots / 2 ** 32;
  }

  #same(states: Int32Array, at: number, cell: number): boolean {
    for (let i = 1; i < this.#words; i++) if (this.cells[cell + i] !== states[at + i]) return false;
    return true;
  }
}
