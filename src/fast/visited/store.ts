import { ownMemory, type Allocate } from "../values/memory.ts";

const bits = 18;
const size = 2 ** bits;
/** States of a segment. */
export const perSegment = size;

/** A part of a store: packed states in the order found, and the parent of each. */
export interface Segment {
  readonly states: Int32Array;
  readonly parents: Uint32Array;
}

/** The states in the order found, packed, and the parent of each, in segments that are never moved. */
export class Store {
  count = 0;
  words: number;
  /** How often the states were rewritten. */
  repacks = 0;
  readonly segments: Segment[] = [];
  readonly #allocate: Allocate;

  constructor(words: number, allocate: Allocate = ownMemory) {
    this.words = words;
    this.#allocate = allocate;
  }

  /** The bytes of the states held and their parents: the system gives memory as it is written to. */
  get bytes(): number {
    return this.count * 4 * (this.words + 1);
  }

  /** How many states have a place. */
  get room(): number {
    return this.segments.length * size;
  }

  /** Makes sure that `states` states have a place. @throws RangeError when there is no memory for them. */
  reserve(states: number): void {
    while (this.segments.length * size < states)
      this.segments.push({
        states: new Int32Array(this.#allocate(size * 4 * this.words)),
        parents: new Uint32Array(this.#allocate(size * 4)),
      });
  }

  /** Appends the packed state at `at` of `words`; gives its id. */
  push(words: Int32Array, at: number, parent: number): number {
    const id = this.count++;
    if (id >>> bits === this.segments.length) this.reserve(this.count);
    this.put(id, words, at, parent);
    return id;
  }

  /**
   * Appends those of some states of one word that are at the first `count` of some places; the parent of each is one of
   * those from `first` on, its number among them the upper bits of an item, from `bits` on.
   */
  append(
    words: Int32Array,
    {
      first,
      items,
      bits: from,
    }: { readonly first: number; readonly items: Int32Array; readonly bits: number },
    places: Int32Array,
    count: number,
  ): void {
    this.reserve(this.count + count);
    for (let done = 0; done < count;) {
      const { states, parents } = this.segments[this.count >>> bits];
      const within = this.count & (size - 1);
      const some = Math.min(count - done, size - within);
      for (let i = 0; i < some; i++) {
        const place = places[done + i];
        states[within + i] = words[place];
        parents[within + i] = first + (items[place] >>> from);
      }
      done += some;
      this.count += some;
    }
  }

  /** Writes a state to its place, which was reserved. */
  put(id: number, words: Int32Array, at: number, parent: number): void {
    const { states, parents } = this.segments[id >>> bits];
    const within = id & (size - 1);
    const to = within * this.words;
    for (let i = 0; i < this.words; i++) states[to + i] = words[at + i];
    parents[within] = parent;
  }

  /** The part of the states that a state is in. */
  chunk(id: number): Int32Array {
    return this.segments[id >>> bits].states;
  }

  /** Where a state starts in its chunk. */
  at(id: number): number {
    return (id & (size - 1)) * this.words;
  }

  parent(id: number): number {
    return this.segments[id >>> bits].parents[id & (size - 1)];
  }

  /** The bytes by which states of `words` words take more than the present ones. */
  bytesToRepack(words: number): number {
    return this.count * 4 * (words - this.words);
  }

  /** Rewrites every state, one segment at a time, with states of `words` words; in place where they are as long as before. */
  repack(
    words: number,
    rewrite: (from: Int32Array, at: number, to: Int32Array, place: number) => void,
  ): void {
    this.segments.forEach(({ states, parents }, number) => {
      const to = words === this.words ? states : new Int32Array(this.#allocate(size * 4 * words));
      const held = Math.min(size, this.count - number * size);
      for (let i = 0; i < held; i++) rewrite(states, i * this.words, to, i * words);
      this.segments[number] = { states: to, parents };
    });
    this.words = words;
    this.repacks++;
  }
}
