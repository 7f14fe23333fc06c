import type { Searchable } from "../../problem/engine.ts";
import type { Bounds, Stop, Told } from "../../problem/exploration.ts";
import { Counts, type Counted, type SharedProgress } from "./counts.ts";
import type { Expander } from "./expander.ts";
import { fullOf, fullSince } from "./full-counts.ts";
import { recipeError } from "./recipe-error.ts";
import { OrderedBatch } from "./ordered-batch.ts";
import { LearnedModel } from "./learned-model.ts";
import { pack, unpack, type Layout } from "../values/layout.ts";
import type { StateVerdicts } from "../learn/state-verdicts.ts";
import { Paths } from "./paths.ts";
import type { Space } from "../values/space.ts";
import type { StepOutcomes } from "../learn/step-outcomes.ts";
import { Store } from "../visited/store.ts";
import type { Allocate } from "../values/memory.ts";
import type { Standing } from "./standing.ts";
import { Successors } from "./successors.ts";
import { toldOf } from "./told.ts";
import type { Verdicts } from "../learn/verdicts.ts";
import { Visited } from "../visited/visited.ts";
import { WordBatch } from "./word-batch.ts";
import { overhang } from "./word-expander.ts";

/** Successors are looked up in batches of about this many. */
const batch = 4096;

/** One search: the states found so far, and what was learned of the model on the way. */
export class Search<S> {
  readonly counted: Counted;
  readonly verdicts: Verdicts;
  readonly space: Space<S>;
  readonly store: Store;
  readonly steps: StepOutcomes<S>;
  readonly paths: Paths<S>;
  readonly visited: Visited;
  readonly learnedModel: LearnedModel<S>;
  readonly out: Successors;
  readonly #counts: Counts;
  #stop: Stop | undefined;
  #expanded = 0;
  #peakBytes = 0;
  #otherBytes = 0;
  readonly #problem: Searchable<S>;
  readonly #bounds: Bounds;
  readonly #looks: StateVerdicts<S>;
  readonly #expander: Expander<S>;
  readonly #ids: Int32Array;
  readonly #ordered: OrderedBatch<S>;
  /** Takes batches in which nothing is to be done in order, where there can be such, of states of this layout. */
  #wordBatch: WordBatch<S> | undefined;
  #layout: Layout | undefined;
  #isWordBatch = false;

  constructor(problem: Searchable<S>, bounds: Bounds, allocate?: Allocate) {
    this.#problem = problem;
    this.#bounds = bounds;
    this.#counts = new Counts(problem.steps.length, problem.properties.length);
    this.counted = this.#counts;
    this.learnedModel = new LearnedModel(problem);
    const { space, steps, looks, verdicts } = this.learnedModel;
    this.space = space;
    this.steps = steps;
    this.verdicts = verdicts;
    this.#looks = looks;
    const { words } = space.layout;
    this.store = new Store(words, allocate);
    this.visited = new Visited(space.layout, allocate);
    this.out = new Successors(batch + problem.steps.length + overhang, words);
    this.#expander = this.learnedModel.expander(this.out);
    this.#ordered = new OrderedBatch({ expander: this.#expander, space, store: this.store, out: this.out });
    this.#ids = new Int32Array(space.interners.length);
    this.paths = new Paths(problem, this.store, this.#expander, this.out);
  }

  /** Why the search has ended; nothing while it may go on. */
  get stop(): Stop | undefined {
    return this.#stop;
  }

  /** States before this one are expanded, and all they lead to is taken. */
  get expanded(): number {
    return this.#expanded;
  }

  /** Ends the search for a reason, where there is one and it has not ended yet. */
  end(stop: Stop | undefined): void {
    this.#stop ??= stop;
  }

  /** Takes the start states, where the search does not go on from a snapshot. @throws CheckError when a property failed. */
  begin(): void {
    this.learnedModel.starts.forEach((ids, place) => this.#start(ids, place));
  }

  /**
   * Expands states from `from` on, at most up to `end`, until the buffer is full or a component has outgrown its width;
   * gives the first not expanded.
   */
  fill(from: number, end: number): number {
    this.out.clear(this.store.words);
    if (this.#layout !== this.space.layout) {
      this.settle();
      this.#layout = this.space.layout;
      this.#wordBatch = WordBatch.of(this, this.#counts);
    }
    const next = this.#wordBatch?.fill(from, end, batch) ?? from;
    this.#isWordBatch = next > from;
    if (this.#isWordBatch) return next;
    const ended = this.space.outgrown || this.#wordBatch?.failure !== undefined;
    const most = ended ? 0 : (this.#wordBatch?.inOrder ?? batch);
    return this.#ordered.fill(from, Math.min(end, from + most), batch);
  }

  /** Looks the current successors up in the visited set; the search stops where there is no memory for it. */
  look(): void {
    const { words, count, fresh } = this.out;
    if (!this.#makeRoom(count)) this.out.count = 0;
    else if (this.#isWordBatch) this.#wordBatch!.look();
    else this.visited.insert(words, count, fresh);
  }

  /**
   * Takes the current successors, once looked up: counts them, and stores and judges the new states. A stop takes effect
   * at the end of the state whose successor caused it, as if states were expanded one at a time.
   * @throws CheckError when a guard, recipe or property failed.
   */
  take(): void {
    const words = this.#isWordBatch && this.#stop === undefined ? this.#wordBatch : undefined;
    if (words === undefined) this.#takeInOrder();
    else if (words.take((this.#bounds.states ?? Infinity) - this.store.count))
      this.#expanded = Math.max(this.#expanded, words.next);
    else this.#takeAgain(words);
    const failure = this.#wordBatch?.failure;
    if (failure !== undefined && this.#stop === undefined) this.#fail(this.#wordBatch!.next, failure.error);
    this.#measure();
  }

  /** Expands a batch that was looked up again, to be taken in order after all; in parts, for there may be more successors. */
  #takeAgain({ from, next: end, found }: WordBatch<S>): void {
    const { out } = this;
    for (let next = from; next < end && this.#stop === undefined; next = this.#ordered.next) {
      this.#ordered.fill(next, end, batch);
      for (let i = 0; i < out.count; i++) out.fresh[i] = found.delete(out.words[i]) ? 1 : 0;
      this.#takeInOrder();
    }
  }

  #takeInOrder(): void {
    const { count, parent, step, verdict, fresh } = this.out;
    const { fired } = this.#counts;
    let last = this.#stop === undefined ? 0xffffffff : -1;
    let taken = 0;
    for (; taken < count && parent[taken] <= last; taken++) {
      fired[step[taken]]++;
      if (fresh[taken] === 0 && verdict[taken] === 0) continue;
      if (fresh[taken] === 1) this.#add(taken, taken * this.store.words);
      if (verdict[taken] !== 0) this.#count(verdict[taken], parent[taken], step[taken]);
      if (this.#stop !== undefined) last = parent[taken];
    }
    const { next, dead, failure } = this.#ordered;
    const first = this.#expanded;
    this.#expanded = Math.max(this.#expanded, Math.min(next, last + 1));
    this.#counts.transitions += taken;
    this.#counts.full = fullOf([this.#counts.full, fullSince(this, first, taken)]);
    this.#counts.deadlocks += dead.filter((state) => state <= last).length;
    if (failure !== undefined && this.#stop === undefined) this.#fail(failure.state, failure.error);
  }

  /** Counts what follows from what was expanded so far: the steps taken, and what they said. */
  settle(): void {
    this.#wordBatch?.settle();
  }

  /** Takes what all threads together have found, and stored in the places reserved. */
  takeShared(found: SharedProgress): void {
    this.store.count = found.states;
    this.#counts.transitions += found.transitions;
    this.#counts.deadlocks += found.deadlocks;
    this.#expanded = found.expanded;
    this.#otherBytes = found.bytes;
    this.#measure();
  }

  /** Goes on, in place of beginning, from where another search stood, whose states the store has. */
  resume(standing: Standing): void {
    this.#expanded = standing.next;
    this.#counts.resume(standing);
    for (const start of standing.starts) this.paths.starts.push(start);
    this.verdicts.known(standing.hits.flatMap((hit, place) => (hit === null ? [] : [place])));
  }

  /** Rebuilds the visited set after the states were rewritten; the search stops where there is no memory for it. */
  revisit(): void {
    try {
      this.visited.rebuild(this.space.layout, this.store.count, this.store);
      this.#measure();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#stop = "memory";
    }
  }

  /** The state numbered `id`. */
  state(id: number): S {
    return this.space.decode(this.row(id));
  }

  /** The component ids of the state numbered `id`. Good until the next call. */
  row(id: number): Int32Array {
    unpack(this.space.layout, this.store.chunk(id), this.store.at(id), this.#ids);
    return this.#ids;
  }

  /** What was learned of the state numbered `id`, which was expanded. Uses the successor buffer. */
  told(id: number): Told<S> | undefined {
    if (id >= this.#expanded) return undefined;
    const expanding = { expander: this.#expander, out: this.out };
    return toldOf(this.learnedModel, this.store, expanding, this.#problem.properties.length, id);
  }

  /** Peak bytes of all tables, given how many bytes are now held besides them. */
  peakBytes(more: number): number {
    this.#measure(more);
    return this.#peakBytes;
  }

  #measure(more = 0): void {
    const { store, visited, out, learnedModel } = this;
    const held = [store, visited, out, learnedModel, this.#wordBatch];
    const bytes = held.reduce((sum, one) => sum + (one?.bytes ?? 0), this.#otherBytes + more);
    this.#peakBytes = Math.max(this.#peakBytes, bytes);
  }

  #start(ids: Int32Array, place: number): void {
    const { words, fresh } = this.out;
    if (!this.#makeRoom(1)) return;
    pack(this.space.layout, ids, words, 0);
    this.visited.insert(words, 1, fresh);
    if (fresh[0] === 0 || this.#full()) return;
    const id = this.store.push(words, 0, place);
    this.paths.starts.push(place);
    try {
      this.#judge(id, words, 0);
    } catch (error) {
      throw recipeError(this.#problem, this.state(id), undefined, error);
    }
  }

  /** Makes room in the visited set and the store for some more states; without memory for them the search stops. */
  #makeRoom(more: number): boolean {
    const { visited, store } = this;
    if (visited.makeRoomWith(store, store.count + more)) return true;
    this.#stop = "memory";
    return false;
  }

  #add(successor: number, at: number): void {
    if (this.#full()) return;
    const { words, parent, step } = this.out;
    const id = this.store.push(words, at, parent[successor]);
    this.#counts.newStates[step[successor]]++;
    try {
      this.#judge(id, words, at);
    } catch (error) {
      this.#fail(parent[successor], error);
    }
  }

  #full(): boolean {
    if (this.store.count !== this.#bounds.states) return false;
    this.#stop ??= "states";
    return true;
  }

  #judge(id: number, words: Int32Array, at: number): void {
    const misjudged = this.#wordBatch?.misjudged;
    if (misjudged?.word === words[at]) throw misjudged.error;
    const verdict = this.#looks.verdict(words, at);
    if (verdict !== 0) this.#count(verdict, id);
  }

  #count(verdict: number, state: number, step?: number): void {
    this.verdicts.counts[verdict]++;
    if (this.verdicts.news[verdict] === 0) return;
    for (const place of this.verdicts.takeNews(verdict)) {
      this.#counts.hits[place] = step === undefined ? { state } : { state, step };
      if (this.#bounds.failFast === true && this.#problem.properties[place].kind !== "sometimes")
        this.#stop ??= "violation";
    }
  }

  #fail(state: number, error: unknown): never {
    throw recipeError(this.#problem, this.state(state), this.paths.to(state), error);
  }
}
