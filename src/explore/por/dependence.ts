import type { Problem } from "../exploration.ts";
import type { Changes, CodeOf, Dependence, Move } from "./move.ts";
import { growthOf } from "./order.ts";
import { Probe } from "./probe.ts";
import { touchesOf, type Touch, type Touches } from "./touches.ts";

/** The dependence that follows from what the steps may do, and from what each does in the state looked at. */
export class Dependences<S> implements Dependence {
  readonly touches: Touches;
  readonly visible: readonly number[];
  readonly #problem: Problem<S>;
  readonly #probe: Probe<S>;
  readonly #grows: (changes: Changes) => boolean;

  /** `touches` is what the steps may do; a wrong one makes the reduction unsound. */
  constructor(problem: Problem<S>, touches: Touches = touchesOf(problem)) {
    this.touches = touches;
    this.#problem = problem;
    this.#probe = new Probe(problem);
    this.#grows = growthOf(touches);
    this.visible = problem.steps.map(({ id }) => id).filter((id) => this.#mayBeSeen(touches.steps[id]));
  }

  move(id: number, code: CodeOf): Move {
    const { enabled, reads, writes, said, threw } = this.#probe.step(this.#problem.steps[id], code);
    if (!enabled) {
      const needed = this.touches.steps[id]?.needs.keys() ?? [];
      return {
        leaves: [...new Set([...reads, ...needed])],
        enabled,
        enabling: this.#enabling(id, reads, code),
      };
    }
    const written = [...writes.keys()].toSorted((a, b) => a - b);
    const leaves = [...new Set([...reads, ...written])];
    const changes = new Map(
      written.flatMap((leaf) => {
        const [from, to] = [code(leaf), writes.get(leaf)!];
        return from === to ? [] : [[leaf, [from, to]] as const];
      }),
    );
    // A leaf written with the value that it has is kept, as if it were read.
    const kept = new Set(leaves.filter((leaf) => reads.includes(leaf) || !changes.has(leaf)));
    return {
      leaves,
      enabled,
      dependent: this.#problem.steps
        .map(({ id }) => id)
        .filter((other) => other !== id && dependent(this.touches.steps[other], kept, changes, code)),
      advances: said === "" && !threw && !this.#isSeen(changes) && this.#grows(changes),
      changes,
    };
  }

  /** For each leaf that alone keeps the step disabled, who may change that; else who may change any leaf read. */
  #enabling(id: number, reads: readonly number[], code: CodeOf): readonly (readonly number[])[] {
    const writers = (leaf: number, helps: (code: number) => boolean): readonly number[] =>
      this.touches.steps.flatMap((other, by) =>
        other === undefined || [...(other.writes.get(leaf) ?? [])].some(helps) ? [by] : [],
      );
    const blocking = [...(this.touches.steps[id]?.needs ?? [])].filter(
      ([leaf, codes]) => !codes.has(code(leaf)),
    );
    if (blocking.length > 0) return blocking.map(([leaf, codes]) => writers(leaf, (to) => codes.has(to)));
    const any = reads.flatMap((leaf) => writers(leaf, (to) => to !== code(leaf)));
    return [[...new Set(any)].toSorted((a, b) => a - b)];
  }

  #isSeen(changes: Changes): boolean {
    return [...changes].some(([leaf, [from, to]]) =>
      this.touches.looks.some(
        (look) => look === undefined || look.get(leaf)?.get(from) !== look.get(leaf)?.get(to),
      ),
    );
  }

  #mayBeSeen(step: Touch | undefined): boolean {
    if (step === undefined || step.judged) return true;
    return [...step.writes.keys()].some((leaf) =>
      this.touches.looks.some((look) => look === undefined || new Set(look.get(leaf)?.values()).size > 1),
    );
  }
}

/**
 * Whether a step might, before one that keeps and changes these leaves, be taken with another result than after it. One
 * that cannot be enabled while the leaves are kept does not come before it.
 */
const dependent = (
  other: Touch | undefined,
  kept: ReadonlySet<number>,
  changes: Changes,
  code: CodeOf,
): boolean => {
  if (other === undefined) return true;
  for (const leaf of kept) if (other.needs.get(leaf)?.has(code(leaf)) === false) return false;
  for (const [leaf, codes] of other.writes) {
    const change = changes.get(leaf);
    if (change === undefined) {
      if (kept.has(leaf) && [...codes].some((to) => to !== code(leaf))) return true;
    } else if (kept.has(leaf) || codes.size > 1 || !codes.has(change[1])) return true;
  }
  for (const [leaf, [from, to]] of changes) {
    const tells = other.tells.get(leaf);
    if (tells !== undefined && tells.get(from) !== 0 && tells.get(from) !== tells.get(to)) return true;
  }
  return false;
};
