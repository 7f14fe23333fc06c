import { codecOf, type Codec } from "../derive/codec.ts";
import { leavesOf, type Leaf } from "../derive/component.ts";
import { pathText } from "../errors.ts";
import { evaluatedTogether } from "../derive/evaluated.ts";
import { interruptible } from "../derive/interruptible.ts";
import { KeptRuns } from "../methods/por/kept-runs.ts";
import type { Run } from "../methods/por/step-probe.ts";
import { stepText, type Step } from "../model/model.ts";
import { satisfies } from "../problem/constrained.ts";
import type { Problem } from "../problem/exploration.ts";

/** Every step is taken from this many of the states nearest to the start. */
const NEAREST = 24;
/** So many steps are taken in walks further on, each walk so long. */
const WALKED = 200;
const WALK = 50;
/** So many of the start states are among them, at most. */
const STARTS = 8;
/** So many other values of a leaf are tried where a guard read it, at most. */
const VALUES = 6;

/** Milliseconds after which a step is taken not to end, in a state that need not be reachable: it usually takes microseconds. */
const ENDLESS = 1000;

/** At most `most` numbers spread evenly over those below `n`. */
const spread = (n: number, most: number): readonly number[] =>
  n <= most
    ? Array.from({ length: n }, (_, i) => i)
    : Array.from({ length: most }, (_, i) => Math.floor((i * n) / most));

/** A step, how often it was taken so far, and where first. */
interface Asked<S> {
  readonly step: Step<S>;
  readonly name: string;
  taken: number;
  first?: Int32Array;
  /** What it did where it did not end: to find that out may take long, so it is not asked again. */
  endless?: Run;
}

/** Asks the steps of a problem about rows of leaf codes, and takes down what they do by the names of things. */
class Sample<S> {
  readonly said: unknown[] = [];
  readonly #problem: Problem<S>;
  readonly #codec: Codec<S>;
  readonly #runs: KeptRuns<S>;
  readonly #leaves: readonly Leaf[];
  readonly #names: readonly string[];
  readonly #steps: readonly Asked<S>[];
  readonly #found: Int32Array[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(problem: Problem<S>) {
    this.#problem = problem;
    this.#codec = codecOf(problem.model.state, problem.scope);
    this.#runs = new KeptRuns(problem);
    this.#leaves = leavesOf(problem.model.state.node, problem.scope);
    this.#names = this.#leaves.map(({ path }) => pathText(path));
    this.#steps = problem.steps
      .map((step): Asked<S> => ({ step, name: stepText(step), taken: 0 }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.said.push(this.#starts().map((row) => this.#numberOf(row)));
  }

  /** Begins anew with steps that may have been broken off. */
  forget(): void {
    this.#runs.forget(this.#problem.steps);
  }

  /** Takes every step in the states nearest to the start; says whether there are no others. */
  near(): boolean {
    for (let at = 0; at < Math.min(this.#found.length, NEAREST); at++) {
      const row = this.#found[at];
      if (!this.#isExpanded(row)) continue;
      for (const each of this.#steps) {
        const run = this.#ask(each, row);
        const after = run.enabled ? this.#take(each, run, row) : undefined;
        if (after !== undefined) this.said.push([at, this.#numberOf(after)]);
      }
    }
    return this.#found.length <= NEAREST;
  }

  /** Walks on, in each state by the step that was taken least so far. */
  walk(): void {
    const starts = this.#starts();
    let [row, length] = [starts[0], 0];
    for (let walked = 0; walked < WALKED; walked++) {
      const enabled = length < WALK && this.#isExpanded(row) ? this.#enabledIn(row) : [];
      this.said.push(enabled.map(({ name }) => name));
      const [least] = enabled.toSorted((a, b) => a.taken - b.taken);
      const next = least && this.#take(least, this.#ask(least, row), row);
      length = next === undefined ? 0 : length + 1;
      row = next ?? starts[walked % starts.length];
    }
  }

  /** What becomes of each step, where it was first taken, if one of the leaves that it reads has another value. */
  vary(): void {
    const taken = this.#steps.filter(({ first }) => first !== undefined);
    const all = interruptible(() => taken.map((each) => this.#variedAll(each)), ENDLESS);
    // There is a step that does not end with some value: which one is asked of each alone.
    if (all === undefined) this.forget();
    for (const one of all?.[0] ?? taken.map((each) => this.#variedAlone(each))) this.said.push(one);
  }

  #variedAlone(each: Asked<S>): unknown {
    const varied = interruptible(() => this.#variedAll(each), ENDLESS);
    if (varied !== undefined) return varied[0];
    this.#runs.forget([each.step]);
    return [each.name, "does not end"];
  }

  #variedAll(each: Asked<S>): unknown {
    const first = each.first!;
    const tried = this.#run(each, first).reads.flatMap((leaf) => this.#varied(each, first, leaf));
    return [each.name, tried.toSorted()];
  }

  #varied(each: Asked<S>, first: Int32Array, leaf: number): readonly string[] {
    const { size, decode } = this.#leaves[leaf];
    const others = spread(size, VALUES).filter((code) => code !== first[leaf]);
    return others.map((code) => {
      const row = first.with(leaf, code);
      return JSON.stringify([this.#names[leaf], decode(code), this.#wordsOf(this.#run(each, row), row)]);
    });
  }

  #starts(): readonly Int32Array[] {
    const { start } = this.#problem;
    return spread(start.length, STARTS).map((place) => this.#codec.encode(start[place]));
  }

  #numberOf(row: Int32Array): number {
    const key = row.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#found.length);
    return this.#found.push(row) - 1;
  }

  /** Whether steps are taken from a state; takes down which constraints forbid it. */
  #isExpanded(row: Int32Array): boolean {
    const { constraints = [] } = this.#problem;
    if (constraints.length === 0) return true;
    const state = this.#codec.decode(row);
    const unmet = constraints.filter((constraint) => !satisfies({ constraints: [constraint] }, state));
    if (unmet.length > 0) this.said.push(unmet.map(({ id }) => id).toSorted());
    return unmet.length === 0;
  }

  #enabledIn(row: Int32Array): readonly Asked<S>[] {
    return this.#steps.filter((each) => this.#ask(each, row).guarded);
  }

  #ask(each: Asked<S>, row: Int32Array): Run {
    if (each.endless !== undefined) return each.endless;
    const run = this.#run(each, row);
    if (run.endless) each.endless = run;
    return run;
  }

  #run({ step }: Asked<S>, row: Int32Array): Run {
    return this.#runs.of(step, row);
  }

  /** The state after a step; none where it threw, or `guardAfter` forbids it. */
  #take(each: Asked<S>, run: Run, row: Int32Array): Int32Array | undefined {
    each.taken++;
    this.said.push([each.name, each.step.actor, this.#wordsOf(run, row)]);
    if (run.threw || !run.enabled) return undefined;
    each.first ??= row;
    const after = row.slice();
    for (const [leaf, code] of run.writes) after[leaf] = code;
    return after;
  }

  #wordsOf({ enabled, threw, writes }: Run, row: Int32Array): unknown {
    if (threw) return "throws";
    if (!enabled) return "-";
    return [...writes]
      .filter(([leaf, code]) => row[leaf] !== code)
      .map(([leaf, code]) => {
        const { decode } = this.#leaves[leaf];
        return [this.#names[leaf], decode(row[leaf]), decode(code)] as const;
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}

/**
 * What guards, recipes and constraints do in a sample of the states: all that can happen in the states nearest to the
 * start; walks that take, of the steps enabled in each state, the one that was taken least so far; and for each step,
 * where it was first taken, what becomes of it if one of the leaves that it reads has another value. A field that no step
 * reads or writes there is in it nowhere, nor is an action that is never enabled; the order of fields and actions is of no
 * account. Where a guard or recipe throws, that is all that is said of it.
 */
export const sampledBehaviour = <S>(problem: Problem<S>): readonly unknown[] => {
  let again = false;
  const sample = evaluatedTogether(() => {
    const begun = new Sample(problem);
    if (again) begun.forget();
    again = true;
    if (problem.start.length > 0 && !begun.near()) begun.walk();
    return begun;
  });
  sample.vary();
  return sample.said;
};
