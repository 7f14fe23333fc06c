import { grown } from "../values/interner.ts";
import type { Trie } from "./trie.ts";

/** For each component and each of its ids, what there is to ask of states with that id. */
export class Programs {
  readonly #roots: Int32Array[];
  /** A program that asks nothing. */
  readonly #nothing: number;
  readonly #trie: Trie;

  constructor(trie: Trie, members: number) {
    this.#trie = trie;
    this.#roots = Array.from({ length: members }, () => new Int32Array(16));
    this.#nothing = trie.store([0]);
  }

  /** The address of a component id's program, `~answer` where its states have one answer, 0 where neither is known. */
  of(member: number, id: number): number {
    const root = this.#roots[member];
    return id < root.length ? root[id] : 0;
  }

  /** Stores a program, its length and then questions: each a number and the cell of its trie, 0 or `~answer`. */
  store(member: number, id: number, cells: readonly number[]): number {
    const program = cells.length === 0 ? this.#nothing : this.#trie.store([cells.length, ...cells]);
    return this.#put(member, id, program);
  }

  /** Keeps what all states with that id have as their answer. */
  answer(member: number, id: number, answer: number): number {
    return this.#put(member, id, ~answer);
  }

  #put(member: number, id: number, program: number): number {
    if (this.#roots[member].length <= id) this.#roots[member] = grown(this.#roots[member], id + 1);
    return (this.#roots[member][id] = program);
  }
}
