import { leavesOf, type Leaf } from "../../derive/component.ts";
import type { LeafValue } from "../../derive/leaf.ts";
import { Views } from "../../derive/view.ts";
import type { Domain, Scope } from "../../schema/domain.ts";
import type { PathKey } from "../../state-path.ts";
import type { CodeOf } from "../../problem/dependence.ts";
import { Budget } from "./budget.ts";
import { Exhaust } from "./question-tree.ts";

/** More runs than this of one step or property are not made. */
const MOST = 2 ** 10;

/** What one run may touch: the state, the state after it, and a draft of that. */
export interface Shown<S> {
  readonly before: S;
  readonly after: S;
}

/** The paths that runs have touched, each of a vector for all its members. */
export interface Paths {
  readonly reads: Set<string>;
  readonly writes: Set<string>;
  /** Whether all runs were made. */
  whole: boolean;
}

/** A path with `[]` for each member of a vector: `vcpu[].req.UNBLOCK`. */
const patternOf = (path: readonly PathKey[]): string =>
  path.map((key, i) => (typeof key === "number" ? "[]" : i === 0 ? key : `.${key}`)).join("");

/** Runs functions of states with every combination of values that they can tell apart, and takes down what they touch. */
export class PathRecorder<S> {
  readonly #leaves: readonly Leaf[];
  readonly #patterns: readonly string[];
  readonly #values: readonly (readonly number[])[];
  readonly #before: Views<S>;
  readonly #after: Views<S>;
  #code: CodeOf = () => 0;
  #reads = new Set<number>();
  #writes = new Map<number, LeafValue>();
  /** Whether the state after has values of its own, and not those of the state before. */
  #apart = false;

  constructor(state: Domain<S>, scope: Scope) {
    this.#leaves = leavesOf(state.node, scope);
    this.#patterns = this.#leaves.map(({ path }) => patternOf(path));
    const codes = this.#leaves.map(({ size }) =>
      Array.from({ length: Math.min(size, MOST + 1) }, (_, code) => code),
    );
    this.#values = [...codes, ...codes];
    this.#before = new Views(state, scope, {
      get: (leaf) => this.#read(leaf, leaf),
      set: () => undefined,
    });
    this.#after = new Views(state, scope, {
      get: (leaf) =>
        this.#writes.get(leaf) ?? this.#read(leaf, this.#apart ? leaf + this.#leaves.length : leaf),
      set: (leaf, value) => void this.#writes.set(leaf, this.#valid(leaf, value)),
    });
  }

  /**
   * Adds what the runs of a step touch where it is enabled: `run` says whether it is. A run that throws touches what it
   * has touched until then.
   */
  add(paths: Paths, run: (shown: Shown<S>) => boolean): void {
    this.#apart = false;
    this.#exhaust(paths, run);
  }

  /** Adds what a property reads of a state and of the one after, whatever the two are. */
  addLook(paths: Paths, look: (shown: Shown<S>) => unknown): void {
    this.#apart = true;
    this.#exhaust(paths, (shown) => {
      look(shown);
      return true;
    });
  }

  #exhaust(paths: Paths, run: (shown: Shown<S>) => boolean): void {
    const ask = (code: CodeOf): { readonly reads: readonly number[]; readonly end: number } => {
      const enabled = this.#run(code, run);
      const reads = [...this.#reads];
      if (enabled) {
        for (const place of reads) paths.reads.add(this.#patterns[place % this.#leaves.length]);
        for (const leaf of this.#writes.keys()) paths.writes.add(this.#patterns[leaf]);
      }
      return { reads, end: enabled ? 1 : 0 };
    };
    const exhaust = new Exhaust(ask, this.#values, MOST, new Budget(Infinity, Infinity));
    exhaust.grow();
    if (exhaust.gaveUp) paths.whole = false;
  }

  #run(code: CodeOf, run: (shown: Shown<S>) => boolean): boolean {
    this.#before.renew();
    this.#after.renew();
    this.#code = code;
    this.#reads = new Set();
    this.#writes = new Map();
    try {
      return run({ before: this.#before.view, after: this.#after.view });
    } catch {
      // No state that a run reaches has these values: what it touched up to there it touches elsewhere too, or not at all.
      return false;
    }
  }

  #valid(leaf: number, value: unknown): LeafValue {
    const { encode, decode } = this.#leaves[leaf];
    const code = encode(value);
    if (code < 0) throw new RangeError("outside its domain");
    return decode(code);
  }

  #read(leaf: number, place: number): LeafValue {
    this.#reads.add(place);
    return this.#leaves[leaf].decode(this.#code(place));
  }
}
