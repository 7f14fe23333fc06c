import { BitSet } from "./bit-set.ts";
import type { Layout } from "../values/layout.ts";
import type { Store } from "./store.ts";
import { ownMemory, type Allocate } from "../values/memory.ts";
import { Tables } from "./tables.ts";
import { maxTightness } from "./tightness.ts";

/** Bytes that a bit set may always take: no more than the rest of a small search. */
const small = 2 ** 20;
/** A bit set is so much faster than a table that it may take this many times as much. */
const worth = 2;

/** How many times as large a table becomes, by tightness. */
const factors = [2, 2, 1.5, 1.25];

/** What another thread makes the same visited set of, where its memory is shared. */
export interface VisitedMemory {
  readonly kind: "bits" | "tables";
  readonly cells: readonly Int32Array[];
}

/**
 * The visited set of a search: a bit for each packed state there could be where those are few enough, else tables of the
 * packed states. Both are exact.
 */
export class Visited {
  /** How sparing of memory it gets larger. */
  tightness = 0;
  #layout: Layout;
  #set: BitSet | Tables;
  readonly #allocate: Allocate;

  constructor(layout: Layout, allocate: Allocate = ownMemory) {
    this.#layout = layout;
    this.#allocate = allocate;
    this.#set = this.#made(1);
  }

  /** The bytes of the set. */
  get bytes(): number {
    return this.#set.bytes;
  }

  /** How many states there is room for. */
  get room(): number {
    return this.#roomAt(this.tightness);
  }

  /** What another thread makes the same set of; its cells are another array whenever they are other cells. */
  get memory(): VisitedMemory {
    return { kind: this.#set instanceof BitSet ? "bits" : "tables", cells: this.#set.cells };
  }

  /** Takes the set of another thread, which alone makes room in it. */
  adopt(layout: Layout, { kind, cells }: VisitedMemory): void {
    this.#layout = layout;
    this.#set = kind === "bits" ? new BitSet(cells) : new Tables(layout.words, cells);
  }

  /** The bytes to be allocated before there is room for `states` states: 0 where there is, Infinity where there cannot be. */
  bytesFor(states: number, tightness = this.tightness): number {
    if (states <= this.#roomAt(tightness)) return 0;
    if (tightness === maxTightness) return Infinity;
    if (this.#set instanceof Tables && !this.#prefersBits(states, tightness))
      return this.#set.bytesToGrow(states, factors[tightness]);
    return this.bytesToRebuild(this.#layout, states);
  }

  /**
   * Makes room for `states` states, of which the store has those that are in the set.
   * @throws RangeError when there is no memory for it; the set is then as it was.
   */
  makeRoom(states: number, store: Store): void {
    const { tightness } = this;
    if (states <= this.room) return;
    if (tightness === maxTightness) throw new RangeError("the visited set is full");
    if (this.#set instanceof Tables && !this.#prefersBits(states, tightness))
      this.#set.grow(states, factors[tightness]);
    else this.rebuild(this.#layout, states, store);
  }

  /** Makes room in the set and in the store, by using memory more tightly if need be; says whether there was memory. */
  makeRoomWith(store: Store, states: number): boolean {
    for (; this.tightness <= maxTightness; this.tightness++)
      try {
        this.makeRoom(states, store);
        store.reserve(states);
        return true;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    return false;
  }

  /**
   * Puts `count` packed states into the set, and leaves in `fresh` a 1 for each that was not there, otherwise 0; gives how
   * many were not.
   */
  insert(states: Int32Array, count: number, fresh: Int32Array): number {
    return this.#set.insert(states, count, fresh);
  }

  /** The same, leaving in `places` where those are that were not there; `fresh` is written to on the way. */
  insertNew(states: Int32Array, count: number, fresh: Int32Array, places: Int32Array): number {
    if (this.#set instanceof BitSet) return this.#set.insertNew(states, count, places);
    this.#set.insert(states, count, fresh);
    let more = 0;
    for (let i = 0; i < count; i++) {
      places[more] = i;
      more += fresh[i];
    }
    return more;
  }

  /**
   * Leaves in `fresh` a 0 for each of `count` packed states that is known to be in the set, otherwise 1; of what another
   * thread inserts meanwhile it may know or not.
   */
  lacks(states: Int32Array, count: number, fresh: Int32Array): void {
    this.#set.lacks(states, count, fresh);
  }

  /** The bytes to be allocated before the set is rebuilt for `states` states of a layout. */
  bytesToRebuild(layout: Layout, states: number): number {
    if (prefersBits(layout, states)) return BitSet.bytesFor(layout.bits);
    if (this.#set instanceof Tables) return this.#set.bytesToEmpty(layout.words, states);
    return Tables.bytesFor(states, layout.words);
  }

  /**
   * Rebuilds the set for states of a layout, with room for `states`, from the stored states.
   * @throws RangeError when there is no memory for it.
   */
  rebuild(layout: Layout, states: number, store: Store): void {
    this.#layout = layout;
    if (this.#set instanceof Tables && !prefersBits(layout, states)) this.#set.empty(layout.words, states);
    else this.#set = this.#made(states);
    const { words, count } = store;
    const fresh = new Int32Array(batch);
    for (let from = 0; from < count; from += batch) {
      const at = store.at(from);
      const some = Math.min(batch, count - from);
      this.#set.insert(store.chunk(from).subarray(at, at + some * words), some, fresh);
    }
  }

  /** Gives the memory back: nothing is looked up from now on. */
  clear(): void {
    this.#set = Tables.of(this.#layout.words, 1, this.#allocate);
  }

  #made(states: number): BitSet | Tables {
    const { words, bits } = this.#layout;
    if (prefersBits(this.#layout, states)) return BitSet.of(bits, this.#allocate);
    return Tables.of(words, states, this.#allocate);
  }

  #roomAt(tightness: number): number {
    return tightness === maxTightness && this.#set instanceof Tables ? this.#set.mostRoom : this.#set.room;
  }

  #prefersBits(states: number, tightness: number): boolean {
    return tightness === 0 && prefersBits(this.#layout, states);
  }
}

const prefersBits = ({ words, bits }: Layout, states: number): boolean =>
  words === 1 && BitSet.bytesFor(bits) <= Math.max(small, worth * Tables.bytesFor(states, words));

/** How many stored states, all of one chunk, are put back at a time. */
const batch = 1024;
