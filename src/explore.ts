import { fastEngine, type FastFound } from "./fast/fast-engine.ts";
import type { Keeping } from "./fast/checkpoint/snapshot.ts";
import type { Workers } from "./fast/threads/workers.ts";
import { livenessOf } from "./liveness/liveness.ts";
import { overlaid } from "./methods/overlay.ts";
import { checkBounds } from "./problem/check-bounds.ts";
import { beyondIn, endOf, unwatched, watched } from "./problem/constrained.ts";
import type { Found, Searchable, Searched } from "./problem/engine.ts";
import type { Bounds, Exploration, Explore, Problem, Pulse } from "./problem/exploration.ts";
import { referenceEngine } from "./reference/reference-engine.ts";

/** What the fast engine gives beyond the findings of any. */
export type FastExploration<S> = Exploration<S> & FastFound<S>;

/** Explores with the reference engine, the meaning of a model. @throws CheckError as its engine does. */
export const exploreReference: Explore = (problem, bounds = {}, pulse = () => undefined) =>
  explored(problem, bounds, pulse, (asked) => referenceEngine(asked, bounds, pulse));

/**
 * Explores with the fast engine: it finds what `exploreReference` finds, in the same order, with any number of workers,
 * also where it goes on from a snapshot.
 * @throws CheckError as its engine does.
 */
export const exploreFast = <S>(
  problem: Problem<S>,
  bounds: Bounds = {},
  pulse: Pulse = () => undefined,
  workers?: Workers,
  keeping?: Keeping<S>,
): Promise<FastExploration<S>> =>
  explored(problem, bounds, pulse, (asked) => fastEngine(asked, bounds, pulse, workers, keeping));

/**
 * The one way from a question to an exploration: the methods are laid over the problem, an engine finds and judges the
 * states, and liveness is asked of the graph that it leaves.
 */
const explored = async <S, F extends Found<S>>(
  asked: Problem<S>,
  bounds: Bounds,
  pulse: Pulse,
  search: (problem: Searchable<S>) => Promise<Searched<S, F>>,
): Promise<F & Exploration<S>> => {
  checkBounds(bounds);
  const problem = watched(asked);
  const searched = await search(overlaid(problem, bounds));
  const { found, graph, graphBytes } = searched;
  const { levels, states, transitions, findings } = found;
  const live = await livenessOf({
    problem,
    bounds,
    stop: endOf(
      searched.stop,
      beyondIn(asked, (place) => findings[place].antecedent),
    ),
    levels,
    graph,
    bytesFor: graphBytes,
    ask: (more) => pulse({ depth: levels.length - 1, states, transitions, frontier: 0, ...more }),
  });
  return {
    ...found,
    stop: live.stop,
    ...unwatched(
      asked,
      findings.map((finding, place) => ({ ...finding, ...live.findings.get(place) })),
    ),
    tableBytes: searched.tableBytes(live.bytes),
  };
};
