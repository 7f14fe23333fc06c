import type { Path } from "../problem/exploration.ts";
import type { Conditions } from "./conditions.ts";
import { fairComponents } from "./fair-components.ts";
import { PATIENCE, type StateGraph, type Work } from "../problem/state-graph.ts";
import { loopFrom, type LoopEdge } from "./loop.ts";
import type { Question } from "./live-question.ts";
import { regionOf, type Region } from "./region.ts";

/** The run to a state of the region, entered as the question wants it. */
const stemTo = <S>(graph: StateGraph<S>, region: Region, id: number): Path => {
  const { at, along } = region.entry(id);
  const { start, steps } = graph.path(at);
  const rest = along.slice(1).map((to, i) => {
    const edges = graph.edges(along[i]);
    return edges.step[edges.to.indexOf(to)];
  });
  return { start, steps: [...steps, ...rest] };
};

/** The nearest state where everything may stop for ever. */
export const restIn = function* <S>(
  region: Region,
  { must }: Question,
  conditions: Conditions<S>,
): Work<number | undefined> {
  let looked = 0;
  for (const id of region.order) {
    if ((must === undefined || must(id)) && conditions.enabled(id) === 0) return id;
    if (++looked % PATIENCE === 0) yield;
  }
  return undefined;
};

/**
 * A short fair behaviour that answers a question, as a run that goes on for ever from its state `loopAt`: by the steps
 * after it, again and again, or if there are none by stopping. The nearest place to stop comes first, else the nearest
 * fair component; the way round is short, not always shortest.
 */
export const lassoOf = function* <S>(
  graph: StateGraph<S>,
  question: Question,
  conditions: Conditions<S>,
): Work<Path | undefined> {
  const region = yield* regionOf(graph, question);
  const lasso = (at: number, loop: readonly LoopEdge[]): Path => {
    const { start, steps } = stemTo(graph, region, at);
    return { start, steps: [...steps, ...loop.map(({ step }) => step)], loopAt: steps.length };
  };
  const rest = yield* restIn(region, question, conditions);
  if (rest !== undefined) return lasso(rest, []);
  const { groups, fair } = yield* fairComponents(graph, region, question, conditions);
  const nearest = region.order.find((id) => fair.has(groups[id]));
  if (nearest === undefined) return undefined;
  const part = { has: (id: number) => groups[id] === groups[nearest], allowed: question.allowed };
  return lasso(nearest, loopFrom(graph, nearest, part, question, conditions));
};
