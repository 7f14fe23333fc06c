import type { Filter } from "../search/expander.ts";
import type { SliceCounts } from "./slice-counts.ts";
import type { Successors } from "../search/successors.ts";

/** A power of two of slots; those of one-word states fit a small cache. */
const slots = 2 ** 14;
const shift = 32 - Math.log2(slots);

/**
 * Counts a thread's successors, and drops those it has seen recently: they are not new. States are remembered by a hash, only
 * the last one with each hash.
 */
export class RecentFilter implements Filter {
  /** What counts the successors. */
  counts: SliceCounts;
  #words = 1;
  #recent = new Int32Array(slots);

  constructor(counts: SliceCounts) {
    this.counts = counts;
  }

  /** Forgets what was let through; states are `words` words long from now on. */
  clear(words: number): void {
    if (words === this.#words) this.#recent.fill(0);
    else this.#recent = new Int32Array(slots * words);
    this.#words = words;
  }

  /** The bytes of what it remembers. */
  get bytes(): number {
    return this.#recent.byteLength;
  }

  /** Counts the last successor of a buffer, of several words, and takes it out again unless it may be new. */
  sift(out: Successors): void {
    const last = out.count - 1;
    this.#count(out.step[last], out.verdict[last]);
    if (this.#has(out.words, last * this.#words)) out.count = last;
  }

  /** Counts a successor of one word, before it is in a buffer; whether it may be new. */
  passes(word: number, step: number, verdict: number): boolean {
    this.#count(step, verdict);
    return !this.#hasWord(word);
  }

  #count(step: number, verdict: number): void {
    const { counts } = this;
    counts.fired[step]++;
    if (verdict === 0) return;
    counts.said(verdict);
    counts.look(verdict);
  }

  #hasWord(word: number): boolean {
    const recent = this.#recent;
    const slot = Math.imul(word ^ (word >>> 15), 0x9e3779b1) >>> shift;
    const same = recent[slot] === word;
    recent[slot] = word;
    return same;
  }

  #has(states: Int32Array, at: number): boolean {
    const recent = this.#recent;
    const words = this.#words;
    let hash = 0;
    for (let i = 0; i < words; i++) hash = Math.imul(hash ^ (hash >>> 15) ^ states[at + i], 0x9e3779b1);
    const slot = (hash >>> shift) * words;
    let same = true;
    for (let i = 0; i < words; i++) {
      if (recent[slot + i] !== states[at + i]) same = false;
      recent[slot + i] = states[at + i];
    }
    return same;
  }
}
