import { Accesses } from "../../derive/accesses.ts";
import { restartable } from "../../derive/evaluated.ts";
import { leavesOf, type Leaf } from "../../derive/component.ts";
import type { LeafValue } from "../../derive/leaf.ts";
import { Views } from "../../derive/view.ts";
import { CheckError, domainError, pathText } from "../../errors.ts";
import { guardAfterHolds, guardHolds, write } from "../../model/ask.ts";
import { judgeState, judgeStep } from "../../model/judge.ts";
import type { Step } from "../../model/model.ts";
import { instancesOf, type Instance, type Problem } from "../../problem/exploration.ts";
import type { CodeOf } from "../../problem/dependence.ts";

/** What one run of a step's guard, and of its recipe where it is enabled, did. */
export interface Run {
  /** A guard or recipe that throws counts as enabled: it leads to an error, and that is not to be lost either. */
  readonly enabled: boolean;
  /** The same of the guard on the state before alone. */
  readonly guarded: boolean;
  /** Leaves read before they were written, in order, each once; the reads of the step properties are among them. */
  readonly reads: readonly number[];
  /** The codes written, by leaf. */
  readonly writes: ReadonlyMap<number, number>;
  /** What the step properties say of the transition, in their order: empty where they say nothing, or it threw. */
  readonly said: string;
  readonly threw: boolean;
  /** Whether what it threw was that it does not end. */
  readonly endless: boolean;
}

/** Runs steps and properties on any combination of leaf codes, and takes down what they read and write. */
export class Probe<S> {
  readonly leaves: readonly Leaf[];
  readonly #before: Views<S>;
  readonly #after: Views<S>;
  readonly #looks: readonly Instance<S>[];
  readonly #accesses: Accesses;
  #code: CodeOf = () => 0;
  #reads = new Set<number>();
  #writes = new Map<number, number>();

  constructor(problem: Problem<S>) {
    const { model, scope } = problem;
    this.leaves = leavesOf(model.state.node, scope);
    this.#accesses = new Accesses(model.mostAccesses);
    this.#looks = instancesOf(problem).filter(({ property }) => property.kind === "step");
    this.#before = new Views(model.state, scope, {
      get: (leaf) => {
        this.#accesses.count();
        return this.#read(leaf);
      },
      set: (leaf) => {
        const { path } = this.leaves[leaf];
        throw new CheckError("mutation", `${pathText(path)} is written where nothing may be`);
      },
    });
    this.#after = new Views(model.state, scope, {
      get: (leaf) => {
        this.#accesses.count();
        const written = this.#writes.get(leaf);
        return written === undefined ? this.#read(leaf) : this.leaves[leaf].decode(written);
      },
      set: (leaf, value) => {
        this.#accesses.count();
        const { path, name, encode } = this.leaves[leaf];
        const code = encode(value);
        if (code < 0) throw domainError(path, value, name);
        this.#writes.set(leaf, code);
      },
    });
  }

  /** Runs a step where the leaves have these codes, and asks the step properties about it where it is enabled. */
  step(step: Step<S>, code: CodeOf): Run {
    return restartable(() => this.#step(step, code));
  }

  /** What an invariant or `sometimes` says where the leaves have these codes, -1 where it throws, and what it reads. */
  look(instance: Instance<S>, code: CodeOf): { said: number; reads: readonly number[] } {
    return restartable(() => this.#look(instance, code));
  }

  #step(step: Step<S>, code: CodeOf): Run {
    this.#begin(code);
    let guarded = true;
    let enabled = true;
    let threw = false;
    let endless = false;
    let said = "";
    try {
      enabled = guarded = guardHolds(step, this.#before.view);
      if (enabled) write(step, this.#after.view);
      enabled = enabled && guardAfterHolds(step, this.#before.view, this.#after.view);
      if (enabled) said = this.#judge(step);
    } catch (error) {
      // It throws wherever it reads the same; the search that meets it there reports it.
      threw = true;
      endless = error instanceof CheckError && error.code === "endless";
    }
    return { enabled, guarded, reads: [...this.#reads], writes: this.#writes, said, threw, endless };
  }

  #look({ property, args }: Instance<S>, code: CodeOf): { said: number; reads: readonly number[] } {
    this.#begin(code);
    let said = -1;
    try {
      said = property.kind === "step" ? 0 : judgeState(property, this.#before.view, args);
    } catch {
      // As for steps.
    }
    return { said, reads: [...this.#reads] };
  }

  #judge({ action, args }: Step<S>): string {
    const taken = { action: action.name, args };
    const said = this.#looks.map(({ property, args: of }) =>
      property.kind === "step" ? judgeStep(property, this.#before.view, this.#after.view, taken, of) : 0,
    );
    return said.every((bits) => bits === 0) ? "" : said.join();
  }

  #begin(code: CodeOf): void {
    this.#accesses.begin();
    this.#before.renew();
    this.#after.renew();
    this.#code = code;
    this.#reads = new Set();
    this.#writes = new Map();
  }

  #read(leaf: number): LeafValue {
    this.#reads.add(leaf);
    return this.leaves[leaf].decode(this.#code(leaf));
  }
}
