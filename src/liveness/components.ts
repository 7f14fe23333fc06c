import { PATIENCE, type StateGraph, type Work } from "../problem/state-graph.ts";
import { IntStack } from "./stack.ts";

/** A part of the state graph: some states, and the steps between them that are allowed. */
export interface Part {
  readonly has: (id: number) => boolean;
  readonly allowed?: ((from: number, step: number) => boolean) | undefined;
}

/** A component that was left behind: larger than any number a state gets. */
const DONE = 2 ** 31 - 1;

/** The strongly connected components of a part of the state graph: Gabow's path-based search, without recursion. */
export class Components<S> {
  /** When each state was met, 0 where it was not. */
  readonly #met: Int32Array;
  readonly #graph: StateGraph<S>;
  /** States that are in no complete component yet, and the bounds of what may become one. */
  readonly #open = new IntStack();
  readonly #bounds = new IntStack();
  /** The states on the way, and for each where its steps begin among those left to take. */
  readonly #way = new IntStack();
  readonly #begins = new IntStack();
  readonly #left = new IntStack();
  #clock = 0;

  constructor(graph: StateGraph<S>) {
    this.#graph = graph;
    this.#met = new Int32Array(graph.states);
  }

  get bytes(): number {
    return this.#met.byteLength;
  }

  /** Hands over each component among `members`, which must be all states of the part; it is valid until the next one. */
  *find(members: Int32Array, part: Part, found: (component: Int32Array) => void): Work<void> {
    const met = this.#met;
    const left = this.#left;
    let looked = 0;
    for (const id of members) met[id] = 0;
    this.#clock = 0;
    for (const root of members) {
      if (met[root] !== 0) continue;
      this.#enter(root, part);
      while (this.#way.length > 0) {
        if (left.length > this.#begins.top) this.#follow(left.pop(), part);
        else this.#leave(found);
        if (++looked % PATIENCE === 0) yield;
      }
    }
  }

  #follow(to: number, part: Part): void {
    const met = this.#met;
    if (met[to] === 0) this.#enter(to, part);
    else while (met[this.#bounds.top] > met[to]) this.#bounds.pop();
  }

  #enter(id: number, { has, allowed }: Part): void {
    this.#met[id] = ++this.#clock;
    this.#open.push(id);
    this.#bounds.push(id);
    this.#way.push(id);
    this.#begins.push(this.#left.length);
    const { count, step, to } = this.#graph.edges(id);
    for (let i = 0; i < count; i++)
      if (to[i] >= 0 && has(to[i]) && (allowed === undefined || allowed(id, step[i]))) this.#left.push(to[i]);
  }

  #leave(found: (component: Int32Array) => void): void {
    const id = this.#way.pop();
    this.#begins.pop();
    if (this.#bounds.top !== id) return;
    this.#bounds.pop();
    let start = this.#open.length - 1;
    const from = this.#met[id];
    while (start > 0 && this.#at(start - 1) >= from) start--;
    const component = this.#open.cut(start);
    for (const member of component) this.#met[member] = DONE;
    found(component);
  }

  #at(place: number): number {
    return this.#met[this.#open.at(place)];
  }
}
