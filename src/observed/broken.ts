import { markLabel } from "./labels.ts";
import type { Move, Moves, Observed } from "./moves.ts";
import { SILENT, type ObservedGraph } from "./observed-graph.ts";
import type { Breaks, Observing } from "./observing.ts";

/** A state of a run, and whether the run has broken what is asked by now. */
export interface Judged<S> {
  readonly state: S;
  readonly broken: boolean;
}

const UNBROKEN = "unbroken";
const BREAKS = "breaks";

/**
 * Where a run has not broken what is asked, in this state or before. Of the others nothing can be told by what they can do:
 * one that is about to break it, and does nothing else, would look like one that has.
 */
export const unbrokenLabel = markLabel(UNBROKEN);
const breaksLabel = markLabel(BREAKS);

/** What is known and said of a run, besides of its state whether it has broken what is asked. */
export const judgedBy = <S>(
  { marks, facts }: Pick<Observing<S>, "marks" | "facts">,
  breaks: Breaks<S>,
): Pick<Observing<Judged<S>>, "marks" | "facts"> => {
  const ofState = <T>(of: Readonly<Record<string, (state: S) => T>>) =>
    Object.fromEntries(
      Object.entries(of).map(([name, look]) => [name, ({ state }: Judged<S>) => look(state)]),
    );
  return {
    marks: {
      ...ofState(marks),
      [UNBROKEN]: ({ broken }) => !broken,
      [BREAKS]: ({ state }) => breaks.state(state),
    },
    facts: ofState(facts),
  };
};

/**
 * The states of runs that begin in any state, each with whether its run has broken what is asked since it began: in the state
 * where it began, in one that it came to, or by a step.
 */
export const judgedRuns = <S>({ states, movesOf }: Observed<S>, breaks: Breaks<S>): Observed<Judged<S>> => {
  const bad = states.map(breaks.state);
  const found: { readonly id: number; readonly broken: boolean }[] = [];
  const numbers = new Map<number, number>();
  const numberOf = (id: number, broken: boolean): number => {
    const key = 2 * id + (broken ? 1 : 0);
    const known = numbers.get(key) ?? found.push({ id, broken }) - 1;
    numbers.set(key, known);
    return known;
  };
  bad.forEach((broken, id) => numberOf(id, broken));
  const moves: Moves[] = [];
  for (let number = 0; number < found.length; number++) {
    const { id, broken } = found[number];
    const { taken, waiting } = movesOf(id);
    moves.push({
      taken: taken.map(({ breaks: breaking, ...move }): Move => {
        const after = broken || breaking === true || bad[move.to];
        return { ...move, to: numberOf(move.to, after) };
      }),
      waiting,
    });
  }
  return {
    states: found.map(({ id, broken }) => ({ state: states[id], broken })),
    movesOf: (number) => moves[number],
    // Those that begin were numbered first, as their states are.
    begins: (number) => found[number].id,
  };
};

const hasLabel = ({ first, label }: ObservedGraph, node: number, wanted: number): boolean => {
  for (let e = first[node]; e < first[node + 1]; e++) if (label[e] === wanted) return true;
  return false;
};

/** The nodes of a graph in which a run has broken what is asked. */
export const brokenNodes = (graph: ObservedGraph): ReadonlySet<number> => {
  const number = graph.labels.indexOf(unbrokenLabel);
  const nodes = Array.from({ length: graph.nodes }, (_, node) => node);
  return new Set(nodes.filter((node) => !hasLabel(graph, node, number)));
};

/** The same graph for captures of which each run begins unbroken, unless in a state that breaks what is asked. */
export const beginningUnbroken = (graph: ObservedGraph): ObservedGraph => {
  const broken = brokenNodes(graph);
  const breaks = graph.labels.indexOf(breaksLabel);
  const nodes = Array.from({ length: graph.nodes }, (_, node) => node);
  return {
    ...graph,
    starts: nodes.filter((node) => !broken.has(node) || (breaks > SILENT && hasLabel(graph, node, breaks))),
  };
};
