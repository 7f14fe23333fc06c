import type { Problem } from "../../problem/exploration.ts";
import type { Layout } from "../values/layout.ts";
import { phases, type Control } from "./control.ts";
import { notExpanded, type Expander } from "../search/expander.ts";
import type { LearnedModel } from "../search/learned-model.ts";
import { RecentFilter } from "./recent-filter.ts";
import { Slice } from "./slice.ts";
import { SliceCounts } from "./slice-counts.ts";
import type { Store } from "../visited/store.ts";
import type { Successors } from "../search/successors.ts";
import type { Tally } from "./tally.ts";
import type { Visited } from "../visited/visited.ts";

/** Slices that a thread holds: while one waits for its turn the next is expanded. */
const atHand = 3;

/** What the threads of a search share. */
export interface SharedSearch {
  readonly control: Control;
  readonly store: Store;
  readonly visited: Visited;
}

/**
 * One of the threads of a search. The states of a chunk are cut into slices. Threads find the successors of different
 * slices at the same time, and leave out what was visited before; what is left is looked up and numbered slice by slice,
 * in order, and then stored at the same time again. So a state has the number that one thread alone would have given it.
 * A slice with something to be done in order by one thread alone is left to the first thread, with all after it.
 */
export class SearchThread<S> {
  readonly #common: SharedSearch;
  readonly #learnedModel: LearnedModel<S>;
  readonly #tally: Tally;
  readonly #properties: number;
  readonly #lookAround: () => Promise<void>;
  readonly #expander: Expander<S>;
  readonly #filter: RecentFilter;
  /** Slices that are not in use. */
  readonly #free: Slice[];
  /** Slices whose turn has not come yet, in order. */
  readonly #waiting: Slice[] = [];
  #layout: Layout | undefined;

  /** `lookAround` is called while the thread waits for its turn for long. */
  constructor(
    problem: Problem<S>,
    learnedModel: LearnedModel<S>,
    common: SharedSearch,
    tally: Tally,
    lookAround: () => Promise<void> = async () => undefined,
  ) {
    this.#common = common;
    this.#learnedModel = learnedModel;
    this.#tally = tally;
    this.#properties = problem.properties.length;
    this.#lookAround = lookAround;
    this.#free = Array.from(
      { length: atHand },
      () => new Slice(new SliceCounts(problem.steps.length, learnedModel.verdicts)),
    );
    const [{ out, counts }] = this.#free;
    this.#filter = new RecentFilter(counts);
    this.#expander = learnedModel.expander(out, this.#filter);
  }

  /** Does this thread's part of the phase that was begun. */
  async run(): Promise<void> {
    const { control } = this.#common;
    this.#learnedModel.space.catchUp();
    if (control.phase === phases.expand) await this.#expand();
    else if (control.phase === phases.report) this.#report();
  }

  /** The bytes of what is held. */
  get bytes(): number {
    return this.#free.reduce((sum, { out }) => sum + out.bytes, this.#filter.bytes);
  }

  async #expand(): Promise<void> {
    const { control } = this.#common;
    const { space, verdicts } = this.#learnedModel;
    if (space.layout !== this.#layout) this.#filter.clear(space.layout.words);
    this.#layout = space.layout;
    verdicts.known([...Array(this.#properties).keys()].filter((place) => control.wasHit(place)));
    for (let number = control.takeSlice(); number >= 0; number = control.takeSlice()) {
      const slice = this.#free.pop() ?? (await this.#numberNext());
      if (this.#expandSlice(slice, number) && this.#judge(slice)) this.#waiting.push(slice);
      else {
        control.cutAt(number);
        this.#free.push(slice);
      }
      while (this.#waiting.length > 0 && control.isTurn(this.#waiting[0].number))
        this.#free.push(await this.#numberNext());
    }
    while (this.#waiting.length > 0) this.#free.push(await this.#numberNext());
    // What was let through and then left to the first thread may be new when it comes again.
    if (control.wasCut) this.#filter.clear(space.layout.words);
    this.#tally.bytes = this.#learnedModel.bytes + this.bytes;
  }

  /** Takes the new successors of the slice that waits longest, once its turn has come; gives it to be used again. */
  async #numberNext(): Promise<Slice> {
    const { control, visited } = this.#common;
    const slice = this.#waiting.shift()!;
    const { number, out } = slice;
    while (!control.waitForTurn(number)) await this.#lookAround();
    const first = control.states;
    if (control.isCut(number) || first + out.count > control.room) {
      control.cutAt(number);
      return slice;
    }
    control.states = first + visited.insert(out.words, out.count, out.fresh);
    control.pass(number);
    this.#store(slice, first);
    return slice;
  }

  /** Finds the successors of a slice; whether none of its states has to be expanded by the first thread. */
  #expandSlice(slice: Slice, number: number): boolean {
    const { control, store } = this.#common;
    const { space, canonical } = this.#learnedModel;
    const { counts } = slice;
    const { from, to } = control.slice(number);
    slice.begin(number, (to - from) * this.#tally.fired.length, store.words);
    this.#expander.out = slice.out;
    this.#filter.counts = counts;
    for (let state = from; state < to; state++) {
      const taken = this.#tryExpand(state);
      const isBeyond = taken === notExpanded;
      if ((taken < 0 && !isBeyond) || space.outgrown || counts.news) return false;
      if (canonical !== undefined) {
        const size = canonical.classSize(store.chunk(state), store.at(state));
        counts.fullStates += size;
        counts.fullTransitions += isBeyond ? 0 : size * taken;
      }
      if (isBeyond) continue;
      if (taken === 0) counts.dead++;
      counts.transitions += taken;
    }
    return true;
  }

  /** How many steps were taken, -1 where a guard or recipe failed: the first thread then fails there as well. */
  #tryExpand(state: number): number {
    const { control, store } = this.#common;
    try {
      return this.#expander.expand(store.chunk(state), store.at(state), state);
    } catch {
      control.hasFailed(state);
      return -1;
    }
  }

  /**
   * Leaves out the successors that were visited before, and has a verdict on the others, new or not; whether none is for
   * the first thread.
   */
  #judge({ out, counts }: Slice): boolean {
    const { visited, store } = this.#common;
    visited.lacks(out.words, out.count, out.fresh);
    out.keepFresh(store.words);
    for (let i = 0; i < out.count; i++) {
      const said = this.#tryJudge(out, i);
      if (said < 0) return false;
      if (said !== 0) counts.look(said);
      out.verdict[i] = said;
    }
    return !counts.news;
  }

  /** The verdict of a state, -1 where a property failed: the first thread then fails there as well. */
  #tryJudge({ words, parent }: Successors, successor: number): number {
    const { control } = this.#common;
    const { space, looks } = this.#learnedModel;
    try {
      return looks.verdict(words, successor * space.layout.words);
    } catch {
      control.hasFailed(parent[successor]);
      return -1;
    }
  }

  /** Stores the new states of a slice from the number `first` on, and counts everything. */
  #store({ out, counts }: Slice, first: number): void {
    const { control, store } = this.#common;
    const { words, parent, step, verdict, fresh, count } = out;
    const { newStates } = this.#tally;
    let id = first;
    for (let i = 0; i < count; i++) {
      if (fresh[i] === 0) continue;
      store.put(id++, words, i * store.words, parent[i]);
      newStates[step[i]]++;
      if (verdict[i] !== 0) counts.said(verdict[i]);
    }
    counts.keep(this.#tally);
    control.count(counts.transitions, counts.dead);
  }

  #report(): void {
    const { verdicts, steps } = this.#learnedModel;
    const { seen } = this.#tally;
    for (let place = 0; place < this.#properties; place++) seen[place] = verdicts.seen(place);
    this.#tally.evaluations = steps.effects.evaluations;
  }
}
