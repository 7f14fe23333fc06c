import { Accesses } from "../../derive/accesses.ts";
import type { LeafValue } from "../../derive/leaf.ts";
import { Views } from "../../derive/view.ts";
import { CheckError, domainError, pathText } from "../../errors.ts";
import { guardHolds, guardAfterHolds, write } from "../../model/ask.ts";
import type { Step } from "../../model/model.ts";
import type { Problem } from "../../problem/exploration.ts";
import type { Branch, StateLeaf } from "../values/leaves.ts";
import type { Answer } from "./answer.ts";
import type { Space } from "../values/space.ts";

/**
 * Runs guards, recipes and properties on a state given by its component ids, and takes down which leaves they read
 * before they wrote them, and which leaves they write.
 */
export class Recorder<S> {
  /** Leaves read, in order, each once. */
  reads: number[] = [];
  #writable = false;
  readonly #accesses: Accesses;
  readonly #space: Space<S>;
  readonly #leaves: readonly StateLeaf[];
  readonly #before: Views<S>;
  readonly #after: Views<S>;
  #ids: Int32Array = new Int32Array(0);
  /** Each run has its own mark, so that nothing needs to be cleared between runs. */
  #run = 0;
  readonly #readIn: Int32Array;
  readonly #writtenIn: Int32Array;
  readonly #written: Int32Array;

  constructor(space: Space<S>, { model, scope }: Problem<S>) {
    this.#space = space;
    this.#accesses = new Accesses(model.mostAccesses);
    this.#leaves = space.leaves;
    this.#readIn = new Int32Array(space.leaves.length);
    this.#writtenIn = new Int32Array(space.leaves.length);
    this.#written = new Int32Array(space.leaves.length);
    this.#before = new Views(model.state, scope, {
      get: (leaf) => {
        this.#accesses.count();
        return this.#read(leaf);
      },
      set: (leaf) => this.#refuse(leaf),
    });
    this.#after = new Views(model.state, scope, {
      get: (leaf) => {
        this.#accesses.count();
        return this.#writtenIn[leaf] === this.#run
          ? this.#leaves[leaf].decode(this.#written[leaf])
          : this.#read(leaf);
      },
      set: (leaf, value) => this.#write(leaf, value),
      isDraft: () => this.#writable,
    });
  }

  /** The state as it was; writing to it throws. */
  get before(): S {
    return this.#before.view;
  }

  /** The state with what was written; writable while `writable`. */
  get after(): S {
    return this.#after.view;
  }

  /** Starts again from an unmodified state. */
  begin(ids: Int32Array): void {
    this.#ids = ids;
    this.#run++;
    this.reads = [];
    this.#renew();
    this.#accesses.begin();
  }

  /** Runs the guards of a step, and its recipe where the first lets it; says whether it is enabled. */
  take(step: Step<S>): boolean {
    if (!guardHolds(step, this.before)) return false;
    this.#writable = true;
    this.#accesses.begin();
    try {
      write(step, this.after);
    } finally {
      this.#writable = false;
    }
    this.#accesses.begin();
    return guardAfterHolds(step, this.before, this.after);
  }

  /** Runs `look` and gives the branches for what it alone read beyond what this run had read before. */
  readingApart(look: () => number): Answer {
    const before = this.reads;
    this.#accesses.begin();
    this.reads = [];
    this.#renew();
    try {
      return { answer: look(), reads: this.branches() };
    } finally {
      for (const leaf of this.reads) this.#readIn[leaf] = 0;
      this.reads = before;
    }
  }

  /** The reads so far as the branches of a trie. */
  branches(): readonly Branch[] {
    return this.reads.flatMap((leaf) => this.#leaves[leaf].branches);
  }

  /** What this run wrote to a member, as pairs of a leaf's place in the component and its code. */
  writes(): Map<number, (readonly [place: number, code: number])[]> {
    const writes = new Map<number, (readonly [number, number])[]>();
    this.#leaves.forEach(({ member, place }, leaf) => {
      if (this.#writtenIn[leaf] !== this.#run) return;
      const list = writes.get(member) ?? [];
      list.push([place, this.#written[leaf]]);
      writes.set(member, list);
    });
    return writes;
  }

  /** Reads of the objects shown so far do not count for later ones: a function may remember anything about them. */
  #renew(): void {
    this.#before.renew();
    this.#after.renew();
  }

  #read(leaf: number): LeafValue {
    const { member, place, decode } = this.#leaves[leaf];
    if (this.#readIn[leaf] !== this.#run) {
      this.#readIn[leaf] = this.#run;
      this.reads.push(leaf);
    }
    return decode(this.#space.interners[member].code(this.#ids[member], place));
  }

  #write(leaf: number, value: unknown): void {
    if (!this.#writable) this.#refuse(leaf);
    this.#accesses.count();
    const { from, name, encode } = this.#leaves[leaf];
    const code = encode(value);
    if (code < 0) throw domainError(from, value, name);
    this.#writtenIn[leaf] = this.#run;
    this.#written[leaf] = code;
  }

  #refuse(leaf: number): never {
    throw new CheckError("mutation", `${pathText(this.#leaves[leaf].from)} is written where nothing may be`);
  }
}
