import { SILENT, type ObservedGraph } from "./observed-graph.ts";

/** A set of nodes that agree with what was seen, by number; the empty one is `NOWHERE`. */
export type Standing = number;

/** No node agrees. */
export const NOWHERE: Standing = -1;

/**
 * Follows what is seen through a graph: which nodes can have been reached. Sets are made as they are needed and kept, as is
 * where each label leads from them, so that a long capture is a look-up for each line.
 */
export class Tracker {
  readonly #graph: ObservedGraph;
  readonly #hidden: readonly boolean[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #sets: Int32Array[] = [];
  readonly #known = new Map<string, Standing>();
  readonly #steps: Map<number, Standing>[] = [];
  /** Where a capture begins, and goes on where some of it is lost: anywhere, unless the graph says where. */
  readonly anywhere: Standing;

  /** `hidden` says which labels are seen no more than a silent step is: what was not recorded. */
  constructor(graph: ObservedGraph, hidden: (label: string) => boolean) {
    this.#graph = graph;
    this.#hidden = graph.labels.map((label, number) => number === SILENT || hidden(label));
    this.#numbers = new Map(graph.labels.map((label, number) => [label, number]));
    const { nodes, starts = Array.from({ length: nodes }, (_, node) => node) } = graph;
    this.anywhere = this.#standingOf(Int32Array.from(starts));
  }

  /** Where those that stand somewhere can be after a label. */
  step(from: Standing, label: string): Standing {
    const number = this.#numbers.get(label);
    if (from === NOWHERE || number === undefined) return NOWHERE;
    const known = this.#steps[from].get(number);
    if (known !== undefined) return known;
    const { first, label: labels, to } = this.#graph;
    const reached = new Set<number>();
    for (const node of this.#sets[from])
      for (let e = first[node]; e < first[node + 1]; e++) if (labels[e] === number) reached.add(to[e]);
    const next = this.#standingOf(Int32Array.from(reached));
    this.#steps[from].set(number, next);
    return next;
  }

  /** The nodes of a set, in their order. */
  nodes(of: Standing): Int32Array {
    return of === NOWHERE ? new Int32Array() : this.#sets[of];
  }

  /** The labels that can be seen next. */
  possible(from: Standing): readonly string[] {
    return this.#graph.labels.filter(
      (label, number) => !this.#hidden[number] && this.step(from, label) !== NOWHERE,
    );
  }

  /** What a fact may say in a set. */
  fact(of: Standing, name: string): readonly string[] {
    const fact = this.#graph.facts.find((one) => one.name === name)!;
    const numbers = new Set<number>();
    for (const node of this.nodes(of)) for (const value of fact.of[node]) numbers.add(value);
    return [...numbers].toSorted((a, b) => a - b).map((number) => fact.values[number]);
  }

  /** How many sets were made. */
  get sets(): number {
    return this.#sets.length;
  }

  /** The number of a set with all that can be reached from it unseen. */
  #standingOf(nodes: Int32Array): Standing {
    if (nodes.length === 0) return NOWHERE;
    const closed = this.#closed(nodes);
    const key = closed.join(",");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#steps.push(new Map());
    const number = this.#sets.push(closed) - 1;
    this.#known.set(key, number);
    return number;
  }

  #closed(nodes: Int32Array): Int32Array {
    const { first, label, to } = this.#graph;
    const seen = new Set<number>(nodes);
    const open = [...nodes];
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (let e = first[node]; e < first[node + 1]; e++)
        if (this.#hidden[label[e]] && !seen.has(to[e])) {
          seen.add(to[e]);
          open.push(to[e]);
        }
    return Int32Array.from(seen).toSorted();
  }
}
