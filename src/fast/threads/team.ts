import { CheckError } from "../../errors.ts";
import type { Bounds, Problem } from "../../problem/exploration.ts";
import { Control, phases } from "./control.ts";
import type { Layout } from "../values/layout.ts";
import { signatureOf } from "./messages.ts";
import { SearchThread } from "./search-thread.ts";
import type { Search } from "../search/search.ts";
import { perSegment } from "../visited/store.ts";
import { Tally } from "./tally.ts";
import { WorkerThreads } from "./worker-threads.ts";
import type { Workers } from "./workers.ts";

/** Successors of a slice, about, at most. */
const perSlice = 2 ** 18;
/** Slices of a chunk for each thread, at least where slices are large and at most where they are not. */
const slicesEach = { least: 8, most: 64 };

/** The worker threads of a search, led by the thread that calls. It finds what one thread alone finds, in the same order. */
export class Team<S> {
  readonly #search: Search<S>;
  readonly #problem: Problem<S>;
  readonly #bounds: Bounds;
  readonly #workers: Workers;
  readonly #control: Control;
  readonly #tallies: readonly Tally[];
  readonly #threads: WorkerThreads;
  readonly #perSlice: number;
  #ownThread: SearchThread<S> | undefined;
  /** What the others know of the memory that all share. */
  #layout: Layout | undefined;
  #visited: readonly Int32Array[] | undefined;
  #segments = 0;
  /** States before this one are for the search alone. */
  #inOrderTo = 0;

  constructor(search: Search<S>, problem: Problem<S>, bounds: Bounds, workers: Workers) {
    this.#search = search;
    this.#problem = problem;
    this.#bounds = bounds;
    this.#workers = workers;
    const steps = problem.steps.length;
    this.#perSlice = workers.slice ?? Math.max(1, Math.min(2048, Math.floor(perSlice / Math.max(1, steps))));
    this.#control = new Control(problem.properties.length);
    this.#tallies = Array.from({ length: workers.count }, () => new Tally(steps, problem.properties.length));
    this.#threads = new WorkerThreads(signatureOf(problem), workers, this.#control, this.#tallies);
  }

  /** Whether the threads search together by now. */
  get joined(): boolean {
    return this.#ownThread !== undefined;
  }

  /** Bytes held by the other threads, and by this one for working with them. */
  get bytes(): number {
    return this.#tallies.slice(1).reduce((sum, { bytes }) => sum + bytes, this.#ownThread?.bytes ?? 0);
  }

  /** What each thread counted; what it saw up to date after `report`. */
  get tallies(): readonly Tally[] {
    return this.#tallies;
  }

  /** Lets the others take part once all are ready. @throws what a worker failed with. */
  async join(): Promise<void> {
    if (this.joined) return;
    if (this.#workers.eager === true) await this.#threads.made();
    if (!this.#threads.ready) return;
    const { space, learnedModel, store, visited } = this.#search;
    this.#threads.send({ log: space.share().cells });
    const common = { control: this.#control, store, visited };
    this.#ownThread = new SearchThread(this.#problem, learnedModel, common, this.#tallies[0], () =>
      this.#threads.lookAround(),
    );
    this.told(0);
  }

  /** Whether the states from `from` to `end` are worth cutting into slices, and need not be expanded in order. */
  takes(from: number, end: number): boolean {
    return this.joined && from >= this.#inOrderTo && end - from >= (this.#workers.slice ?? 4096);
  }

  /**
   * Expands a chunk of the states from `from` to `end`, and takes their successors; gives the first state not expanded,
   * which the search has to expand alone.
   */
  async advance(from: number, end: number): Promise<number> {
    const search = this.#search;
    const { store, visited, space } = search;
    const { count } = this.#workers;
    const control = this.#control;
    const to = Math.min(end, from + this.#perSlice * count * slicesEach.most);
    this.#reserve(store.count + 2 * (to - from) + perSegment);
    this.#send();
    const room = Math.min(visited.room, store.room, this.#bounds.states ?? Infinity);
    const states = Math.min(this.#perSlice, Math.ceil((to - from) / (count * slicesEach.least)));
    control.cut(from, to, states, store.count, room);
    control.begin(phases.expand);
    await this.#ownThread!.run();
    await this.#threads.done();
    space.catchUp();
    const { transitions, dead: deadlocks } = control.counted;
    const { states: stored, left } = control;
    search.takeShared({ states: stored, expanded: left.from, transitions, deadlocks, bytes: this.bytes });
    this.#inOrderTo = left.to;
    return search.expanded;
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
    for (const [place, hit] of this.#search.counted.hits.entries())
      if (hit !== undefined) this.#control.hit(place);
  }

  /** Has every thread write down what it saw. */
  async report(): Promise<void> {
    if (this.#ownThread === undefined) return;
    this.#send();
    this.#control.begin(phases.report);
    await this.#ownThread.run();
    await this.#threads.done();
  }

  /** Ends all threads. */
  end(): Promise<void> {
    return this.#threads.end();
  }

  /** Makes room in the store, where there is memory for it. */
  #reserve(states: number): void {
    try {
      this.#search.store.reserve(states);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  /** Sends what has changed of the memory that all share. */
  #send(): void {
    const { space, store, visited } = this.#search;
    if (this.#layout !== space.layout) {
      this.#threads.send({ sizes: space.layout.sizes });
      this.#segments = 0;
    }
    const { memory } = visited;
    if (this.#layout !== space.layout || this.#visited !== memory.cells)
      this.#threads.send({ visited: memory });
    const { segments } = store;
    if (this.#segments < segments.length)
      this.#threads.send({ first: this.#segments, segments: segments.slice(this.#segments) });
    this.#layout = space.layout;
    this.#visited = memory.cells;
    this.#segments = segments.length;
  }
}
