import type { Part } from "./components.ts";
import type { Conditions } from "./conditions.ts";
import type { StateGraph } from "../problem/state-graph.ts";
import type { Question } from "./live-question.ts";
import { IntStack } from "./stack.ts";

/** A step that may be taken inside a component. */
export interface LoopEdge {
  readonly from: number;
  readonly step: number;
  readonly to: number;
}

const UNSEEN = -1;

/** Shortest ways inside a component. */
class Ways<S> {
  readonly #graph: StateGraph<S>;
  readonly #part: Part;
  /** The state that each state was reached from. */
  readonly #came: Int32Array;

  constructor(graph: StateGraph<S>, part: Part) {
    this.#graph = graph;
    this.#part = part;
    this.#came = new Int32Array(graph.states).fill(UNSEEN);
  }

  /** A shortest way from a state that ends in a move that will do. @throws Error when there is none. */
  to(start: number, will: (move: LoopEdge) => boolean): readonly LoopEdge[] {
    const came = this.#came;
    const met = new IntStack();
    const meet = (id: number, from: number): void => {
      came[id] = from;
      met.push(id);
    };
    meet(start, start);
    try {
      for (let next = 0; next < met.length; next++)
        for (const move of this.#moves(met.at(next))) {
          if (will(move)) return [...this.#back(move.from), move];
          if (came[move.to] === UNSEEN) meet(move.to, move.from);
        }
    } finally {
      for (const id of met.cut(0)) came[id] = UNSEEN;
    }
    throw new Error(`no way from state ${start} inside its component`);
  }

  /** The moves that led to a state. */
  #back(end: number): readonly LoopEdge[] {
    const back: LoopEdge[] = [];
    for (let to = end; this.#came[to] !== to; to = this.#came[to])
      back.push(this.#moves(this.#came[to]).find((move) => move.to === to)!);
    return back.toReversed();
  }

  #moves(from: number): readonly LoopEdge[] {
    const { count, step, to } = this.#graph.edges(from);
    const { has, allowed } = this.#part;
    return Array.from({ length: count }, (_, i) => ({ from, step: step[i], to: to[i] })).filter(
      (move) => move.to >= 0 && has(move.to) && (allowed === undefined || allowed(from, move.step)),
    );
  }
}

/**
 * A short way round inside a fair component, from a state back to it, that meets every condition: the shortest if it
 * does, else from each state to the nearest step or state that meets something more, and back.
 */
export const loopFrom = <S>(
  graph: StateGraph<S>,
  start: number,
  part: Part,
  { must }: Question,
  conditions: Conditions<S>,
): readonly LoopEdge[] => {
  const { sets, weak, strong } = conditions;
  const ways = new Ways(graph, part);
  const home = ({ to }: LoopEdge): boolean => to === start;

  /** What going round this way for ever would leave unmet; a weak condition is also met where it could not be. */
  const unmet = (way: readonly LoopEdge[]): number => {
    let [somewhere, everywhere, taken] = [0, conditions.enabled(start), 0];
    for (const { from, step, to } of way) {
      somewhere = sets.union(somewhere, conditions.enabled(to));
      everywhere = sets.meet(everywhere, conditions.enabled(to));
      taken = sets.union(taken, conditions.taken(from, step));
    }
    return sets.without(sets.union(sets.meet(everywhere, weak), sets.meet(somewhere, strong)), taken);
  };
  const visits = (way: readonly LoopEdge[]): boolean => must === undefined || way.some(({ to }) => must(to));
  const round = ways.to(start, home);
  if (visits(round) && unmet(round) === 0) return round;
  for (let way: readonly LoopEdge[] = []; ;) {
    const left = unmet(way);
    const visited = visits(way);
    const helps = ({ from, step, to }: LoopEdge): boolean =>
      sets.meet(left, conditions.taken(from, step)) !== 0 ||
      sets.without(sets.meet(left, weak), conditions.enabled(to)) !== 0 ||
      (!visited && must!(to));
    const done = left === 0 && visited;
    const at = way.at(-1)?.to ?? start;
    if (done && way.length > 0 && at === start) return way;
    way = [...way, ...ways.to(at, done ? home : helps)];
  }
};
