import type { SliceCounts } from "./slice-counts.ts";
import { Successors } from "../search/successors.ts";

/** A slice of a chunk, as a thread keeps it until its turn comes: the successors that may be new, and the counts. */
export class Slice {
  /** Which one it is. */
  number = 0;
  readonly counts: SliceCounts;
  #out = new Successors(0, 1);

  constructor(counts: SliceCounts) {
    this.counts = counts;
  }

  /** The successors. */
  get out(): Successors {
    return this.#out;
  }

  /** Makes it the slice of that number, with room for its successors. */
  begin(number: number, room: number, words: number): void {
    this.number = number;
    if (this.#out.room < room) this.#out = new Successors(room, words);
    this.#out.clear(words);
    this.counts.clear();
  }
}
