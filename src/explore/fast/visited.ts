import { BitSet } from "./bit-set.ts";
import type { Layout } from "./layout.ts";
import { all, ownerOf, type Share } from "./share.ts";
import type { Store } from "./store.ts";
import { Table } from "./table.ts";

/** Bytes that a bit set may always take: no more than the rest of a small search. */
const small = 2 ** 20;
/** A bit set is so much faster than a table that it may take this many times as much. */
const worth = 2;

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

  /** The bytes to be allocated before there is room for `states` states, 0 where there is. */
  bytesFor(states: number): number {
    if (this.#set.holds(states)) return 0;
    const { words, bits } = this.#layout;
    return this.#prefersBits(states) ? BitSet.bytesFor(bits) / this.#share.of : Table.bytesFor(states, words);
  }

  /**
   * Makes room for `states` states, of which the store has those that are in the set.
   * @throws RangeError when there is no memory for it; the set is then as it was.
   */
  makeRoom(states: number, store: Store): void {
    if (this.#set instanceof BitSet || this.#set.holds(states)) return;
    if (this.#prefersBits(states)) this.rebuild(this.#layout, states, store);
    else this.#set.grow(states);
  }

  /**
   * Puts `count` packed states into the set, and leaves in `fresh` a 1 for each that was not there, otherwise 0; gives how
   * many were not.
   */
  insert(states: Int32Array, count: number, fresh: Int32Array): number {
    return this.#set.insert(states, count, fresh);
  }

  /**
   * Makes the set anew for states of a layout, with room for `states`, from the stored states; gives how many of them are
   * in this share.
   * @throws RangeError when there is no memory for it.
   */
  rebuild(layout: Layout, states: number, store: Store): number {
    this.#layout = layout;
    this.#set = this.#prefersBits(states) ? new BitSet(layout.bits) : new Table(layout.words, states);
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
      if (!this.#set.holds(kept) && this.#set instanceof Table) this.#set.grow(kept);
      this.#set.insert(own, n, fresh);
    }
    return kept;
  }

  /** Gives the memory back: other threads look states up from now on. */
  clear(): void {
    this.#set = new Table(this.#layout.words, 1);
  }

  #prefersBits(states: number): boolean {
    const { words, bits } = this.#layout;
    const bytes = BitSet.bytesFor(bits) / this.#share.of;
    return words === 1 && bytes <= Math.max(small, worth * Table.bytesFor(states, words));
  }
}

/** So many stored states, all of one chunk, are put back at a time. */
const batch = 1024;
