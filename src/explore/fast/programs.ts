import { grown } from "./interner.ts";
import type { Trie } from "./trie.ts";

/** For each component and each of its ids, the address of what there is to ask of states with that id; 0 where unknown. */
export class Programs {
  readonly roots: Int32Array[];
  /** A program that asks nothing. */
  readonly #nothing: number;
  readonly #trie: Trie;

  constructor(trie: Trie, members: number) {
    this.#trie = trie;
    this.roots = Array.from({ length: members }, () => new Int32Array(16));
    this.#nothing = trie.store([0, 0]);
  }

  /** The program of a component's id, 0 where it is unknown. */
  of(member: number, id: number): number {
    const root = this.roots[member];
    return id < root.length ? root[id] : 0;
  }

  /** Stores a program: a number known at once, and questions with the cell of each one's trie (0 or an answer). */
  store(member: number, id: number, constant: number, cells: readonly number[]): number {
    const program =
      constant === 0 && cells.length === 0
        ? this.#nothing
        : this.#trie.store([constant, cells.length, ...cells]);
    if (this.roots[member].length <= id) this.roots[member] = grown(this.roots[member], id + 1);
    this.roots[member][id] = program;
    return program;
  }
}
