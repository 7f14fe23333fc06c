import type { Problem } from "../exploration.ts";
import { growthOf, type Changes } from "./order.ts";
import { Probe, type CodeOf } from "./probe.ts";
import { touchesOf, type Touch, type Touches } from "./touches.ts";

/** What a reduction has to know of a step in a state. */
export type Move = {
  /** The leaves on which all of this depends, each once, in an order that the codes of the earlier ones determine. */
  readonly leaves: readonly number[];
} & (
  | {
      readonly enabled: true;
      /** Steps that may not be left out where this one is taken: taken before it, they might do or undo what it does. */
      readonly dependent: readonly number[];
      /** It is invisible, and the state grows by it: it may be taken before steps that are left out. */
      readonly advances: boolean;
      readonly changes: Changes;
    }
  | {
      readonly enabled: false;
      /** Sets of steps, one of each of which must be taken before this one can be enabled. */
      readonly enabling: readonly (readonly number[])[];
    }
);

/** The dependence of the steps of a problem on each other, found before the search. */
export class Dependence<S> {
  readonly touches: Touches;
  /** Steps that may change what a property says, by id. */
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

  /** What a step does in the state in which the leaves have these codes. */
  move(id: number, code: CodeOf): Move {
    const { enabled, reads, writes, said, threw } = this.#probe.step(this.#problem.steps[id], code);
    if (!enabled) return { leaves: reads, enabled, enabling: this.#enabling(id, reads, code) };
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

  /** For each leaf read that alone keeps the step disabled, who may change that; else who may change any leaf read. */
  #enabling(id: number, reads: readonly number[], code: CodeOf): readonly (readonly number[])[] {
    const writers = (leaf: number, helps: (code: number) => boolean): readonly number[] =>
      this.touches.steps.flatMap((other, by) =>
        other === undefined || [...(other.writes.get(leaf) ?? [])].some(helps) ? [by] : [],
      );
    const needs = this.touches.steps[id]?.needs;
    const blocking = reads.filter((leaf) => needs?.get(leaf)?.has(code(leaf)) === false);
    if (blocking.length > 0)
      return blocking.map((leaf) => writers(leaf, (to) => needs!.get(leaf)!.has(to)));
    const any = reads.flatMap((leaf) => writers(leaf, (to) => to !== code(leaf)));
    return [[...new Set(any)].toSorted((a, b) => a - b)];
  }

  #isSeen(changes: Changes): boolean {
    return [...changes].some(([leaf, [from, to]]) =>
      this.touches.looks.some((look) => look === undefined || look.get(leaf)?.get(from) !== look.get(leaf)?.get(to)),
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
