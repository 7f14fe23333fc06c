import { codecOf } from "../../derive/codec.ts";
import { stepText } from "../../model/model.ts";
import { instancesOf, type Problem } from "../../problem/exploration.ts";
import { Budget } from "./budget.ts";
import { Exhaust, type Classes, type Values } from "./question-tree.ts";
import type { CodeOf } from "../../problem/dependence.ts";
import { numbering } from "./numbering.ts";
import { Probe, type Run } from "./step-probe.ts";

/** More runs than this of one step or property are not made. */
const most = 2 ** 13;
/** What all of them may cost: about half a second. */
const enough = 2 ** 22;
/** What they cost from one pause to the next. */
const pause = 2 ** 15;

/** What a step may do wherever it is enabled, in any state that the search might meet. */
export interface Touch {
  /** The codes that it may write, by leaf. */
  readonly writes: ReadonlyMap<number, ReadonlySet<number>>;
  /** The codes of a leaf with which it is enabled at all, for each leaf that is read whenever it is enabled. */
  readonly needs: ReadonlyMap<number, ReadonlySet<number>>;
  /** Which codes of a leaf it can tell apart; it is never enabled with a code of class 0. */
  readonly tells: Classes;
  /** Whether a step property may say something of it, or it may throw: either is to be found, whatever is left out. */
  readonly judged: boolean;
}

/** What is known of a model before a search. */
export interface Touches {
  /** For each step, by id; undefined where it has too many runs: it may do anything. */
  readonly steps: readonly (Touch | undefined)[];
  /** Which codes of a leaf each invariant and `sometimes` can tell apart; undefined where it has too many runs. */
  readonly looks: readonly (Classes | undefined)[];
  /** The codes that each leaf may have. */
  readonly values: Values;
  /** How many runs of guards, recipes and properties it took. */
  readonly runs: number;
}

/** What is being run, for whoever finds that it does not end. */
export interface Preparation {
  /** The step or the property. */
  running: string;
}

/** Gathers what the enabled runs of one step do. */
class Gathered {
  readonly writes = new Map<number, Set<number>>();
  readonly needs = new Map<number, Set<number>>();
  judged = false;
  #runs = 0;

  add({ reads, writes, said, threw }: Run, code: CodeOf): void {
    const read = new Set(reads);
    for (const leaf of this.needs.keys()) if (!read.has(leaf)) this.needs.delete(leaf);
    for (const leaf of reads) {
      if (this.#runs === 0) this.needs.set(leaf, new Set());
      this.needs.get(leaf)?.add(code(leaf));
    }
    for (const [leaf, written] of writes)
      this.writes.set(leaf, (this.writes.get(leaf) ?? new Set<number>()).add(written));
    this.judged ||= said !== "" || threw;
    this.#runs++;
  }
}

/** The codes that leaves may have, as they become known. */
class Possible {
  readonly values: number[][];
  readonly #sizes: readonly number[];
  readonly #known: readonly Set<number>[];

  constructor(sizes: readonly number[]) {
    this.#sizes = sizes;
    this.values = sizes.map(() => []);
    this.#known = sizes.map(() => new Set());
  }

  add(leaf: number, code: number): void {
    if (this.#known[leaf].has(code)) return;
    this.#known[leaf].add(code);
    this.values[leaf].push(code);
  }

  /** Any code is possible. A leaf with more than `most` makes everything that reads it have too many runs. */
  addAll(budget: Budget): void {
    this.#sizes.forEach((size, leaf) => {
      if (budget.spent) return;
      budget.spend(Math.min(size, most + 1));
      for (let code = 0; code < Math.min(size, most + 1); code++) this.add(leaf, code);
    });
  }
}

/**
 * Over-approximates what the steps and properties of a problem may do. A leaf may have the codes that it starts with and
 * those that some step may write to it, given what the leaves may have: so every reachable state, and many more, is a
 * combination of them. Each guard, recipe and property is run for every combination that it can tell apart.
 *
 * It pauses now and then; gives undefined where that would take too long.
 */
export function* prepared<S>(
  problem: Problem<S>,
  preparation: Preparation,
): Generator<undefined, Touches | undefined> {
  const probe = new Probe(problem);
  const { encode } = codecOf(problem.model.state, problem.scope);
  const possible = new Possible(probe.leaves.map(({ size }) => size));
  const { values } = possible;
  for (const state of problem.start) encode(state).forEach((code, leaf) => possible.add(leaf, code));

  const budget = new Budget(enough, pause);
  const gathered = problem.steps.map(() => new Gathered());
  const ends = numbering();
  const disabled = ends("disabled");
  const steps = problem.steps.map((step) => {
    const ask = (code: CodeOf) => {
      const run = probe.step(step, code);
      const { enabled, reads, writes, said, threw } = run;
      if (enabled) gathered[step.id].add(run, code);
      for (const [leaf, written] of writes) possible.add(leaf, written);
      return { reads, end: enabled ? ends([threw, said, ...writes].join(";")) : disabled };
    };
    return new Exhaust(ask, values, most, budget);
  });
  const instances = instancesOf(problem).filter(({ property }) => property.kind !== "step");
  const looks = instances.map((instance) => {
    const ask = (code: CodeOf) => {
      const { reads, said } = probe.look(instance, code);
      return { reads, end: said };
    };
    return new Exhaust(ask, values, most, budget);
  });
  function* grown(exhaust: Exhaust, running: string): Generator<undefined> {
    preparation.running = running;
    while (!exhaust.grow() && !budget.spent) {
      yield;
      budget.goOn();
    }
  }
  /** Runs the steps again as long as what they write makes more possible for what they read. */
  function* untilNoneGrows(): Generator<undefined> {
    /** How many codes the leaves that a step reads had when it was run last. */
    const had = steps.map(() => -1);
    for (let grew = true; grew;) {
      grew = false;
      for (const [id, step] of steps.entries()) {
        let now = 0;
        for (const leaf of step.reads) now += values[leaf].length;
        budget.spend(step.reads.size);
        if (had[id] === now || step.gaveUp || budget.spent) continue;
        grew = true;
        had[id] = now;
        yield* grown(step, stepText(problem.steps[id]));
        if (step.gaveUp) possible.addAll(budget);
      }
    }
  }
  if (problem.start.length > 0) {
    yield* untilNoneGrows();
    for (const [place, look] of looks.entries()) yield* grown(look, instances[place].property.id);
  }
  if (budget.spent) return undefined;
  return {
    steps: steps.map((step, id) => {
      const { writes, needs, judged } = gathered[id];
      return step.gaveUp ? undefined : { writes, needs, judged, tells: step.classes(disabled) };
    }),
    looks: looks.map((look) => (look.gaveUp ? undefined : look.classes(0))),
    values,
    runs: [...steps, ...looks].reduce((sum, { runs }) => sum + runs, 0),
  };
}
