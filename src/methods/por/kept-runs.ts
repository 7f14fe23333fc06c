import { perScope } from "../../derive/per-scope.ts";
import type { Step } from "../../model/model.ts";
import type { Problem } from "../../problem/exploration.ts";
import { Probe, type Run } from "./step-probe.ts";

/** What is read next, and what is known for each code it can have. */
class Fork {
  readonly leaf: number;
  readonly ways = new Map<number, Fork | Run>();

  constructor(leaf: number) {
    this.leaf = leaf;
  }
}

/** What is known of one step. */
interface Known {
  first?: Fork | Run;
}

/** What is known over a kind of state, where a step may read and write so much. */
interface Kept {
  probe?: Probe<unknown>;
  /** For each action what is known of its steps, by their arguments. */
  readonly steps: WeakMap<object, Map<string, Known>>;
}

/** By how much a step may read and write. It goes with the schema, of which a process may meet any number. */
const kept = perScope<object, Map<number | undefined, Kept>>(() => new Map());

const keptOf = <S>({ model, scope }: Problem<S>): Kept => {
  const all = kept(model.state, scope);
  const known = all.get(model.mostAccesses) ?? { steps: new WeakMap() };
  all.set(model.mostAccesses, known);
  return known;
};

const knownOf = ({ steps: kept }: Kept, action: object, args: string): Known => {
  const steps = kept.get(action) ?? new Map<string, Known>();
  kept.set(action, steps);
  const known = steps.get(args) ?? {};
  steps.set(args, known);
  return known;
};

/**
 * What the guards and recipes of steps do, each run once for all states in which it reads the same. What an action did in
 * one problem is not run again in another that has the same action, by identity, over the same kind of state: worlds that
 * differ by a patch have most actions in common. Nothing that an engine found is in it.
 */
export class KeptRuns<S> {
  readonly #problem: Problem<S>;
  readonly #known = new Map<Step<S>, Known>();
  readonly #kept: Kept;

  constructor(problem: Problem<S>) {
    this.#problem = { ...problem, properties: [] };
    this.#kept = keptOf(problem);
  }

  /** What a step of the problem, or of another over the same state and scope, does where the leaves have these codes. */
  of(step: Step<S>, codes: ArrayLike<number>): Run {
    const known = this.#knownOf(step);
    let at = known.first;
    while (at instanceof Fork) at = at.ways.get(codes[at.leaf]);
    if (at !== undefined) return at;
    const run = this.#probe.step(step, (leaf) => codes[leaf]);
    // One that has not ended so far may be given more time another day.
    if (!run.endless) keep(known, run, codes);
    return run;
  }

  /** Forgets what is known of some steps: it was broken off while one of them was run, or what it did was kept. */
  forget(steps: readonly Step<S>[]): void {
    for (const { action } of steps) this.#kept.steps.delete(action);
    this.#known.clear();
    delete this.#kept.probe;
  }

  get #probe(): Probe<S> {
    const probe = (this.#kept.probe as Probe<S> | undefined) ?? new Probe(this.#problem);
    this.#kept.probe = probe as Probe<unknown>;
    return probe;
  }

  #knownOf(step: Step<S>): Known {
    const before = this.#known.get(step);
    if (before !== undefined) return before;
    const known = knownOf(this.#kept, step.action, JSON.stringify(step.args));
    this.#known.set(step, known);
    return known;
  }
}

/** Keeps a run below what it read. Where the same step read something else there before, it is not deterministic: it is run anew each time. */
const keep = (known: Known, run: Run, codes: ArrayLike<number>): void => {
  let put = (what: Fork | Run): void => void (known.first = what);
  let here = known.first;
  for (const leaf of run.reads) {
    if (here === undefined) put((here = new Fork(leaf)));
    if (!(here instanceof Fork) || here.leaf !== leaf) return;
    const { ways } = here;
    put = (what) => void ways.set(codes[leaf], what);
    here = ways.get(codes[leaf]);
  }
  if (here === undefined) put(run);
};
