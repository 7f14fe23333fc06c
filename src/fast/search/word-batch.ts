import { perSegment, type Store } from "../visited/store.ts";
import type { Visited } from "../visited/visited.ts";
import { AskedSteps } from "./asked-steps.ts";
import type { Counts } from "./counts.ts";
import { DeltaLists } from "./delta-lists.ts";
import type { LearnedModel } from "./learned-model.ts";
import type { Successors } from "./successors.ts";
import * as cell from "./list-cells.ts";
import { WordExpander } from "./word-expander.ts";
import { WordVerdicts, type Misjudged } from "./word-verdicts.ts";

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
  /** Whether the batch was expanded and not taken yet. */
  #isOpen = false;

  private constructor(parts: Parts<S>, counts: Counts, lists: DeltaLists<S>, says: WordVerdicts<S>) {
    this.#says = says;
    this.#parts = parts;
    this.#counts = counts;
    const { learnedModel, out } = parts;
    const asked = new AskedSteps(learnedModel.space, learnedModel.steps, lists, out.room);
    this.#expander = new WordExpander(lists, asked, out);
    this.#places = new Int32Array(out.room);
    this.#verdicts = new Int32Array(out.room);
  }

  /** Batches for states of the present layout; nothing where they do not suit it, or a method leaves out steps or states. */
  static of<S>(parts: Parts<S>, counts: Counts): WordBatch<S> | undefined {
    const { learnedModel, out } = parts;
    const { layout } = learnedModel.space;
    const isFor = learnedModel.isPlain && out.room <= cell.mostSuccessors;
    const lists = isFor ? DeltaLists.of(learnedModel.steps, layout) : undefined;
    const says = lists && WordVerdicts.of(learnedModel.looks, learnedModel.verdicts, layout);
    return lists && says && new WordBatch(parts, counts, lists, says);
  }

  /** What went wrong at the first state after it: it must not be asked again, for the answer may be another. */
  get failure(): AskedSteps<S>["failure"] {
    return this.#expander.asked.failure;
  }

  /** What went wrong at a new state: it must not be judged again either. */
  get misjudged(): Misjudged | undefined {
    return this.#says.misjudged;
  }

  get bytes(): number {
    return (
      this.#expander.lists.bytes +
      this.#expander.sleepSets.bytes +
      this.#says.bytes +
      12 * this.#places.length
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
    this.#isOpen = true;
    if (this.next === from) this.inOrder = Math.min(2 * this.inOrder, enough);
    else this.inOrder = 1;
    const { taken, asked } = this.#expander;
    this.#taken += taken;
    this.#asked += asked.count;
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
      this.#drop();
      return false;
    }
    this.#isOpen = false;
    this.#sort();
    const { verdicts } = learnedModel;
    const counts = this.#counts;
    const { fired } = counts;
    const { lists, asked, dead, sleepSets } = this.#expander;
    const { cells } = lists;
    const queue = cells.subarray(cell.queueAt, cell.queueAt + out.count);
    sleepSets.append(store.count, this.next, cells.subarray(cell.asleepAt), this.#places, this.#new);
    const parents = { first: this.from, items: queue, bits: cell.entryBits };
    store.append(out.words, parents, this.#places, this.#new);
    this.#countNew();
    for (let i = 0; i < asked.count; i++) fired[asked.taken[i]]++;
    for (const verdict of asked.said) verdicts.counts[verdict]++;
    counts.transitions += this.#expander.taken;
    counts.deadlocks += dead.length;
    return true;
  }

  /** Counts what follows from the ids of the states whose successors were taken; a batch that was not taken is dropped. */
  settle(): void {
    this.#drop();
    const { learnedModel } = this.#parts;
    this.#expander.lists.count(this.#counts, learnedModel.verdicts.counts);
  }

  /** Counts the ids of the batch as not seen, unless it was taken. */
  #drop(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { store } = this.#parts;
    const begin = store.at(this.from);
    this.#expander.unsee(store.chunk(this.from), begin, begin + this.next - this.from);
  }

  /** Finds what the new states say; whether no property fails or is hit for the first time. */
  #judge(): boolean {
    return this.#says.find(this.#parts.out.words, this.#places, this.#new, this.#verdicts) === this.#new;
  }

  /** Counts by which entry each new state was found, and what it says. */
  #countNew(): void {
    const { cells } = this.#expander.lists;
    const { counts } = this.#parts.learnedModel.verdicts;
    for (let i = 0; i < this.#new; i++) {
      const entry = cells[cell.queueAt + this.#places[i]] & (2 ** cell.entryBits - 1);
      cells[cell.perEntry * entry + cell.foundOf]++;
      counts[this.#verdicts[i]]++;
    }
  }

  /** Brings the new successors of each state into the order of their steps; few are out of it. */
  #sort(): void {
    const places = this.#places;
    const { lists } = this.#expander;
    const { cells } = lists;
    for (let i = 1; i < this.#new; i++) {
      const place = places[i];
      const item = cells[cell.queueAt + place];
      let at = i;
      for (; at > 0; at--) {
        const before = cells[cell.queueAt + places[at - 1]];
        if (before >>> cell.entryBits !== item >>> cell.entryBits || lists.step(before) < lists.step(item))
          break;
        places[at] = places[at - 1];
      }
      places[at] = place;
    }
  }
}
