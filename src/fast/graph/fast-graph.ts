import { restartable } from "../../derive/evaluated.ts";
import { freeze } from "immer";
import { Expander } from "../search/expander.ts";
import { unpack } from "../values/layout.ts";
import type { Search } from "../search/search.ts";
import { Successors } from "../search/successors.ts";
import { Trie } from "../learn/trie.ts";
import type { Path, Problem } from "../../problem/exploration.ts";
import type { TakenBy } from "../../model/fairness.ts";
import { takerOf, type Take } from "../../problem/plain-step.ts";
import type { Edges, StateGraph } from "../../problem/state-graph.ts";
import { StateIndex } from "./state-index.ts";

const YES = 1;
const NO = 0;

/**
 * The state graph of a finished fast search: edges are expanded again from the tries, questions are learned as guards
 * and properties are.
 */
export class FastGraph<S> implements StateGraph<S> {
  readonly states: number;
  readonly levels: readonly number[];
  readonly #problem: Problem<S>;
  readonly #take: Take<S>;
  readonly #search: Search<S>;
  readonly #index: StateIndex;
  readonly #expander: Expander<S>;
  readonly #out: Successors;
  readonly #edges: Edges;
  readonly #trie: Trie;
  readonly #ids: Int32Array;

  constructor(problem: Problem<S>, search: Search<S>, levels: readonly number[], expanded: number) {
    const { store, space, steps } = search;
    const count = problem.steps.length;
    this.#problem = problem;
    this.#take = takerOf(problem);
    this.#search = search;
    this.states = expanded;
    this.levels = levels;
    this.#index = new StateIndex(store, expanded);
    this.#out = new Successors(count, store.words);
    this.#expander = new Expander(space, steps, this.#out, count);
    this.#edges = { count: 0, step: new Int32Array(count), to: new Int32Array(count) };
    this.#trie = new Trie(space);
    this.#ids = new Int32Array(space.interners.length);
  }

  /** Bytes that the index of this number of states takes. */
  static bytesFor(states: number): number {
    return 4 * 2 ** StateIndex.bits(states);
  }

  get bytes(): number {
    return this.#index.bytes + this.#trie.cells.byteLength;
  }

  edges(from: number): Edges {
    const { store } = this.#search;
    const out = this.#out;
    const edges = this.#edges;
    const { words } = store;
    out.count = 0;
    this.#expander.expand(store.chunk(from), store.at(from), from);
    edges.count = 0;
    for (let i = 0; i < out.count; i++) {
      const to = this.#index.idOf(out.words, i * words);
      if (to === from) continue;
      edges.step[edges.count] = out.step[i];
      edges.to[edges.count++] = to;
    }
    return edges;
  }

  ask(question: (state: S) => boolean): (id: number) => boolean {
    const cell = this.#trie.reserve(1);
    const { recorder } = this.#search.steps.learned;
    const learn = (id: number): number =>
      this.#learn(
        cell,
        () => question(recorder.before),
        () => question(this.#plain(id)),
      );
    return (id) => {
      this.#unpack(id);
      const known = this.#trie.follow(cell, this.#ids);
      return (known === 0 ? learn(id) : known) === ~YES;
    };
  }

  askStep(
    question: (before: S, after: S, taken: TakenBy) => boolean,
  ): (from: number, step: number) => boolean {
    const { steps } = this.#problem;
    const { recorder } = this.#search.steps.learned;
    const cells = this.#trie.reserve(steps.length);
    const learn = (from: number, id: number): number => {
      const { action, args, actor } = steps[id];
      const taken = { action: action.name, args, actor };
      return this.#learn(
        cells + id,
        () => {
          recorder.take(steps[id]);
          return question(recorder.before, recorder.after, taken);
        },
        () => {
          const before = this.#plain(from);
          return question(before, this.#take(steps[id], before)!.after, taken);
        },
      );
    };
    return (from, step) => {
      this.#unpack(from);
      const known = this.#trie.follow(cells + step, this.#ids);
      return (known === 0 ? learn(from, step) : known) === ~YES;
    };
  }

  path(id: number): Path {
    return this.#search.paths.to(id);
  }

  #unpack(id: number): void {
    const { space, store } = this.#search;
    unpack(space.layout, store.chunk(id), store.at(id), this.#ids);
  }

  #plain(id: number): S {
    return freeze(this.#search.state(id), true);
  }

  /** Asks on the recorder, and where that fails once more on the plain meaning, so that there is one wording. */
  #learn(cell: number, asked: () => boolean, plainly: () => boolean): number {
    const { recorder } = this.#search.steps.learned;
    let answer: boolean;
    try {
      answer = restartable(() => {
        recorder.begin(this.#ids);
        return asked();
      });
    } catch (error) {
      plainly();
      throw error;
    }
    return this.#trie.learn(cell, recorder.branches(), this.#ids, answer ? YES : NO);
  }
}
