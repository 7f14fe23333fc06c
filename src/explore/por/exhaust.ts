import type { CodeOf } from "./move.ts";
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

/**
 * Runs a question for every combination of codes that it can tell apart: a question is deterministic, so what it reads
 * next depends on the codes read so far, and its runs form a tree. Nothing is run twice as more codes become possible.
 */
export class Exhaust {
  /** How often the question was run. */
  runs = 0;
  /** The leaves that some run has read. */
  readonly reads = new Set<number>();
  readonly #ask: (code: CodeOf) => { readonly reads: readonly number[]; readonly end: number };
  readonly #values: Values;
  readonly #most: number;
  readonly #chosen: Int32Array;
  #root: Tree | undefined;

  /** `ask` gives the leaves read, each once and in order, and a number for how the run ended; `values` may grow. */
  constructor(
    ask: (code: CodeOf) => { readonly reads: readonly number[]; readonly end: number },
    values: Values,
    most: number,
  ) {
    this.#ask = ask;
    this.#values = values;
    this.#most = most;
    this.#chosen = new Int32Array(values.length).fill(-1);
  }

  /** Whether there are more than `most` runs; then they are not all made, and nothing may be concluded from them. */
  get gaveUp(): boolean {
    return this.runs > this.#most;
  }

  /** Makes the runs that were not made yet. */
  grow(): void {
    this.#root = this.#complete(this.#root);
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
    const walk = (tree: Tree): number => {
      if (typeof tree === "number") return number(`end ${tree}`);
      const codes = this.#values[tree.leaf];
      const after = codes.map((code) => walk(tree.next[code]!));
      const keys = follows.get(tree.leaf) ?? codes.map(() => "");
      follows.set(tree.leaf, keys);
      after.forEach((next, i) => (keys[i] += next === nothing ? "." : `,${next}`));
      return after.every((next) => next === after[0]) ? after[0] : number(`${tree.leaf}: ${after.join()}`);
    };
    if (this.#root !== undefined) walk(this.#root);
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

  #complete(known: Tree | undefined): Tree | undefined {
    if (this.gaveUp) return known;
    const tree = known ?? this.#run();
    if (typeof tree === "number") return tree;
    for (const code of this.#values[tree.leaf]) {
      this.#chosen[tree.leaf] = code;
      tree.next[code] = this.#complete(tree.next[code]);
    }
    this.#chosen[tree.leaf] = -1;
    return tree;
  }

  /** One run, with the first possible code for each leaf that is not chosen yet. */
  #run(): Tree {
    this.runs++;
    const chosen = this.#chosen;
    const { reads, end } = this.#ask((leaf) => (chosen[leaf] < 0 ? this.#values[leaf][0] : chosen[leaf]));
    for (const leaf of reads) this.reads.add(leaf);
    return reads
      .filter((leaf) => chosen[leaf] < 0)
      .reduceRight<Tree>((next, leaf) => {
        const branch: Branch = { leaf, next: [] };
        branch.next[this.#values[leaf][0]] = next;
        return branch;
      }, end);
  }
}
