import type { Layout } from "../values/layout.ts";
import { perSegment, type Store } from "../visited/store.ts";
import type { Visited } from "../visited/visited.ts";
import type { Counts } from "./counts.ts";
import { DeltaLists } from "./delta-lists.ts";
import type { LearnedModel } from "./learned-model.ts";
import type { Successors } from "./successors.ts";
import { WordExpander } from "./word-expander.ts";
import { WordVerdicts } from "./word-verdicts.ts";

/** Where more than one step of so many is in no list, it is faster to take batches in order. */
const worth = 4;
/** How many are, until it is looked again. */
const rest = 256;
/** Steps that are enough to tell. */
const telling = 1024;

/** What a batch is taken from and put into. */
interface Parts<S> {
  readonly learnedModel: LearnedModel<S>;
  readonly store: Store;
  readonly visited: Visited;
  readonly out: Successors;
}

/**
 * Batches of states of one word in which nothing happens but that states are found: nothing fails, no property is hit for
 * the first time, no bound is reached. Whatever else happens is left to the search, which takes a batch in order.
 */
export class WordBatch<S> {
  readonly #parts: Parts<S>;
  readonly #counts: Counts;
  readonly #layout: Layout;
  readonly #expander: WordExpander<S>;
  readonly #says: WordVerdicts<S>;
  /** Where the new states are among the successors, and what each says. */
  readonly #places: Int32Array;
  readonly #verdicts: Int32Array;
  #new = 0;
  /** How many states are to be expanded in order where the first of a batch has to be: twice as many each time, for others may. */
  inOrder = 1;
  /** How many batches are left to be taken in order. */
  #resting = 0;
  /** The steps taken so far, and how many of them are in no list. */
  #taken = 0;
  #asked = 0;
  /** The first state of the batch. */
  from = 0;
  /** The first state after it. */
  next = 0;

  private constructor(
    parts: Parts<S>,
    counts: Counts,
    layout: Layout,
    lists: DeltaLists<S>,
    says: WordVerdicts<S>,
  ) {
    this.#says = says;
    this.#parts = parts;
    this.#counts = counts;
    this.#layout = layout;
    const { learnedModel, out } = parts;
    this.#expander = new WordExpander(learnedModel.space, learnedModel.steps, lists, out);
    this.#places = new Int32Array(out.room);
    this.#verdicts = new Int32Array(out.room);
  }

  /** Batches for states of the present layout; nothing where they do not suit it, or a method leaves out steps or states. */
  static of<S>(parts: Parts<S>, counts: Counts): WordBatch<S> | undefined {
    const { learnedModel } = parts;
    const { layout } = learnedModel.space;
    const lists = learnedModel.isPlain ? DeltaLists.of(learnedModel.steps, layout) : undefined;
    const says = WordVerdicts.of(learnedModel.looks, learnedModel.verdicts, layout);
    return lists && says && new WordBatch(parts, counts, layout, lists, says);
  }

  /** Whether states are packed as they were when it was made. */
  get isCurrent(): boolean {
    return this.#layout === this.#parts.learnedModel.space.layout;
  }

  /** What went wrong at the first state after it: it must not be asked again, for the answer may be another. */
  get failure(): WordExpander<S>["failure"] {
    return this.#expander.failure;
  }

  get bytes(): number {
    return (
      this.#expander.lists.bytes + this.#expander.reached.bytes + this.#says.bytes + 12 * this.#places.length
    );
  }

  /** Expands states from `from` on until there are `enough` successors; gives the first not expanded. */
  fill(from: number, end: number, enough: number): number {
    if (this.#resting > 0) {
      this.#resting--;
      this.inOrder = enough;
      return from;
    }
    const { store } = this.#parts;
    const base = from - (from % perSegment);
    this.from = from;
    const last = Math.min(end, base + perSegment);
    this.next = this.#expander.expand(store.chunk(from), base, from, last, enough);
    if (this.next === from) this.inOrder = Math.min(2 * this.inOrder, enough);
    else this.inOrder = 1;
    const { taken, askedCount } = this.#expander;
    this.#taken += taken;
    this.#asked += askedCount;
    if (this.#taken >= telling && this.#asked * worth > this.#taken) this.#resting = rest;
    return this.next;
  }

  /** Puts the successors into the visited set. */
  look(): void {
    const { visited, out } = this.#parts;
    this.#new = visited.insertNew(out.words, out.count, out.fresh, this.#places);
  }

  /** The new states. */
  get found(): Set<number> {
    const { words } = this.#parts.out;
    return new Set(Array.from(this.#places.subarray(0, this.#new), (place) => words[place]));
  }

  /** Takes the successors, once looked up, if there is room for the new ones and nothing is to be done in order; whether it did. */
  take(room: number): boolean {
    const { store, out, learnedModel } = this.#parts;
    if (this.#new > room || !this.#judge()) {
      const begin = store.at(this.from);
      this.#expander.unsee(store.chunk(this.from), begin, begin + this.next - this.from);
      return false;
    }
    this.#sort();
    const { verdicts } = learnedModel;
    const counts = this.#counts;
    const { fired } = counts;
    const { lists, asked, askedCount, dead, said } = this.#expander;
    this.#expander.reached.append(store.count, this.next, out.step, this.#places, this.#new);
    store.append(out.words, out.parent, this.#places, this.#new);
    const { found } = lists;
    for (let i = 0; i < this.#new; i++) found[out.step[this.#places[i]]]++;
    for (let i = 0; i < this.#new; i++) verdicts.counts[this.#verdicts[i]]++;
    for (let i = 0; i < askedCount; i++) fired[asked[i]]++;
    for (const verdict of said) verdicts.counts[verdict]++;
    counts.transitions += this.#expander.taken;
    counts.deadlocks += dead.length;
    return true;
  }

  /** Counts what follows from the ids of the states expanded so far. */
  settle(): void {
    const { learnedModel } = this.#parts;
    this.#expander.lists.count(this.#counts, learnedModel.verdicts.counts);
  }

  /** Finds what the new states say; whether none hits a property for the first time. */
  #judge(): boolean {
    const { words } = this.#parts.out;
    try {
      return this.#says.find(words, this.#places, this.#new, this.#verdicts) === this.#new;
    } catch {
      // It fails again where the batch is taken in order, and is reported there.
      return false;
    }
  }

  /** Brings the new successors of each state into the order of their steps; few are out of it. */
  #sort(): void {
    const places = this.#places;
    const { parent, step } = this.#parts.out;
    const { steps } = this.#expander.lists;
    for (let i = 1; i < this.#new; i++) {
      const place = places[i];
      let at = i;
      for (; at > 0; at--) {
        const before = places[at - 1];
        if (parent[before] !== parent[place] || steps[step[before]] < steps[step[place]]) break;
        places[at] = before;
      }
      places[at] = place;
    }
  }
}
