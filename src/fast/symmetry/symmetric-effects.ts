import type { Symmetry } from "../../problem/symmetry.ts";
import { renamedGroups } from "../../methods/symmetry/property-groups.ts";
import type { Effect, Effects, StepEffects } from "../learn/effects.ts";
import { Memo } from "../learn/memo.ts";
import { noHome, type Answer } from "../learn/answer.ts";
import type { Patches } from "../learn/patches.ts";
import type { Parts } from "./id-renaming.ts";
import type { Space } from "../values/space.ts";
import type { EquivarianceCheck } from "./equivariance-check.ts";

/** An effect that was found to be symmetric, and the number of the effect that it was learned from. */
interface Kept extends Effect {
  readonly of: number;
}

/** What the steps of a model do, each compared, when it is learned, with what it does under all other names. */
export class SymmetricEffects<S> implements StepEffects {
  readonly homes: readonly number[];
  readonly #effects: Effects<S>;
  readonly #patches: Patches;
  readonly #space: Parts;
  readonly #equivariance: EquivarianceCheck;
  readonly #memo: Memo;
  readonly #questions: readonly number[];
  readonly #steps: readonly Int32Array[];
  readonly #looks: readonly (readonly number[])[];
  /** For each component, its first leaf. */
  readonly #starts: readonly number[];
  readonly #kept: Kept[] = [{ patches: [], looks: [], of: 0 }];

  constructor(
    space: Space<S>,
    effects: Effects<S>,
    patches: Patches,
    equivariance: EquivarianceCheck,
    symmetry: Symmetry,
  ) {
    this.homes = effects.homes;
    this.#effects = effects;
    this.#patches = patches;
    this.#space = space;
    this.#equivariance = equivariance;
    this.#memo = new Memo(space);
    this.#questions = this.homes.map(() => this.#memo.question());
    this.#steps = symmetry.renamings.map(({ steps }) => steps);
    this.#looks = symmetry.renamings.map((renamed) => renamedGroups(effects.looks, renamed));
    this.#starts = space.interners.map((_, member) =>
      space.leaves.findIndex((leaf) => leaf.member === member),
    );
  }

  get bytes(): number {
    return this.#memo.bytes + this.#effects.bytes;
  }

  get evaluations(): number {
    return this.#effects.evaluations;
  }

  /** The number of a step's effect in a state, 0 if it is not enabled, and what it depends on outside of its home. */
  of(step: number, ids: Int32Array): Answer {
    return this.#memo.answer(this.#questions[step], ids, this.homes[step], () => {
      const { answer, reads } = this.#equivariance.ask(ids, {
        own: () => this.#effects.of(step, ids, noHome),
        renamed: (i, there) => this.#effects.of(this.#steps[i][step], there, noHome),
        agree: (i, own, renamed, reads) => this.#agree(i, own, renamed, ids, reads),
      });
      if (answer === 0) return { answer, reads };
      const { patches, looks } = this.#effects.effect(answer);
      const kept = { patches, looks: looks.map(() => this.#memo.question()), of: answer };
      return { answer: this.#kept.push(kept) - 1, reads };
    });
  }

  effect(number: number): Effect {
    return this.#kept[number];
  }

  /** What a step property answers about a step, and what that depends on beyond what the step did, outside of its home. */
  look(step: number, effect: number, look: number, ids: Int32Array): Answer {
    const { looks, of } = this.#kept[effect];
    const effects = this.#effects;
    return this.#memo.answer(looks[look], ids, this.homes[step], () =>
      this.#equivariance.ask(ids, {
        own: () => effects.look(step, of, look, ids, noHome),
        renamed: (i, there) => {
          const renamed = this.#steps[i][step];
          const { answer } = effects.of(renamed, there, noHome);
          return effects.look(renamed, answer, this.#looks[i][look], there, noHome);
        },
        agree: (_, own, renamed) => own === renamed,
      }),
    );
  }

  /**
   * Whether two effects write the same up to renaming. Where only one of them writes to a leaf, what it writes must be
   * what the leaf has already, and so the leaf counts as read.
   */
  #agree(
    renaming: number,
    own: number,
    renamed: number,
    ids: Int32Array,
    reads: (leaf: number) => void,
  ): boolean {
    if (own === 0 || renamed === 0) return own === renamed;
    const idRenaming = this.#equivariance.idRenamings[renaming];
    const there = this.#writes(renamed);
    for (const [leaf, code] of this.#writes(own)) {
      const to = idRenaming.leafTo[leaf];
      const written = there.get(to);
      there.delete(to);
      if (written === undefined) reads(leaf);
      if (idRenaming.code(leaf, code) !== (written ?? idRenaming.code(leaf, this.#code(ids, leaf))))
        return false;
    }
    for (const [to, code] of there) {
      const leaf = idRenaming.leafFrom[to];
      reads(leaf);
      if (idRenaming.code(leaf, this.#code(ids, leaf)) !== code) return false;
    }
    return true;
  }

  #code(ids: Int32Array, leaf: number): number {
    const { member, place } = this.#space.leaves[leaf];
    return this.#space.interners[member].code(ids[member], place);
  }

  /** The code that an effect writes to each leaf it writes. */
  #writes(effect: number): Map<number, number> {
    const writes = new Map<number, number>();
    for (const [member, patch] of this.#effects.effect(effect).patches)
      for (const [place, code] of this.#patches.changes(patch))
        writes.set(this.#starts[member] + place, code);
    return writes;
  }
}
