import { PATIENCE, type StateGraph, type Work } from "../problem/state-graph.ts";
import type { Question } from "./live-question.ts";

const OUTSIDE = -2;
const ROOT = -1;

/** The states in which a behaviour that breaks a property may be for ever, nearest to the start first. */
export interface Region {
  /** In the order of their distance, that of a run which breaks the property. */
  readonly order: Int32Array;
  /** The steps from the state where such a run enters to a state of the region; both found again from `parent`. */
  readonly entry: (id: number) => { readonly at: number; readonly along: readonly number[] };
}

/** Where everything may enter, the region is what is inside. */
const everywhere = function* <S>({ states }: StateGraph<S>, { inside }: Question): Work<Region> {
  const order = new Int32Array(states);
  let length = 0;
  for (let id = 0; id < states; id++) {
    if (inside(id)) order[length++] = id;
    if (id % PATIENCE === 0) yield;
  }
  return { order: order.subarray(0, length), entry: (at) => ({ at, along: [at] }) };
};

/**
 * The states that can be reached from sources without leaving what is inside, breadth first: a source counts as far as
 * it is from the start.
 */
class Reached<S> implements Region {
  readonly #graph: StateGraph<S>;
  readonly #inside: (id: number) => boolean;
  readonly #order: Int32Array;
  /** The state each was reached from. */
  readonly #parent: Int32Array;
  #length = 0;
  #next = 0;

  constructor(graph: StateGraph<S>, inside: (id: number) => boolean) {
    this.#graph = graph;
    this.#inside = inside;
    this.#order = new Int32Array(graph.states);
    this.#parent = new Int32Array(graph.states).fill(OUTSIDE);
  }

  get order(): Int32Array {
    return this.#order.subarray(0, this.#length);
  }

  entry(id: number): ReturnType<Region["entry"]> {
    const along = [id];
    let at = id;
    for (; this.#parent[at] !== ROOT; at = this.#parent[at]) along.push(this.#parent[at]);
    return { at, along: along.toReversed() };
  }

  *spread(source: (id: number) => boolean): Work<this> {
    let id = 0;
    for (const level of this.#graph.levels) {
      for (const end = id + level; id < end; id++) {
        if (source(id)) this.#enter(id, ROOT);
        if (id % PATIENCE === 0) yield;
      }
      yield* this.#ring();
    }
    while (this.#next < this.#length) yield* this.#ring();
    return this;
  }

  /** Goes one step further from all that was reached last. */
  *#ring(): Work<void> {
    for (const end = this.#length; this.#next < end; this.#next++) {
      const from = this.#order[this.#next];
      const { count, to } = this.#graph.edges(from);
      for (let i = 0; i < count; i++) if (to[i] >= 0) this.#enter(to[i], from);
      if (this.#next % PATIENCE === 0) yield;
    }
  }

  #enter(id: number, from: number): void {
    if (this.#parent[id] !== OUTSIDE || !this.#inside(id)) return;
    this.#parent[id] = from;
    this.#order[this.#length++] = id;
  }
}

/** The states in which a behaviour that answers a question may be. */
export const regionOf = function* <S>(graph: StateGraph<S>, question: Question): Work<Region> {
  const { inside, source } = question;
  if (source === undefined) return yield* everywhere(graph, question);
  return yield* new Reached(graph, inside).spread(source);
};
