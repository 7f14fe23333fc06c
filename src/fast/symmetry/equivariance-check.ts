import { CheckError } from "../../errors.ts";
import type { Symmetry } from "../../problem/symmetry.ts";
import type { Branch } from "../values/leaves.ts";
import type { Answer } from "../learn/answer.ts";
import { IdRenaming, type Parts } from "./id-renaming.ts";
import type { RenamedQuestion, UnderAllNames } from "../learn/renamed-question.ts";

/**
 * Checks symmetry wherever something is learned. The answer of a question then depends on all that was read under
 * any of the names, so that a state in which one of these differs is asked again: nothing is taken on trust that was not
 * compared under every name.
 */
export class EquivarianceCheck implements UnderAllNames {
  readonly idRenamings: readonly IdRenaming[];
  readonly #space: Parts;
  readonly #there: Int32Array;
  /** For each column of each component, the leaf it is of. */
  readonly #leaves: readonly ReadonlyMap<number, number>[];

  constructor(space: Parts, { renamings }: Symmetry) {
    this.#space = space;
    this.idRenamings = renamings.map((renaming) => new IdRenaming(space, renaming));
    this.#there = new Int32Array(space.interners.length);
    const leaves = space.interners.map(() => new Map<number, number>());
    space.leaves.forEach(({ member, branches }, leaf) => {
      for (const { column } of branches) leaves[member].set(column, leaf);
    });
    this.#leaves = leaves;
  }

  /**
   * Asks under all names.
   * @throws CheckError when the answers differ.
   */
  ask(ids: Int32Array, { own, renamed, agree }: RenamedQuestion): Answer {
    const { answer, reads } = own();
    const all = new Set(this.#leavesOf(reads));
    this.idRenamings.forEach((idRenaming, i) => {
      idRenaming.apply(ids, this.#there);
      const other = renamed(i, this.#there);
      for (const leaf of this.#leavesOf(other.reads)) all.add(idRenaming.leafFrom[leaf]);
      if (!agree(i, answer, other.answer, (leaf) => all.add(leaf)))
        throw new CheckError("model", "is not the same when members change places");
    });
    return { answer, reads: [...all].flatMap((leaf) => this.#space.leaves[leaf].branches) };
  }

  #leavesOf(reads: readonly Branch[]): readonly number[] {
    return reads.map(({ member, column }) => this.#leaves[member].get(column)!);
  }
}
