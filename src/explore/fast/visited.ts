import { BitSet } from "./bit-set.ts";
import type { Layout } from "./layout.ts";
import { all, ownerOf, type Share } from "./share.ts";
import type { Store } from "./store.ts";
import { Table } from "./table.ts";
import { mostThrift } from "./thrift.ts";

/** Bytes that a bit set may always take: no more than the rest of a small search. */
const small = 2 ** 20;
/** A bit set is so much faster than a table that it may take this many times as much. */
const worth = 2;

/** How many times as large a table becomes, by thrift. */
const factors = [2, 2, 1.5, 1.25];

/**
 * The visited set of a search, or a thread's share of it: a bit for each packed state there could be where those are few
 * enough, else a table of the packed states. Both are exact.
 */
export class Visited {
  #layout: Layout;
  #set: BitSet | Table;
  readonly #share: Share;

  constructor(layout: Layout, share: Share = all) {
    this.#layout = layout;
    this.#share = share;
    this.#set = this.#prefersBits(1) ? new BitSet(layout.bits) : new Table(layout.words, 1);
  }

  /** The bytes of the set; of a bit set in shares, each thread writes to the pages of its own share only. */
  get bytes(): number {
    return this.#set instanceof BitSet ? this.#set.bytes / this.#share.of : this.#set.bytes;
  }

  /** The bytes to be allocated before there is room for `states` states: 0 where there is, Infinity where there cannot be. */
  bytesFor(states: number, thrift = 0): number {
    const set = this.#set;
    if (set instanceof BitSet || set.holds(states)) return 0;
    if (thrift === mostThrift) return set.holds(states, true) ? 0 : Infinity;
    if (thrift === 0 && this.#prefersBits(states)) return BitSet.bytesFor(this.#layout.bits) / this.#share.of;
    return set.bytesToGrow(states, factors[thrift]);
  }

  /**
   * Makes room for `states` states, of which the store has those that are in the set.
   * @throws RangeError when there is no memory for it; the set is then as it was.
   */
  makeRoom(states: number, store: Store, thrift = 0): void {
    const set = this.#set;
    if (set instanceof BitSet || set.holds(states, thrift === mostThrift)) return;
    if (thrift === mostThrift) throw new RangeError("the visited set is full");
    if (thrift === 0 && this.#prefersBits(states)) this.rebuild(this.#layout, states, store);
    else set.grow(states, factors[thrift]);
  }

  /**
   * Puts `count` packed states into the set, and leaves in `fresh` a 1 for each that was not there, otherwise 0; gives how
   * many were not.
   */
  insert(states: Int32Array, count: number, fresh: Int32Array): number {
    return this.#set.insert(states, count, fresh);
  }

  /** The bytes to be allocated before the set is made anew for `states` states of a layout. */
  bytesToRebuild(layout: Layout, states: number): number {
    if (this.#prefersBits(states, layout)) return BitSet.bytesFor(layout.bits) / this.#share.of;
    return this.#set instanceof Table
      ? this.#set.bytesToEmpty(layout.words, states)
      : Table.bytesFor(states, layout.words);
  }

  /**
   * Makes the set anew for states of a layout, with room for `states`, from the stored states; gives how many of them are
   * in this share.
   * @throws RangeError when there is no memory for it.
   */
  rebuild(layout: Layout, states: number, store: Store): number {
    this.#layout = layout;
    if (this.#prefersBits(states)) this.#set = new BitSet(layout.bits);
    else if (this.#set instanceof Table) this.#set.empty(layout.words, states);
    else this.#set = new Table(layout.words, states);
    const { words, count } = store;
    const { index, of } = this.#share;
    const own = new Int32Array(batch * words);
    const fresh = new Int32Array(batch);
    let kept = 0;
    for (let from = 0; from < count; from += batch) {
      const chunk = store.chunk(from);
      const end = store.at(from) + Math.min(batch, count - from) * words;
      let n = 0;
      for (let at = store.at(from); at < end; at += words) {
        if (of > 1 && ownerOf(chunk, at, words, of) !== index) continue;
        for (let i = 0; i < words; i++) own[n * words + i] = chunk[at + i];
        n++;
      }
      kept += n;
      if (!this.#set.holds(kept, true) && this.#set instanceof Table) this.#set.grow(kept);
      this.#set.insert(own, n, fresh);
    }
    return kept;
  }

  /** Gives the memory back: from now on nobody looks states up, or other threads do. */
  clear(): void {
    this.#set = new Table(this.#layout.words, 1);
  }

  #prefersBits(states: number, { words, bits } = this.#layout): boolean {
    const bytes = BitSet.bytesFor(bits) / this.#share.of;
    return words === 1 && bytes <= Math.max(small, worth * Table.bytesFor(states, words));
  }
}

/** So many stored states, all of one chunk, are put back at a time. */
const batch = 1024;
