import { CheckError } from "../../errors.ts";
import type { Bounds, Problem, Stop } from "../exploration.ts";
import { Control, mostSlices, phases } from "./control.ts";
import { signatureOf, type Source } from "./parcel.ts";
import { Peer, type Common } from "./peer.ts";
import type { Search } from "./search.ts";
import { Slice } from "./slice.ts";
import { Tally } from "./tally.ts";
import { Threads } from "./threads.ts";

/** Threads that search together. */
export interface Workers {
  /** How many threads, the calling one among them. */
  readonly count: number;
  /** Where the others find the problem: functions cannot be sent to them. */
  readonly source: Source;
  /** Wait for all threads before the search begins; else it begins alone, and small searches end before. */
  readonly eager?: boolean;
  /** States of a slice at most, and states that are worth cutting. */
  readonly slice?: number;
}

/** Successors that a slice has room for, about. */
const room = 2 ** 16;
/** Asked before memory is allocated; an answer stops the search. */
type Ask = (wantsBytes: number) => Promise<Stop | undefined>;

/** The worker threads of a search, led by the thread that calls. It finds what one thread alone finds, in the same order. */
export class Team<S> {
  readonly #search: Search<S>;
  readonly #problem: Problem<S>;
  readonly #bounds: Bounds;
  readonly #workers: Workers;
  readonly #control: Control;
  readonly #tallies: readonly Tally[];
  readonly #threads: Threads;
  readonly #perSlice: number;
  readonly #room: number;
  #peer: Peer<S> | undefined;
  #common: Common | undefined;
  thrift = 0;
  /** Segments of the store that the others know of. */
  #segments = 0;

  constructor(search: Search<S>, problem: Problem<S>, bounds: Bounds, workers: Workers) {
    this.#search = search;
    this.#problem = problem;
    this.#bounds = bounds;
    this.#workers = workers;
    const steps = problem.steps.length;
    this.#perSlice = workers.slice ?? Math.max(1, Math.min(1024, Math.floor(room / Math.max(1, steps))));
    this.#room = Math.max(this.#perSlice * steps, search.out.step.length);
    this.#control = new Control(problem.properties.length);
    this.#tallies = Array.from({ length: workers.count }, () => new Tally(steps, problem.properties.length));
    this.#threads = new Threads(signatureOf(problem), workers.source, this.#control, this.#tallies);
  }

  /** Whether the threads search together by now. */
  get joined(): boolean {
    return this.#peer !== undefined;
  }

  /** States that are worth cutting into slices for the threads. */
  get worthwhile(): number {
    return this.#workers.slice ?? 4096;
  }

  /** Bytes held by the other threads and for exchange with them. */
  get bytes(): number {
    return this.#tallies.slice(this.joined ? 0 : 1).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Bytes of the visited set that the next chunk is going to need. */
  get wantsBytes(): number {
    return this.#tallies.reduce((sum, { wantsBytes }) => sum + wantsBytes, 0);
  }

  bytesFor(): number {
    return this.wantsBytes;
  }

  /** What each thread counted, up to date after `report`. */
  get tallies(): readonly Tally[] {
    return this.#tallies;
  }

  /** Lets the others take part once all are ready. @throws what a worker failed with. */
  async join(): Promise<void> {
    if (this.joined) return;
    if (this.#workers.eager === true) await this.#threads.made();
    if (!this.#threads.ready) return;
    const search = this.#search;
    const log = search.space.share();
    search.widen();
    this.#common = { control: this.#control, store: search.store, slices: [] };
    this.#peer = new Peer(
      this.#problem,
      search.knowledge,
      this.#common,
      { index: 0, of: this.#workers.count },
      this.#tallies[0],
    );
    this.#threads.send({ log: log.cells });
    search.visited.clear();
    await this.rebuild();
  }

  /** Makes the visited set anew after the layout changed. */
  async rebuild(): Promise<void> {
    const { store } = this.#search;
    const common = this.#common!;
    common.slices = Array.from({ length: mostSlices }, () =>
      Slice.of(this.#room, store.words, this.#workers.count),
    );
    this.#segments = 0;
    this.#threads.send({ words: store.words, slices: common.slices.map(({ memory }) => memory) });
    this.#sendSegments();
    this.#control.cut(0, 0, 1);
    await this.#run(phases.rebuild);
    if (this.#control.exhausted) this.#search.stop = "memory";
    this.told(0);
  }

  /** Looks the successors of the search's own batch up. */
  async look(): Promise<void> {
    const { out, store } = this.#search;
    if (!this.#reserve(store.count + out.count)) return;
    this.#sendSegments();
    const [slice] = this.#common!.slices;
    this.#control.cut(0, 1, 1);
    this.#control.expanded(0, 1, out.count, 0, 0);
    slice.out.words.set(out.words.subarray(0, out.count * store.words));
    slice.out.count = out.count;
    slice.sort(store.words, this.#workers.count);
    await this.#run(phases.insert);
    for (let i = 0; i < out.count; i++) out.fresh[i] = slice.found[slice.rank[i]];
    if (this.#control.exhausted) this.#search.stop = "memory";
  }

  /**
   * Expands a chunk of the states from `from` to `end`, and takes their successors; gives the first state not expanded.
   * That is `from` where it has to be expanded by the search alone, in order.
   */
  async advance(from: number, end: number, ask: Ask): Promise<number> {
    const search = this.#search;
    const control = this.#control;
    const states = Math.min(end - from, this.#perSlice * mostSlices);
    this.#sendSegments();
    control.calm();
    control.cut(from, from + states, Math.min(this.#perSlice, Math.ceil(states / mostSlices)));
    await this.#run(phases.expand);
    search.space.catchUp();
    const expanded = this.#useful();
    if (expanded.states === 0) return from;
    if (this.wantsBytes > 0) search.stop ??= await ask(this.wantsBytes);
    if (search.stop !== undefined) return from;
    await this.#run(phases.insert);
    if (control.exhausted) search.stop = "memory";
    else await this.#commit(from, from + expanded.states, expanded.dead);
    return from + expanded.states;
  }

  /** Adds what this thread counted of the last chunk. */
  settle(): void {
    this.#peer?.settle();
  }

  /** Has every thread write down what it counted. */
  async report(): Promise<void> {
    if (this.joined) await this.#run(phases.report);
  }

  /** Ends all threads. */
  end(): Promise<void> {
    return this.#threads.end();
  }

  /** Drops the slices after the first that was not expanded in full; counts what is left. */
  #useful(): { readonly states: number; readonly dead: number } {
    const { from, to, perSlice, slices } = this.#control.chunk;
    let states = 0;
    let dead = 0;
    for (let slice = 0; slice < slices; slice++) {
      const found = this.#control.slice(slice);
      states += found.expanded;
      dead += found.dead;
      if (found.expanded === Math.min(perSlice, to - from - slice * perSlice)) continue;
      this.#control.shorten(slice + 1);
      break;
    }
    return { states, dead };
  }

  /** Stores, counts and judges the new states of a chunk: together, or in order where the order may matter. */
  async #commit(from: number, to: number, dead: number): Promise<void> {
    const search = this.#search;
    const { store } = search;
    const control = this.#control;
    const { slices } = control.chunk;
    let states = store.count;
    let transitions = 0;
    for (let slice = 0; slice < slices; slice++) {
      control.place(slice, states);
      const { fresh, successors } = control.slice(slice);
      states += fresh;
      transitions += successors;
    }
    if (!this.#reserve(states)) return;
    let keep = states <= (this.#bounds.states ?? Infinity);
    if (keep) {
      this.#sendSegments();
      await this.#run(phases.commit);
      keep = !control.special;
      control.settle(keep);
    }
    if (keep) {
      store.count = states;
      search.expanded = to;
      search.transitions += transitions;
      search.deadlocks += dead;
      search.otherBytes = this.bytes;
      search.measure();
    } else this.#replay(from, to);
  }

  #reserve(states: number): boolean {
    try {
      this.#search.store.reserve(states);
      return true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#search.stop = "memory";
      return false;
    }
  }

  /** Takes the successors of a chunk in order, knowing which are new. */
  #replay(from: number, to: number): void {
    const search = this.#search;
    const { out } = search;
    const { slices } = this.#common!;
    let slice = 0;
    let at = 0;
    for (let next = from; next < to && search.stop === undefined;) {
      next = search.fill(next, to, true);
      for (let i = 0; i < out.count; i++) {
        for (; at === this.#control.slice(slice).successors; at = 0) slice++;
        const { found, rank } = slices[slice];
        out.fresh[i] = found[rank[at++]];
      }
      search.take();
    }
    this.told(to);
  }

  /**
   * Tells the others which properties were hit, after the search went on alone up to the state numbered `next`.
   * @throws CheckError where something failed in another thread only.
   */
  told(next: number): void {
    const { failed } = this.#control;
    if (failed > 0 && failed <= next && this.#search.stop === undefined)
      throw new CheckError(
        "recipe",
        "a guard, recipe or property failed in one thread and not in another: it is not deterministic",
      );
    for (const [place, hit] of this.#search.hits.entries()) if (hit !== undefined) this.#control.hit(place);
  }

  #sendSegments(): void {
    const { segments } = this.#search.store;
    if (this.#segments < segments.length)
      this.#threads.send({ first: this.#segments, segments: segments.slice(this.#segments) });
    this.#segments = segments.length;
  }

  async #run(phase: number): Promise<void> {
    this.#control.begin(phase, this.#search.store.count);
    this.#peer!.run();
    await this.#threads.done();
  }
}
