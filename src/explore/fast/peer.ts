import type { Problem } from "../exploration.ts";
import { phases, type Control } from "./control.ts";
import type { Expander } from "./expander.ts";
import type { Knowledge } from "./knowledge.ts";
import { unpack } from "./layout.ts";
import type { Share } from "./share.ts";
import type { Slice } from "./slice.ts";
import type { Store } from "./store.ts";
import { Successors } from "./successors.ts";
import type { Tally } from "./tally.ts";
import { Visited } from "./visited.ts";

/** What the threads of a search share. */
export interface Common {
  readonly control: Control;
  readonly store: Store;
  /** The slices of a chunk. */
  slices: readonly Slice[];
}

/**
 * One of the threads of a search. The states of a chunk are cut into slices; whoever finds a slice's successors also
 * stores and judges its new states, but each successor is looked up by the thread that owns it, in the order in which one
 * thread alone would have come to it. So the numbers of the states do not depend on the threads.
 */
export class Peer<S> {
  readonly #common: Common;
  readonly #share: Share;
  readonly #knowledge: Knowledge<S>;
  readonly #tally: Tally;
  readonly #expander: Expander<S>;
  readonly #ids: Int32Array;
  readonly #properties: number;
  readonly #visited: Visited;
  /** States in this thread's share of the visited set. */
  #kept = 0;
  /** Counts of the chunk at hand, until it is known whether they count. */
  readonly #fired: Float64Array;
  readonly #newStates: Float64Array;
  #verdicts = new Float64Array(64);
  #unsettled = false;

  constructor(problem: Problem<S>, knowledge: Knowledge<S>, common: Common, share: Share, tally: Tally) {
    const { space } = knowledge;
    this.#common = common;
    this.#share = share;
    this.#knowledge = knowledge;
    this.#tally = tally;
    this.#properties = problem.properties.length;
    this.#expander = knowledge.expander(Successors.of(0, 1));
    this.#ids = new Int32Array(space.interners.length);
    this.#visited = new Visited(space.layout, share);
    this.#fired = new Float64Array(problem.steps.length);
    this.#newStates = new Float64Array(problem.steps.length);
  }

  /** Does this thread's part of the phase that was begun. */
  run(): void {
    const { control } = this.#common;
    this.#settle();
    this.#knowledge.space.catchUp();
    if (control.phase === phases.expand) this.#expand();
    else if (control.phase === phases.insert) this.#insert();
    else if (control.phase === phases.commit) this.#commit();
    else if (control.phase === phases.rebuild) this.#rebuild();
    else if (control.phase === phases.report) this.#report();
  }

  #expand(): void {
    const { control } = this.#common;
    const { space, verdicts } = this.#knowledge;
    const hit = Array.from({ length: this.#properties }, (_, place) => place).filter((place) =>
      control.wasHit(place),
    );
    verdicts.known(hit);
    const { slices } = control.chunk;
    for (let slice = control.takeSlice(); slice < slices && !space.outgrown; slice = control.takeSlice())
      this.#expandSlice(slice);
  }

  /** Expands the states of a slice up to the first that has to be expanded by the first thread, in order. */
  #expandSlice(slice: number): void {
    const { control, store, slices } = this.#common;
    const { space } = this.#knowledge;
    const { from, to, perSlice } = control.chunk;
    const first = from + slice * perSlice;
    const end = Math.min(to, first + perSlice);
    const { out } = slices[slice];
    out.clear(store.words);
    this.#expander.out = out;
    let dead = 0;
    let next = first;
    for (; next < end; next++) {
      const before = out.count;
      const enabled = this.#tryExpand(next);
      if (enabled < 0 || space.outgrown || this.#isNews(out, before)) {
        out.count = before;
        break;
      }
      if (enabled === 0) dead++;
    }
    slices[slice].sort(store.words, this.#share.of);
    control.expanded(slice, next - first, out.count, dead, this.#share.index);
  }

  /** The number of a state's successors, -1 where a guard or recipe failed: the first thread then fails there as well. */
  #tryExpand(state: number): number {
    const { store } = this.#common;
    try {
      return this.#expander.expand(store.chunk(state), store.at(state), state);
    } catch {
      this.#common.control.hasFailed(state);
      return -1;
    }
  }

  #isNews({ verdict, count }: Successors, from: number): boolean {
    const { news } = this.#knowledge.verdicts;
    for (let i = from; i < count; i++) if (news[verdict[i]] === 1) return true;
    return false;
  }

  #insert(): void {
    const { control, store, slices } = this.#common;
    let owned = 0;
    try {
      // All at once: states of this chunk are not in the store yet, and a set made anew from there would lack them.
      this.#visited.makeRoom(this.#kept + control.successors, store);
      for (let slice = 0; slice < control.chunk.slices; slice++)
        owned += this.#insertSlice(slices[slice], slice);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      control.isExhausted();
    }
    this.#tally.wantsBytes = this.#visited.bytesFor(this.#kept + 2 * owned);
    this.#tally.bytes = this.#visited.bytes + (this.#share.index === 0 ? 0 : this.#knowledge.bytes);
  }

  #insertSlice({ sorted, found, ends }: Slice, slice: number): number {
    const { control, store } = this.#common;
    const { index } = this.#share;
    // Nobody may have come to the slice, and then it holds what was in it before.
    if (control.slice(slice).successors === 0) return 0;
    const from = index === 0 ? 0 : ends[index - 1];
    const to = ends[index];
    const states = sorted.subarray(from * store.words, to * store.words);
    const more = this.#visited.insert(states, to - from, found.subarray(from, to));
    this.#kept += more;
    control.addFresh(slice, more);
    return to - from;
  }

  #commit(): void {
    const { control, slices } = this.#common;
    this.#unsettled = true;
    for (let slice = 0; slice < control.chunk.slices && !control.special; slice++) {
      const { producer, base, successors } = control.slice(slice);
      if (producer === this.#share.index) this.#commitSlice(slices[slice], successors, base);
    }
  }

  #commitSlice({ out, found, rank }: Slice, count: number, base: number): void {
    const { words, parent, step, verdict } = out;
    const { store } = this.#common;
    const length = store.words;
    let id = base;
    for (let i = 0; i < count; i++) {
      this.#fired[step[i]]++;
      if (verdict[i] !== 0) this.#count(verdict[i]);
      if (found[rank[i]] === 0) continue;
      store.put(id++, words, i * length, parent[i]);
      this.#newStates[step[i]]++;
      const said = this.#tryJudge(words, i * length, parent[i]);
      if (said < 0) return;
      if (said !== 0) this.#count(said);
    }
  }

  /** The verdict of a state, -1 where a property failed: the first thread then looks in order, and fails there as well. */
  #tryJudge(words: Int32Array, at: number, parent: number): number {
    const { space, looks } = this.#knowledge;
    unpack(space.layout, words, at, this.#ids);
    try {
      return looks.verdict(this.#ids);
    } catch {
      this.#common.control.hasFailed(parent);
      return -1;
    }
  }

  #count(verdict: number): void {
    const { news, counts } = this.#knowledge.verdicts;
    if (news[verdict] === 1) this.#common.control.isSpecial();
    if (verdict >= this.#verdicts.length) {
      const more = new Float64Array(counts.length);
      more.set(this.#verdicts);
      this.#verdicts = more;
    }
    this.#verdicts[verdict]++;
  }

  /** Adds what was counted of the last chunk, or forgets it. */
  #settle(): void {
    if (!this.#unsettled) return;
    this.#unsettled = false;
    const { fired, newStates } = this.#tally;
    const { counts } = this.#knowledge.verdicts;
    if (this.#common.control.keep) {
      this.#fired.forEach((n, step) => (fired[step] += n));
      this.#newStates.forEach((n, step) => (newStates[step] += n));
      this.#verdicts.forEach((n, verdict) => {
        if (n > 0) counts[verdict] += n;
      });
    }
    this.#fired.fill(0);
    this.#newStates.fill(0);
    this.#verdicts.fill(0);
  }

  #rebuild(): void {
    const { control, store } = this.#common;
    const { space } = this.#knowledge;
    if (this.#share.index > 0) space.widen();
    try {
      this.#kept = this.#visited.rebuild(space.layout, Math.ceil(store.count / this.#share.of), store);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      control.isExhausted();
    }
  }

  #report(): void {
    const { verdicts, steps } = this.#knowledge;
    const { seen } = this.#tally;
    for (let place = 0; place < this.#properties; place++) seen[place] = verdicts.seen(place);
    this.#tally.evaluations = steps.effects.evaluations;
  }
}
