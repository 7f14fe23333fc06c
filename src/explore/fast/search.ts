import type { Bounds, Path, Problem, Stop } from "../exploration.ts";
import { canonicalOf } from "../symmetry/canonical.ts";
import { Canonical } from "./canonical.ts";
import { Expander } from "./expander.ts";
import { explain } from "./explain.ts";
import { pack, unpack } from "./layout.ts";
import { Looks } from "./looks.ts";
import { Patches } from "./patches.ts";
import { Paths } from "./paths.ts";
import { Recorder } from "./recorder.ts";
import { Space } from "./space.ts";
import { Steps } from "./steps.ts";
import { Store } from "./store.ts";
import { StubbornSets } from "./stubborn-sets.ts";
import { Successors } from "./successors.ts";
import { Twins } from "./twins.ts";
import { Verdicts } from "./verdicts.ts";
import { Visited } from "./visited.ts";

/** Successors are looked up in batches of about this many. */
const batch = 4096;

/** Where a property was first hit: in a state, or by a step from a state. */
export interface Hit {
  readonly state: number;
  readonly step?: number;
}

/** One search: the states found so far, and what was learned of the model on the way. */
export class Search<S> {
  stop: Stop | undefined;
  transitions = 0;
  deadlocks = 0;
  repacks = 0;
  /** Bytes of all tables at their largest. */
  peakBytes = 0;
  readonly fired: Float64Array;
  readonly newStates: Float64Array;
  readonly hits: (Hit | undefined)[];
  readonly verdicts = new Verdicts();
  readonly space: Space<S>;
  readonly store: Store;
  readonly steps: Steps<S>;
  readonly paths: Paths<S>;
  readonly #problem: Problem<S>;
  readonly #bounds: Bounds;
  readonly #visited: Visited;
  readonly #looks: Looks<S>;
  readonly #out: Successors;
  /** For each successor at hand, 1 if it is a new state. */
  readonly #fresh: Int32Array;
  readonly #stubborn: StubbornSets<S> | undefined;
  readonly #expander: Expander<S>;
  readonly #ids: Int32Array;
  /** Expanded states of the batch at hand that have no successor. */
  #dead: number[] = [];
  /** What went wrong at the state that ended the batch at hand. */
  #failure: { readonly state: number; readonly error: unknown } | undefined;

  constructor(problem: Problem<S>, bounds: Bounds) {
    const room = batch + problem.steps.length;
    this.#problem = problem;
    this.#bounds = bounds;
    this.fired = new Float64Array(problem.steps.length);
    this.newStates = new Float64Array(problem.steps.length);
    this.hits = problem.properties.map(() => undefined);
    this.space = new Space(problem);
    const canonical = canonicalOf(problem);
    const starts = problem.start.map((state) => this.space.intern(canonical(state)));
    this.space.widen();
    const { words } = this.space.layout;
    const recorder = new Recorder(this.space, problem);
    const learned = { recorder, patches: new Patches(), verdicts: this.verdicts };
    const some = starts[0] ?? new Int32Array(this.space.interners.length);
    const { symmetry } = problem;
    const twins = symmetry && new Twins(this.space, symmetry);
    this.steps = new Steps(this.space, problem, learned, some, twins);
    this.#looks = new Looks(this.space, problem, learned, some, twins);
    this.store = new Store(words);
    this.#visited = new Visited(this.space.layout);
    this.#out = new Successors(room, words);
    this.#fresh = new Int32Array(room);
    const { dependence, steps } = problem;
    this.#stubborn = dependence && new StubbornSets(this.space, dependence, steps.length);
    this.#expander = new Expander(this.space, this.steps, this.#out, steps.length, {
      canonical: symmetry && new Canonical(this.space, problem, symmetry.families),
      stubborn: this.#stubborn,
    });
    this.#ids = new Int32Array(this.space.interners.length);
    this.paths = new Paths(problem, this.store, this.#expander, this.#out);
    starts.forEach((ids, place) => this.#start(ids, place));
  }

  /** Bytes of the visited set that the successors at hand need; 0 where the present one will do. */
  get wantsBytes(): number {
    return this.#visited.bytesFor(this.store.count + this.#out.count);
  }

  /** Expands states from `from` on, at most up to `end`, until the buffer is full; gives the first not expanded. */
  fill(from: number, end: number): number {
    const { store } = this;
    const out = this.#out;
    out.clear(store.words);
    this.#dead = [];
    for (let next = from; next < end; next++) {
      const before = out.count;
      if (before >= batch) return next;
      let enabled = 0;
      try {
        enabled = this.#expander.expand(store.chunk(next), store.at(next), next);
      } catch (error) {
        this.#failure = { state: next, error };
      }
      if (this.#failure !== undefined || this.space.outgrown) {
        out.count = before;
        return next;
      }
      if (enabled === 0) this.#dead.push(next);
    }
    return end;
  }

  /**
   * Takes the successors at hand into the visited set, counts them and judges the new states. A stop takes effect at the
   * end of the state whose successor caused it, as if states were expanded one at a time.
   * @throws CheckError when a guard, recipe or property failed.
   */
  flush(): void {
    const { words, count, parent, step, verdict } = this.#out;
    if (!this.#makeRoom(count)) return;
    const length = this.store.words;
    const fresh = this.#fresh;
    const { fired } = this;
    this.#visited.insert(words, count, fresh);
    let last = 0xffffffff;
    let taken = 0;
    for (; taken < count && parent[taken] <= last; taken++) {
      fired[step[taken]]++;
      if (fresh[taken] === 1) this.#add(taken, taken * length);
      if (verdict[taken] !== 0) this.#count(verdict[taken], parent[taken], step[taken]);
      if (this.stop !== undefined && last === 0xffffffff) last = parent[taken];
    }
    this.transitions += taken;
    for (const state of this.#dead) if (state <= last) this.deadlocks++;
    if (this.#failure !== undefined && this.stop === undefined)
      this.#fail(this.#failure.state, this.#failure.error);
  }

  /** Rewrites all stored states when some component has outgrown its width. */
  widen(): void {
    const { space, store } = this;
    if (!space.outgrown) return;
    const old = space.layout;
    space.widen();
    store.repack(space.layout.words, (from, at, to, place) => {
      unpack(old, from, at, this.#ids);
      pack(space.layout, this.#ids, to, place);
    });
    this.#visited.rebuild(space.layout, store.count, store);
    this.repacks++;
    this.#measure();
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

  /** A shortest run to where a property was first hit. */
  runTo({ state, step }: Hit): Path {
    return step === undefined ? this.paths.to(state) : this.paths.to(state, step);
  }

  #start(ids: Int32Array, place: number): void {
    const { words } = this.#out;
    if (!this.#makeRoom(1)) return;
    pack(this.space.layout, ids, words, 0);
    this.#visited.insert(words, 1, this.#fresh);
    if (this.#fresh[0] === 0 || this.#full()) return;
    const id = this.store.push(words, 0, place);
    this.paths.starts.push(place);
    try {
      this.#judge(id, words, 0);
    } catch (error) {
      throw explain(this.#problem, this.state(id), undefined, error);
    }
  }

  /** Makes room in the table for some more states; where there is no memory for it the search stops. */
  #makeRoom(more: number): boolean {
    try {
      this.#visited.makeRoom(this.store.count + more, this.store);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.stop = "memory";
      return false;
    }
    this.#measure();
    return true;
  }

  #add(successor: number, at: number): void {
    if (this.#full()) return;
    const { words, parent, step } = this.#out;
    const id = this.store.push(words, at, parent[successor]);
    this.newStates[step[successor]]++;
    try {
      this.#judge(id, words, at);
    } catch (error) {
      this.#fail(parent[successor], error);
    }
  }

  #full(): boolean {
    if (this.store.count !== this.#bounds.states) return false;
    this.stop ??= "states";
    return true;
  }

  #judge(id: number, words: Int32Array, at: number): void {
    unpack(this.space.layout, words, at, this.#ids);
    const verdict = this.#looks.verdict(this.#ids);
    if (verdict !== 0) this.#count(verdict, id);
  }

  #count(verdict: number, state: number, step?: number): void {
    this.verdicts.counts[verdict]++;
    if (this.verdicts.news[verdict] === 0) return;
    for (const place of this.verdicts.takeNews(verdict)) {
      this.hits[place] = step === undefined ? { state } : { state, step };
      if (this.#bounds.failFast === true && this.#problem.properties[place].kind !== "sometimes")
        this.stop ??= "violation";
    }
  }

  #fail(state: number, error: unknown): never {
    throw explain(this.#problem, this.state(state), this.paths.to(state), error);
  }

  #measure(): void {
    const bytes =
      this.#visited.bytes +
      this.store.bytes +
      this.#out.bytes +
      this.space.bytes +
      this.steps.bytes +
      this.#looks.bytes +
      (this.#stubborn?.bytes ?? 0);
    this.peakBytes = Math.max(this.peakBytes, bytes);
  }
}
