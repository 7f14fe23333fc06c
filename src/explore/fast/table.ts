import { GrowingCells } from "./growing.ts";
import { hash, mixed } from "./hash.ts";
import type { Allocate } from "./store.ts";

const fewestSlots = 2 ** 12;
/** Slots are numbered by 32-bit integers with a sign: 1.2 billion states, or 1.8 billion where memory is short. */
const mostSlots = 2 ** 31 - 1;
/** How full a table may be. */
const usual = 0.6;
/**
 * How full where there is no memory for a larger one. Where not even a quarter more slots have room, the states that fill
 * the table up to here take, in the store, what is left.
 */
const tight = 0.85;

/**
 * The visited set: packed states in an open-addressed table, exact, with linear probing. Word 0 of a state is never 0, so
 * a slot whose word 0 is 0 is free.
 */
export class Table {
  cells: Int32Array;
  readonly #memory: GrowingCells;
  #words: number;
  #slots = 0;
  /** The slots for each of the 2^32 hashes. */
  #scale = 0;
  /** Keeps what the touches read, so that the loads are not optimised away. */
  touched = 0;

  /** Takes cells, all 0 or those of another table, for states of so many words. */
  constructor(words: number, memory: GrowingCells) {
    this.#words = words;
    this.#memory = memory;
    this.cells = memory.cells;
    this.#measure();
  }

  /** Makes a table for `states` states of so many words. @throws RangeError when there is no memory for it. */
  static of(words: number, states: number, allocate?: Allocate): Table {
    return new Table(words, GrowingCells.of(slotsFor(states) * words, allocate));
  }

  /** The bytes of a new table for `states` states of so many words. */
  static bytesFor(states: number, words: number): number {
    return slotsFor(states) * words * 4;
  }

  get bytes(): number {
    return this.cells.byteLength;
  }

  /** How many states fit at a load of 60 %. */
  get room(): number {
    return Math.floor(this.#slots * usual);
  }

  /** How many fit at a load of 85 %, where memory is short. */
  get mostRoom(): number {
    return Math.floor(this.#slots * tight);
  }

  /** The bytes to be allocated before the table has `factor` times the slots or, if `states` need it, more. */
  bytesToGrow(states: number, factor: number): number {
    return this.#memory.bytesFor(slotsFor(states, this.#slots, factor) * this.#words);
  }

  /** The bytes to be allocated before the table is emptied for `states` states of so many words. */
  bytesToEmpty(words: number, states: number): number {
    const cells = this.#slotsToHold(states) * words;
    return cells > this.cells.length ? this.#memory.bytesFor(cells) : 0;
  }

  /** Takes all states out, and makes sure of room for `states` states of so many words. @throws RangeError when there is no memory for them. */
  empty(words: number, states: number): void {
    const cells = this.#slotsToHold(states) * words;
    if (cells > this.cells.length) this.#memory.grow(cells);
    this.#words = words;
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
    const scale = this.#scale;
    if (words === 1) for (let i = 0; i < count; i++) slots[i] = ((mixed(0, states[i]) >>> 0) * scale) | 0;
    else for (let i = 0; i < count; i++) slots[i] = ((hash(states, i * words, words) >>> 0) * scale) | 0;
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
   * Makes the table `factor` times as large or, if `states` states need it, larger. Slots go by the upper bits of the
   * hash, so that states keep their order: from the last on they move up to where others have moved away, without cache
   * misses. The few that do not move up wait until the others have.
   * @throws RangeError when there is no memory for it; the table is then as it was.
   */
  grow(states: number, factor = 2): void {
    const words = this.#words;
    const old = this.#slots;
    this.#memory.grow(slotsFor(states, old, factor) * words);
    this.#measure();
    const { cells } = this;
    const last = this.#slots - 1;
    const waiting: number[] = [];
    for (let slot = old - 1; slot >= 0; slot--) {
      const at = slot * words;
      if (cells[at] === 0) continue;
      const first = this.#slotOf(cells, at);
      if (first === slot) continue;
      let free = first < slot ? last + 1 : first;
      while (free <= last && cells[free * words] !== 0) free++;
      if (free <= last) for (let i = 0; i < words; i++) cells[free * words + i] = cells[at + i];
      else for (let i = 0; i < words; i++) waiting.push(cells[at + i]);
      cells[at] = 0;
    }
    const rest = Int32Array.from(waiting);
    for (let at = 0; at < rest.length; at += words)
      this.#put(rest, at, this.#find(rest, at, this.#slotOf(rest, at)));
  }

  #slotOf(states: Int32Array, at: number): number {
    return ((hash(states, at, this.#words) >>> 0) * this.#scale) | 0;
  }

  #slotsToHold(states: number): number {
    return states <= this.mostRoom ? this.#slots : slotsFor(states, this.#slots);
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

/** How many slots a table for `states` states has: `factor` times as many as another, as often as that takes. */
const slotsFor = (states: number, others = fewestSlots / 2, factor = 2): number => {
  if (states > mostSlots * usual) return Infinity;
  let slots = others;
  do slots = Math.min(mostSlots, Math.ceil(slots * factor));
  while (states > slots * usual);
  return slots;
};
