import type { Budget } from "./budget.ts";
import type { CodeOf } from "../../problem/dependence.ts";
import { numbering } from "./numbering.ts";

/** The possible codes of each leaf. */
export type Values = readonly (readonly number[])[];

/** For each leaf that a question reads, a class for each of its codes. */
export type Classes = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** What was read at a point of a run and how it goes on for each code, or how the run ended. */
type Tree = Branch | number;
interface Branch {
  readonly leaf: number;
  readonly next: (Tree | undefined)[];
}

/** A question: the leaves that it read, each once and in order, and a number for how its run ended. */
type Ask = (code: CodeOf) => { readonly reads: readonly number[]; readonly end: number };

/**
 * Runs a question for every combination of codes that it can tell apart: a question is deterministic, so what it reads
 * next depends on the codes read so far, and its runs form a tree. Nothing is run twice as more codes become possible.
 */
export class Exhaust {
  /** How often the question was run. */
  runs = 0;
  /** The leaves that some run has read. */
  readonly reads = new Set<number>();
  readonly #ask: Ask;
  readonly #values: Values;
  readonly #most: number;
  readonly #budget: Budget;
  readonly #chosen: Int32Array;
  #root: Tree | undefined;
  /** The branches from the root to where it is looked at, and how many codes of each were. */
  readonly #way: { readonly branch: Branch; looked: number }[] = [];

  /** There may be `most` runs, and they are paid from the budget; `values` may grow. */
  constructor(ask: Ask, values: Values, most: number, budget: Budget) {
    this.#ask = ask;
    this.#values = values;
    this.#most = most;
    this.#budget = budget;
    this.#chosen = new Int32Array(values.length).fill(-1);
  }

  /** Whether there are more than `most` runs; then not all are made, and nothing may be concluded from them. */
  get gaveUp(): boolean {
    return this.runs > this.#most;
  }

  /** Makes the runs that were not made yet, until a pause is due or the budget is spent; whether that is all of them. */
  grow(): boolean {
    if (this.#way.length === 0) this.#enter((this.#root ??= this.#run()));
    for (let top = this.#way.at(-1); top !== undefined; top = this.#way.at(-1)) {
      if (this.gaveUp) return true;
      if (this.#budget.spent || this.#budget.pauseDue) return false;
      this.#budget.spend(1);
      const { leaf, next } = top.branch;
      if (top.looked === this.#values[leaf].length) {
        this.#chosen[leaf] = -1;
        this.#way.pop();
        continue;
      }
      const code = this.#values[leaf][top.looked++];
      this.#chosen[leaf] = code;
      this.#enter((next[code] ??= this.#run()));
    }
    return true;
  }

  /**
   * A class for each possible code of the leaves read: it makes no difference to how a run ends which of two codes of one
   * class a leaf has, whatever the other leaves have. In class 0 are the codes with which every run ends as `end`.
   */
  classes(end: number): Classes {
    const number = numbering();
    const nothing = number(`end ${end}`);
    /** For each leaf and code, what follows at each branch in turn. */
    const follows = new Map<number, string[]>();
    /** What a branch comes to, where it is known what follows each code. */
    const joined = (leaf: number, after: readonly number[]): number => {
      const keys = follows.get(leaf) ?? after.map(() => "");
      follows.set(leaf, keys);
      after.forEach((next, i) => (keys[i] += next === nothing ? "." : `,${next}`));
      return after.every((next) => next === after[0]) ? after[0] : number(`${leaf}: ${after.join()}`);
    };
    const way: { readonly branch: Branch; readonly after: number[] }[] = [];
    const enter = (tree: Tree): void => {
      if (typeof tree === "number") way.at(-1)?.after.push(number(`end ${tree}`));
      else way.push({ branch: tree, after: [] });
    };
    if (this.#root !== undefined) enter(this.#root);
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const { branch, after } = top;
      const codes = this.#values[branch.leaf];
      if (after.length < codes.length) enter(branch.next[codes[after.length]]!);
      else {
        way.pop();
        const all = joined(branch.leaf, after);
        way.at(-1)?.after.push(all);
      }
    }
    return new Map(
      [...follows].map(([leaf, keys]) => {
        const classOf = numbering();
        classOf("");
        return [
          leaf,
          new Map(this.#values[leaf].map((code, i) => [code, classOf(keys[i].replace(/^\.*$/, ""))])),
        ];
      }),
    );
  }

  #enter(tree: Tree): void {
    if (typeof tree !== "number") this.#way.push({ branch: tree, looked: 0 });
  }

  /** One run, with the first possible code for each leaf that is not chosen yet. */
  #run(): Tree {
    this.runs++;
    const chosen = this.#chosen;
    const { reads, end } = this.#ask((leaf) => (chosen[leaf] < 0 ? this.#values[leaf][0] : chosen[leaf]));
    for (const leaf of reads) this.reads.add(leaf);
    this.#budget.spendRun(reads.length);
    return reads
      .filter((leaf) => chosen[leaf] < 0)
      .reduceRight<Tree>((next, leaf) => {
        const branch: Branch = { leaf, next: [] };
        branch.next[this.#values[leaf][0]] = next;
        return branch;
      }, end);
  }
}
