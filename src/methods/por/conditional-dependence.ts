import type { Problem } from "../../problem/exploration.ts";
import type { Changes, CodeOf, Dependence, StepDependence } from "../../problem/dependence.ts";
import { growthOf } from "./state-order.ts";
import { Probe } from "./step-probe.ts";
import { touchesOf } from "./prepare.ts";
import type { Touch, Touches } from "./read-write-sets.ts";

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

  move(id: number, code: CodeOf): StepDependence {
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
        .filter((other) => other !== id && dependent(this.touches.steps[other], { kept, changes }, code)),
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

/** What a step does in a state: the leaves that it reads, or writes with the value that they have, and its changes. */
interface Footprint {
  readonly kept: ReadonlySet<number>;
  readonly changes: Changes;
}

/** Whether a step might, before one with this footprint, be taken with another result than after it. */
const dependent = (other: Touch | undefined, footprint: Footprint, code: CodeOf): boolean => {
  if (other === undefined) return true;
  // What cannot be enabled while the leaves are kept does not come before it.
  for (const leaf of footprint.kept) if (other.needs.get(leaf)?.has(code(leaf)) === false) return false;
  return interferes(other, footprint, code) || notices(other, footprint.changes);
};

/** Whether a step may write a leaf that is kept, or write a changed leaf with another value. */
const interferes = ({ writes }: Touch, { kept, changes }: Footprint, code: CodeOf): boolean => {
  for (const [leaf, codes] of writes) {
    const change = changes.get(leaf);
    if (!kept.has(leaf) && change === undefined) continue;
    const same = change === undefined ? code(leaf) : kept.has(leaf) ? undefined : change[1];
    if (codes.size > 1 || same === undefined || !codes.has(same)) return true;
  }
  return false;
};

/** Whether changes may make a difference to a step that is enabled before them. */
const notices = ({ tells }: Touch, changes: Changes): boolean => {
  for (const [leaf, [from, to]] of changes) {
    const classes = tells.get(leaf);
    if (classes !== undefined && classes.get(from) !== 0 && classes.get(from) !== classes.get(to))
      return true;
  }
  return false;
};
