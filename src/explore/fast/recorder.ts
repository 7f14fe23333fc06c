import type { LeafValue } from "../../derive/leaf.ts";
import { viewOf } from "../../derive/view.ts";
import { CheckError, domainError, pathText } from "../../errors.ts";
import type { Problem } from "../exploration.ts";
import type { Branch, StateLeaf } from "./leaves.ts";
import type { Answer } from "./answer.ts";
import type { Space } from "./space.ts";

/**
 * Runs guards, recipes and properties on a state given by its component ids, and takes down which leaves they read
 * before they wrote them, and which leaves they write.
 */
export class Recorder<S> {
  /** The state as it was; writing to it throws. */
  readonly before: S;
  /** The state with what was written; writable while `writable`. */
  readonly after: S;
  /** Leaves read, in order, each once. */
  reads: number[] = [];
  writable = false;
  readonly #space: Space<S>;
  readonly #leaves: readonly StateLeaf[];
  #ids: Int32Array = new Int32Array(0);
  /** Each run has its own mark, so that nothing needs to be cleared between runs. */
  #run = 0;
  readonly #readIn: Int32Array;
  readonly #writtenIn: Int32Array;
  readonly #written: Int32Array;

  constructor(space: Space<S>, { model, scope }: Problem<S>) {
    this.#space = space;
    this.#leaves = space.leaves;
    this.#readIn = new Int32Array(space.leaves.length);
    this.#writtenIn = new Int32Array(space.leaves.length);
    this.#written = new Int32Array(space.leaves.length);
    this.before = viewOf(model.state, scope, {
      get: (leaf) => this.#read(leaf),
      set: (leaf) => this.#refuse(leaf),
    });
    this.after = viewOf(model.state, scope, {
      get: (leaf) =>
        this.#writtenIn[leaf] === this.#run
          ? this.#leaves[leaf].decode(this.#written[leaf])
          : this.#read(leaf),
      set: (leaf, value) => this.#write(leaf, value),
    });
  }

  /** Starts anew from an unmodified state. */
  begin(ids: Int32Array): void {
    this.#ids = ids;
    this.#run++;
    this.reads = [];
  }

  /** Runs `look` and gives the branches for what it alone read beyond what this run had read before. */
  aside(look: () => number): Answer {
    const before = this.reads;
    this.reads = [];
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

  #read(leaf: number): LeafValue {
    const { member, place, decode } = this.#leaves[leaf];
    if (this.#readIn[leaf] !== this.#run) {
      this.#readIn[leaf] = this.#run;
      this.reads.push(leaf);
    }
    return decode(this.#space.interners[member].code(this.#ids[member], place));
  }

  #write(leaf: number, value: unknown): void {
    if (!this.writable) this.#refuse(leaf);
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
