import { codecOf } from "../derive/codec.ts";
import { KeptRuns } from "../methods/por/kept-runs.ts";
import type { Run } from "../methods/por/step-probe.ts";
import type { Step } from "../model/model.ts";
import type { Problem } from "../problem/exploration.ts";
import { moverOf } from "../problem/plain-step.ts";

/** Takes steps on rows of leaf codes, by what is kept of what they do: each guard and recipe is run once where it reads the same. */
export class KeptSteps<S> {
  readonly #runs: KeptRuns<S>;
  readonly #stateOf: (row: ArrayLike<number>) => S;
  readonly #move: (step: Step<S>, before: S) => S | undefined;

  constructor(problem: Problem<S>) {
    this.#runs = new KeptRuns(problem);
    this.#stateOf = codecOf(problem.model.state, problem.scope).decodeFrozen;
    this.#move = moverOf(problem);
  }

  /** What a step does in a state. @throws what its guard or recipe throws. */
  run(step: Step<S>, row: Int32Array): Run {
    const run = this.#runs.of(step, row);
    if (run.threw) this.#move(step, this.#stateOf(row));
    return run;
  }

  /** The state after a step; nothing where it is not enabled. @throws what its guard or recipe throws. */
  after(step: Step<S>, row: Int32Array): Int32Array | undefined {
    const { enabled, writes } = this.run(step, row);
    if (!enabled) return undefined;
    const after = row.slice();
    for (const [leaf, code] of writes) after[leaf] = code;
    return after;
  }

  /** Forgets what is kept of some steps: it was broken off while one of them was run, or what it did was kept. */
  forget(steps: readonly Step<S>[]): void {
    this.#runs.forget(steps);
  }
}
