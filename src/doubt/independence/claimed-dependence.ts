import type { Dependence, StepDependence } from "../../problem/dependence.ts";
import type { Whole } from "./whole-graph.ts";

/** What a dependence claims about a step in all states in which it looked at the same codes. */
export interface Claim {
  readonly step: number;
  /** One of these states, the first that was looked at. */
  readonly state: number;
  readonly move: StepDependence;
  /** The leaves whose codes were looked at. */
  readonly asked: ReadonlySet<number>;
}

/** Which code was looked at first, and what is known for each; or that no more is. */
type Tree = Branch | Claim;
interface Branch {
  readonly leaf: number;
  readonly next: Map<number, Tree>;
}

/**
 * What a dependence claims about each step in each state. It is deterministic, so it is not asked again where the codes that it
 * looked at are the same: that is found, not taken from the leaves that it names.
 */
export class ClaimedDependence<S> {
  readonly cases: Claim[] = [];
  readonly #whole: Whole<S>;
  readonly #dependence: Dependence;
  readonly #trees: (Tree | undefined)[] = [];

  constructor(whole: Whole<S>, dependence: Dependence) {
    this.#whole = whole;
    this.#dependence = dependence;
  }

  at(step: number, state: number): Claim {
    const row = this.#whole.row(state);
    let tree = this.#trees[step];
    while (tree !== undefined && "next" in tree) tree = tree.next.get(row[tree.leaf]);
    return tree ?? this.#learn(step, state, row);
  }

  #learn(step: number, state: number, row: Int32Array): Claim {
    const asked = new Set<number>();
    const move = this.#dependence.move(step, (leaf) => {
      asked.add(leaf);
      return row[leaf];
    });
    const learned = { step, state, move, asked };
    let hang = (tree: Tree): void => void (this.#trees[step] = tree);
    let known: Tree | undefined = this.#trees[step];
    for (const leaf of asked) {
      const branch: Tree = known !== undefined && "next" in known ? known : { leaf, next: new Map() };
      hang(branch);
      hang = (tree) => void branch.next.set(row[leaf], tree);
      known = branch.next.get(row[leaf]);
    }
    hang(learned);
    this.cases.push(learned);
    return learned;
  }
}
