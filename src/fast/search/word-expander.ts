import { outcomeCells, type StepOutcomes } from "../learn/step-outcomes.ts";
import { unpack } from "../values/layout.ts";
import type { Space } from "../values/space.ts";
import { none, type DeltaLists } from "./delta-lists.ts";
import { FrontierEntries } from "./frontier-entries.ts";
import type { Successors } from "./successors.ts";

/** Successors may be written this far beyond the last of a state, before it is known how many there are. */
export const overhang = 2;

/**
 * Puts the successors of states of one word into a buffer. Most come from lists of what the steps xor into the word; the
 * others are asked for in their tries. They are not in the order of their steps; but of equal successors of a state the
 * first is that of the first step. The step of a successor stands in the buffer as a place in `lists.steps`.
 *
 * Left out are successors that were found before: let `t` be found from `s` by an entry of one component, and let an entry
 * of another component, whose step comes before, lead from `s` to `u` and from `t` to `v`. Entries depend on their
 * component alone, so the first leads from `u` to `v` as well; and `u` has a smaller number than `t`, since it was found
 * from `s` before, or earlier still. So the first state that leads to `v` is not `t`: what is left out is never new.
 */
export class WordExpander<S> {
  /** States of the batch that have no successor. */
  dead: number[] = [];
  /** The steps of the batch that are in no list, and the verdicts on them that say something. */
  readonly asked: Int32Array;
  askedCount = 0;
  said: number[] = [];
  /** What went wrong at the state that ended the batch. */
  failure: { readonly error: unknown } | undefined;
  /** How many steps were taken in the batch. */
  taken = 0;
  readonly lists: DeltaLists<S>;
  readonly reached = new FrontierEntries();
  readonly #space: Space<S>;
  readonly #outcomes: StepOutcomes<S>;
  readonly #out: Successors;
  readonly #ids: Int32Array;
  /** The state that is being expanded, and where its successors begin. */
  #state = 0;
  #group = 0;

  constructor(space: Space<S>, outcomes: StepOutcomes<S>, lists: DeltaLists<S>, out: Successors) {
    this.#space = space;
    this.#outcomes = outcomes;
    this.lists = lists;
    this.#out = out;
    this.#ids = new Int32Array(space.interners.length);
    this.asked = new Int32Array(out.room);
  }

  /**
   * Appends the successors of the states from `from` to `end`, all of one chunk that begins with the state `base`, until
   * there are `enough`; gives the first state that it did not expand. It expands none that is to be expanded step by
   * step: where something fails, has no room or is hit for the first time.
   */
  expand(chunk: Int32Array, base: number, from: number, end: number, enough: number): number {
    const { lists } = this;
    const { first, shift, mask } = lists.slots;
    const { heads, seen } = lists;
    const homes = first.length;
    const out = this.#out;
    const { words, parent, step } = out;
    this.dead = [];
    this.said = [];
    this.askedCount = 0;
    let { deltas, steps, homes: homeOf } = lists;
    const { reached } = this;
    let count = 0;
    this.taken = 0;
    this.failure = undefined;
    for (let state = from; state < end; state++) {
      if (count >= enough) return this.#end(state, count);
      const word = chunk[state - base];
      const group = count;
      const by = reached.of(state);
      const from = homeOf[by];
      const before = from === none ? -1 : steps[by];
      let taken = 0;
      let asks = 0;
      for (let k = 0; k < homes; k++) {
        const slot = first[k] + ((word >>> shift[k]) & mask[k]);
        let head = heads[slot];
        if (head === 0) {
          head = this.#make(k, chunk, state - base);
          if (head === 0) return this.#refused(state, group, word, k);
          ({ deltas, steps, homes: homeOf } = lists);
        }
        seen[slot]++;
        const entry = head >>> 8;
        const more = (head >>> 1) & 127;
        asks |= (head & 1) << k;
        const last = k === from ? -1 : before;
        words[count] = word ^ deltas[entry];
        step[count] = entry;
        parent[count] = state;
        count += (last - steps[entry]) >>> 31;
        words[count] = word ^ deltas[entry + 1];
        step[count] = entry + 1;
        parent[count] = state;
        count += (last - steps[entry + 1]) >>> 31;
        for (let i = 2; i < more; i++) {
          words[count] = word ^ deltas[entry + i];
          step[count] = entry + i;
          parent[count] = state;
          count += (last - steps[entry + i]) >>> 31;
        }
        taken += more;
      }
      if (asks !== 0) {
        this.#state = state;
        this.#group = group;
        taken -= count;
        count = this.#ask(chunk, state - base, count, asks);
        if (count < 0) return this.#refused(state, group, word, homes);
        taken += count;
      }
      if (taken === 0) this.dead.push(state);
      this.taken += taken;
    }
    return this.#end(end, count);
  }

  #end(next: number, count: number): number {
    this.#out.count = count;
    return next;
  }

  #refused(state: number, count: number, word: number, homes: number): number {
    this.#forget(word, homes);
    return this.#end(state, count);
  }

  /** Counts the ids of the states between two places of a chunk as not seen. */
  unsee(chunk: Int32Array, from: number, to: number): void {
    for (let at = from; at < to; at++) this.#forget(chunk[at], this.lists.slots.first.length);
  }

  /** Counts the first ids of a state as not seen. */
  #forget(word: number, homes: number): void {
    const { slots, seen } = this.lists;
    const { first, shift, mask } = slots;
    for (let k = 0; k < homes; k++) seen[first[k] + ((word >>> shift[k]) & mask[k])]--;
  }

  /** Makes the list of the id of a component in a state; gives its head, 0 where it cannot. */
  #make(number: number, chunk: Int32Array, at: number): number {
    unpack(this.#space.layout, chunk, at, this.#ids);
    try {
      const head = this.lists.make(number, this.#ids);
      return this.#space.outgrown ? 0 : head;
    } catch (error) {
      this.failure = { error };
      return 0;
    }
  }

  /** Appends the successors by the steps to be asked for; gives how many there are then, -1 where it cannot. */
  #ask(chunk: Int32Array, at: number, from: number, homes: number): number {
    const ids = this.#ids;
    const { lists } = this;
    const { first, shift, mask } = lists.slots;
    const { trie } = this.#outcomes;
    const word = chunk[at];
    const said = this.said.length;
    const askedCount = this.askedCount;
    unpack(this.#space.layout, chunk, at, ids);
    let count = from;
    for (let left = homes; left !== 0; left &= left - 1) {
      const k = 31 - Math.clz32(left & -left);
      const { asked } = lists;
      const begin = lists.asks[first[k] + ((word >>> shift[k]) & mask[k])];
      const end = begin + asked[begin];
      for (let here = begin + 1; here < end; here += 2) {
        const step = asked[here];
        const cell = asked[here + 1];
        let outcome = trie.follow(cell, ids);
        if (outcome === 0) outcome = this.#learn(step, cell);
        if (outcome === -1) continue;
        if (outcome === 0 || !this.#append(word, count, step, ~outcome)) {
          this.said.length = said;
          this.askedCount = askedCount;
          return -1;
        }
        count++;
      }
    }
    return count;
  }

  /** Finds what a step does in the present state; gives `~outcome`, 0 where it cannot. */
  #learn(step: number, cell: number): number {
    try {
      return this.#outcomes.outcome(step, cell, this.#ids);
    } catch (error) {
      this.failure = { error };
      return 0;
    }
  }

  /** Writes the successor by an outcome; whether it could. */
  #append(word: number, count: number, by: number, outcome: number): boolean {
    const ids = this.#ids;
    const { shift } = this.#space.layout;
    const { trie, learned } = this.#outcomes;
    const { cells } = trie;
    const { words, parent, step } = this.#out;
    const home = cells[outcome];
    const first = outcome + outcomeCells;
    const patched = first + 2 * cells[outcome + 3];
    let after = word ^ ((ids[home] ^ cells[outcome + 1]) << shift[home]);
    for (let cell = first; cell < patched; cell += 2) {
      const member = cells[cell];
      after ^= (ids[member] ^ learned.patches.apply(cells[cell + 1], ids[member])) << shift[member];
    }
    if (this.#space.outgrown) return false;
    const verdict = cells[outcome + 4] === 0 ? cells[outcome + 2] : this.#judge(by, outcome);
    if (verdict < 0) return false;
    if (verdict > 0) {
      if (learned.verdicts.news[verdict] === 1) return false;
      this.said.push(verdict);
    }
    words[count] = after;
    parent[count] = this.#state;
    step[count] = by;
    this.asked[this.askedCount++] = by;
    const { steps } = this.lists;
    for (let other = this.#group; other < count; other++)
      if (words[other] === after && steps[step[other]] > steps[step[count]]) {
        step[count] = step[other];
        step[other] = by;
      }
    return true;
  }

  /** The verdict on a step whose properties look at more than the step, -1 where one fails. */
  #judge(step: number, outcome: number): number {
    try {
      return this.#outcomes.verdict(step, outcome, this.#ids);
    } catch (error) {
      this.failure = { error };
      return -1;
    }
  }
}
