import type { Trie } from "../learn/trie.ts";
import type { Layout } from "../values/layout.ts";
import * as at from "./list-cells.ts";

/** Stands for the value of an id that was not looked at yet. */
const unknown = -1;

/**
 * The tries of the steps that are to be asked for, as far as they were followed, for states of one word: a branch is how an
 * id is shifted in the word, its mask, where the values of its leaf are by the id's bits, and then a cell for each value.
 * What the context decides is left out.
 */
export class DecisionTrees {
  readonly #lists: at.ListCells;
  readonly #trie: Trie;
  readonly #layout: Layout;
  /** Where the values are of the leaves of each component. */
  readonly #values = new Map<number, number>();

  constructor(lists: at.ListCells, trie: Trie, layout: Layout) {
    this.#lists = lists;
    this.#trie = trie;
    this.#layout = layout;
  }

  /** Goes down from a cell by a word: `~answer`, or 0 where it is not known. */
  static follow(cells: Int32Array, cell: number, word: number): number {
    let here = cells[cell];
    while (here > 0) {
      const value = cells[cells[here + 2] + ((word >>> cells[here]) & cells[here + 1])];
      if (value === unknown) return 0;
      here = cells[here + at.perBranch + value];
    }
    return here;
  }

  /** Makes the branches that lead from a cell to the answer at a cell of the trie, which is known. */
  learn(cell: number, trieCell: number, ids: Int32Array): void {
    const { context } = this.#lists.slots;
    let here = cell;
    for (const { member, column, size, value } of this.#trie.taken(trieCell, ids)) {
      if (context.members.includes(member)) continue;
      const branch =
        this.#lists.cells[here] === 0 ? this.#branch(here, member, column, size) : this.#lists.cells[here];
      const { cells } = this.#lists;
      cells[cells[branch + 2] + this.#place(member, ids)] = value;
      here = branch + at.perBranch + value;
    }
    this.#lists.cells[here] = this.#trie.follow(trieCell, ids);
  }

  #branch(cell: number, member: number, column: number, size: number): number {
    const { shift, mask } = this.#layout;
    const values = this.#valuesOf(member, column);
    const branch = this.#lists.reserve(at.perBranch + size);
    this.#lists.cells.set([shift[member], mask[member], values], branch);
    return (this.#lists.cells[cell] = branch);
  }

  #valuesOf(member: number, column: number): number {
    const key = member * 2 ** 20 + column;
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const length = this.#layout.mask[member] + 1;
    const values = this.#lists.reserve(length);
    this.#lists.cells.fill(unknown, values, values + length);
    this.#values.set(key, values);
    return values;
  }

  #place(member: number, ids: Int32Array): number {
    return ids[member] ^ this.#layout.flip[member];
  }
}
