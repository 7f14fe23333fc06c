import { BitSet } from "./bit-set.ts";
import type { Layout } from "./layout.ts";
import type { Store } from "./store.ts";
import { Table } from "./table.ts";

/** Bytes that a bit set may always take: no more than the rest of a small search. */
const small = 2 ** 20;
/** A bit set is so much faster than a table that it may take this many times as much. */
const worth = 2;

const isBitSet = ({ words, bits }: Layout, states: number): boolean =>
  words === 1 && BitSet.bytesFor(bits) <= Math.max(small, worth * Table.bytesFor(states, words));

/**
 * The visited set of a search: a bit for each packed state there could be where those are few enough, else a table of the
 * packed states. Both are exact.
 */
export class Visited {
  #layout: Layout;
  #set: BitSet | Table;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#set = isBitSet(layout, 1) ? new BitSet(layout.bits) : new Table(layout.words, 1);
  }

  /** The bytes of the set. */
  get bytes(): number {
    return this.#set.bytes;
  }

  /** The bytes to be allocated before there is room for `states` states, 0 where there is. */
  bytesFor(states: number): number {
    if (this.#set.holds(states)) return 0;
    const { words, bits } = this.#layout;
    return isBitSet(this.#layout, states) ? BitSet.bytesFor(bits) : Table.bytesFor(states, words);
  }

  /**
   * Makes room for `states` states, of which the store has those that are in the set.
   * @throws RangeError when there is no memory for it; the set is then as it was.
   */
  makeRoom(states: number, store: Store): void {
    if (this.#set.holds(states)) return;
    if (isBitSet(this.#layout, states) || this.#set instanceof BitSet)
      this.rebuild(this.#layout, states, store);
    else this.#set.grow(states);
  }

  /** Puts `count` packed states into the set, and leaves in `fresh` a 1 for each that was not there, otherwise 0. */
  insert(states: Int32Array, count: number, fresh: Int32Array): void {
    this.#set.insert(states, count, fresh);
  }

  /**
   * Makes the set anew for states of a layout, with room for `states`, from all stored states.
   * @throws RangeError when there is no memory for it.
   */
  rebuild(layout: Layout, states: number, store: Store): void {
    this.#layout = layout;
    this.#set = isBitSet(layout, states) ? new BitSet(layout.bits) : new Table(layout.words, states);
    const fresh = new Int32Array(batch);
    for (let from = 0; from < store.count; from += batch) {
      const count = Math.min(batch, store.count - from);
      this.#set.insert(store.chunk(from).subarray(store.at(from)), count, fresh);
    }
  }
}

/** So many stored states, all of one chunk, are put back at a time. */
const batch = 1024;
