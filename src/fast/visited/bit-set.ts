import { ownMemory, type Allocate } from "../values/memory.ts";

/**
 * The visited set for states of one word with few bits: one bit for each packed state there could be, addressed by the
 * state itself. Exact by construction; it never grows.
 */
export class BitSet {
  /** Its cells, all in one array. */
  readonly cells: readonly Int32Array[];
  readonly #cells: Int32Array;

  constructor(cells: readonly Int32Array[]) {
    this.cells = cells;
    this.#cells = cells[0];
  }

  /** A set for packed states of 1 to 32 bits. @throws RangeError when there is no memory for it. */
  static of(bits: number, allocate: Allocate = ownMemory): BitSet {
    return new BitSet([new Int32Array(allocate(BitSet.bytesFor(bits)))]);
  }

  /** The bytes of a set of states of this number of bits. */
  static bytesFor(bits: number): number {
    return 2 ** Math.max(2, bits - 3);
  }

  get bytes(): number {
    return this.#cells.byteLength;
  }

  /** It has room for every state. */
  get room(): number {
    return Infinity;
  }

  /** Puts `count` packed states into the set, and leaves in `fresh` a 1 for each that was not there, otherwise 0; gives how many were not. */
  insert(states: Int32Array, count: number, fresh: Int32Array): number {
    const cells = this.#cells;
    let more = 0;
    for (let i = 0; i < count; i++) {
      const state = states[i];
      const at = state >>> 5;
      const cell = cells[at];
      const bit = 1 << state;
      const isFresh = (cell & bit) === 0 ? 1 : 0;
      fresh[i] = isFresh;
      more += isFresh;
      cells[at] = cell | bit;
    }
    return more;
  }

  /** The same, leaving in `places` where those are that were not there. */
  insertNew(states: Int32Array, count: number, places: Int32Array): number {
    const cells = this.#cells;
    let more = 0;
    for (let i = 0; i < count; i++) {
      const state = states[i];
      const at = state >>> 5;
      const cell = cells[at];
      places[more] = i;
      more += ~(cell >>> state) & 1;
      cells[at] = cell | (1 << state);
    }
    return more;
  }

  /** Leaves in `fresh` a 0 for each of `count` packed states that is in the set, otherwise 1. */
  lacks(states: Int32Array, count: number, fresh: Int32Array): void {
    const cells = this.#cells;
    for (let i = 0; i < count; i++) fresh[i] = ~(cells[states[i] >>> 5] >>> states[i]) & 1;
  }
}
