import type { Exploration, Problem } from "../problem/exploration.ts";
import { takerOf } from "../problem/plain-step.ts";
import type { Edges, StateGraph } from "../problem/state-graph.ts";

/** What the reference explorer found: the levels that it expanded, all its states and their numbers. */
export interface Found<S> extends Pick<Exploration<S>, "levels" | "path"> {
  readonly states: readonly S[];
  readonly idOf: (state: S) => number | undefined;
}

/** The state graph of the reference explorer: the steps from a state are taken again where they are first asked for. */
export const plainGraph = <S>(
  problem: Problem<S>,
  { states, idOf, levels, path }: Found<S>,
): StateGraph<S> => {
  const { steps } = problem;
  const take = takerOf(problem);
  const expanded = levels.reduce((sum, level) => sum + level, 0);
  const known: Edges[] = [];
  const edges = (from: number): Edges => {
    const moves = steps.flatMap((step) => {
      const after = take(step, states[from])?.after;
      const to = after === undefined ? from : (idOf(after) ?? -1);
      return to === from ? [] : [{ step: step.id, to: to < expanded ? to : -1 }];
    });
    return {
      count: moves.length,
      step: Int32Array.from(moves, ({ step }) => step),
      to: Int32Array.from(moves, ({ to }) => to),
    };
  };
  return {
    states: expanded,
    levels,
    path,
    bytes: 0,
    edges: (from) => (known[from] ??= edges(from)),
    ask: (question) => (id) => question(states[id]),
    askStep: (question) => (from, id) => {
      const { action, args, actor } = steps[id];
      const { after } = take(steps[id], states[from])!;
      return question(states[from], after, { action: action.name, args, actor });
    },
  };
};
