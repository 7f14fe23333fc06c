import { CheckError } from "../../errors.ts";
import { grown } from "../values/interner.ts";
import type { Branch, Columns } from "../values/leaves.ts";

/** A branch, with how many ways it has and which of them a state takes. */
interface Taken extends Branch {
  readonly size: number;
  readonly value: number;
}

/**
 * Tries over what was read of a state, in one array of cells. A cell holds 0 (not met yet), the address of a branch
 * (member, column, then one cell per value), or `~answer` where all reads are done.
 */
export class Trie {
  cells: Int32Array = new Int32Array(1024);
  used = 1;
  readonly #columns: readonly Int32Array[];
  readonly #sizes: readonly number[];

  constructor({ columns, sizes }: Columns) {
    this.#columns = columns;
    this.#sizes = sizes;
  }

  /** Reserves `length` cells, all 0. */
  reserve(length: number): number {
    const at = this.used;
    this.used += length;
    if (this.used > this.cells.length) this.cells = grown(this.cells, this.used);
    return at;
  }

  /** Stores numbers side by side. */
  store(numbers: readonly number[]): number {
    const at = this.reserve(numbers.length);
    this.cells.set(numbers, at);
    return at;
  }

  /** Goes down from a cell by the ids of a state: `~answer`, or 0 where the answer is not known yet. */
  follow(cell: number, ids: Int32Array): number {
    const cells = this.cells;
    const columns = this.#columns;
    let here = cells[cell];
    while (here > 0) here = cells[here + 2 + columns[cells[here + 1]][ids[cells[here]]]];
    return here;
  }

  /** Goes down from a cell as long as it branches on some of the components: what `follow` gives, or a branch on another. */
  followWithin(cell: number, ids: Int32Array, members: readonly number[]): number {
    const { cells } = this;
    let here = cells[cell];
    while (here > 0 && members.includes(cells[here]))
      here = cells[here + 2 + this.#columns[cells[here + 1]][ids[cells[here]]]];
    return here;
  }

  /** The branches that `follow` takes, each with how many ways it has and which of them is taken. */
  taken(cell: number, ids: Int32Array): readonly Taken[] {
    const taken: Taken[] = [];
    for (let here = this.cells[cell]; here > 0;) {
      const [member, column] = [this.cells[here], this.cells[here + 1]];
      const value = this.#columns[column][ids[member]];
      taken.push({ member, column, size: this.#sizes[column], value });
      here = this.cells[here + 2 + value];
    }
    return taken;
  }

  /** The branches that `follow` takes, without those of a component. */
  branches(cell: number, ids: Int32Array, without: number): readonly Branch[] {
    const taken: Branch[] = [];
    for (let here = this.cells[cell]; here > 0;) {
      const [member, column] = [this.cells[here], this.cells[here + 1]];
      if (member !== without) taken.push({ member, column });
      here = this.cells[here + 2 + this.#columns[column][ids[member]]];
    }
    return taken;
  }

  /** Puts an answer below a cell, at the end of the branches that lead to it; gives `~answer`. */
  learn(cell: number, reads: readonly Branch[], ids: Int32Array, answer: number): number {
    let at = cell;
    for (const { member, column } of reads) {
      if (this.cells[at] === 0) {
        const branch = this.store([member, column]);
        this.reserve(this.#sizes[column]);
        this.cells[at] = branch;
      }
      const branch = this.cells[at];
      if (branch < 0 || this.cells[branch] !== member || this.cells[branch + 1] !== column)
        throw nondeterministic();
      at = branch + 2 + this.#columns[column][ids[member]];
    }
    if (this.cells[at] !== 0) throw nondeterministic();
    return (this.cells[at] = ~answer);
  }
}

const nondeterministic = (): CheckError =>
  new CheckError("recipe", "reads or does different things in equal states: it is not deterministic");
