import { ownerOf } from "./share.ts";
import { sharedMemory } from "./store.ts";
import { Successors, type Rows } from "./successors.ts";

/** What threads share of a slice. */
export interface SliceMemory {
  readonly rows: Rows;
  readonly sorted: Int32Array;
  readonly found: Int32Array;
  readonly rank: Int32Array;
  readonly ends: Int32Array;
}

/** The successors of some states of a chunk: in order, and once more sorted by the thread that owns each. */
export class Slice {
  readonly out: Successors;
  /** The packed successors by owner, those of one owner in order. */
  readonly sorted: Int32Array;
  /** For each of `sorted` 1 if it is a new state, otherwise 0, once its owner has looked it up. */
  readonly found: Int32Array;
  /** The place in `sorted` of each successor. */
  readonly rank: Int32Array;
  /** Where the successors of each owner end in `sorted`. */
  readonly ends: Int32Array;

  constructor({ rows, sorted, found, rank, ends }: SliceMemory) {
    this.out = new Successors(rows);
    this.sorted = sorted;
    this.found = found;
    this.rank = rank;
    this.ends = ends;
  }

  /** A slice with room for so many successors of so many words, each owned by one of `of` threads. */
  static of(room: number, words: number, of: number): Slice {
    const cells = (length: number): Int32Array => new Int32Array(sharedMemory(length * 4));
    const { rows } = Successors.of(room, words, sharedMemory);
    return new Slice({
      rows,
      sorted: cells(room * words),
      found: cells(room),
      rank: cells(room),
      ends: cells(of),
    });
  }

  /** What another thread makes the same slice of. */
  get memory(): SliceMemory {
    const { out, sorted, found, rank, ends } = this;
    return { rows: out.rows, sorted, found, rank, ends };
  }

  /** Sorts the successors by owner. */
  sort(words: number, of: number): void {
    const { out, sorted, rank, ends } = this;
    const { count, words: states } = out;
    const next = new Int32Array(of + 1);
    for (let i = 0; i < count; i++) {
      const owner = ownerOf(states, i * words, words, of);
      rank[i] = owner;
      next[owner + 1]++;
    }
    for (let owner = 0; owner < of; owner++) ends[owner] = next[owner + 1] += next[owner];
    for (let i = 0; i < count; i++) {
      const place = next[rank[i]]++;
      rank[i] = place;
      if (words === 1) sorted[place] = states[i];
      else for (let w = 0; w < words; w++) sorted[place * words + w] = states[i * words + w];
    }
  }
}
