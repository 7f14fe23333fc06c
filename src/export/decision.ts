import { CheckError } from "../errors.ts";
import type { CodeOf } from "../problem/dependence.ts";

/** What was read at a point of a run and how it goes on for each code, or the number of how the run ended. */
export type Decision = Branch | number;

/** A leaf that was read, and by its code what follows; nothing where that is not known. */
export interface Branch {
  readonly leaf: number;
  readonly next: (Decision | undefined)[];
}

/** The leaves that a run read, each once and in order, and the number of how it ended. */
interface Answered {
  readonly reads: readonly number[];
  readonly end: number;
}

/** The codes that each leaf has in some state. */
export type Values = readonly (readonly number[])[];

/** What a deterministic question answers, as a tree over what it reads. */
export class Decisions {
  root: Decision | undefined;
  readonly #ask: (code: CodeOf) => Answered;

  constructor(ask: (code: CodeOf) => Answered) {
    this.#ask = ask;
  }

  /** Asks where the leaves have these codes, unless it is known what is answered there; gives the answer. */
  answer(codes: ArrayLike<number>): number {
    let here = this.root;
    while (typeof here === "object") here = here.next[codes[here.leaf]];
    return here ?? this.#keep((leaf) => codes[leaf]);
  }

  /** Asks with every combination of values that can be told apart, as long as these are no more than `most`. */
  exhaust(values: Values, most: number): void {
    const chosen = new Map<number, number>();
    const code: CodeOf = (leaf) => chosen.get(leaf) ?? values[leaf][0];
    if (this.root === undefined) this.#keep(code);
    const way = typeof this.root === "object" ? [{ branch: this.root, looked: 0 }] : [];
    let asked = 0;
    for (let top = way.at(-1); top !== undefined && asked < most; top = way.at(-1)) {
      const { leaf, next } = top.branch;
      const choice = values[leaf].at(top.looked++);
      if (choice === undefined) {
        chosen.delete(leaf);
        way.pop();
        continue;
      }
      chosen.set(leaf, choice);
      if (next[choice] === undefined) {
        this.#keep(code);
        asked++;
      }
      const below = next[choice];
      if (typeof below === "object") way.push({ branch: below, looked: 0 });
    }
  }

  #keep(code: CodeOf): number {
    const { reads, end } = this.#ask(code);
    let put = (below: Decision): void => void (this.root = below);
    let here = this.root;
    for (const leaf of reads) {
      const branch = here ?? { leaf, next: [] };
      if (typeof branch === "number" || branch.leaf !== leaf) throw unsteady();
      if (here === undefined) put(branch);
      const at = code(leaf);
      put = (below) => void (branch.next[at] = below);
      here = branch.next[at];
    }
    if (here !== undefined) throw unsteady();
    put(end);
    return end;
  }
}

const unsteady = (): CheckError =>
  new CheckError("recipe", "a guard, recipe or property reads different things in equal states");
