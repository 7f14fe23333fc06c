import { fastEngine, type FastFound } from "./fast/fast-engine.ts";
import type { Keeping } from "./fast/checkpoint/snapshot.ts";
import type { Workers } from "./fast/threads/workers.ts";
import { livenessOf } from "./liveness/liveness.ts";
import { overlaid } from "./methods/overlay.ts";
import { checkBounds } from "./problem/check-bounds.ts";
import { EndlessStepError } from "./problem/endless-step.ts";
import { beyondIn, endOf, unwatched, watched } from "./problem/constrained.ts";
import type { Found, Searchable, Searched } from "./problem/engine.ts";
import type { Bounds, Exploration, Explore, Problem, Pulse } from "./problem/exploration.ts";
import { referenceEngine } from "./reference/reference-engine.ts";

/** What the fast engine gives beyond the findings of any. */
export type FastExploration<S> = Exploration<S> & FastFound<S>;

/** Explores with the reference engine, the meaning of a model. @throws CheckError as its engine does. */
export const exploreReference: Explore = (problem, bounds = {}, pulse = () => undefined) =>
  explored(problem, bounds, pulse, (asked, within) => referenceEngine(asked, within, pulse));

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
  explored(problem, bounds, pulse, (asked, within) =>
    // What is kept of a search is of one within its own bounds.
    fastEngine(asked, within, pulse, workers, within === bounds ? keeping : undefined),
  );

/** Searches within bounds. */
type Search<S, F extends Found<S>> = (problem: Searchable<S>, within: Bounds) => Promise<Searched<S, F>>;

/**
 * Searches, and where a step does not end comes back with all that is nearer to the start than the state in which it is
 * taken, that state too, and with the run to there.
 */
const toEnd = async <S, F extends Found<S>>(
  problem: Problem<S>,
  bounds: Bounds,
  search: Search<S, F>,
): Promise<Searched<S, F> & Pick<Exploration<S>, "endless">> => {
  try {
    return await search(overlaid(problem, bounds), bounds);
  } catch (error) {
    if (!(error instanceof EndlessStepError)) throw error;
    const within = { ...bounds, depth: error.path.steps.length };
    // A reduced search comes there late, and by a run that need not be a shortest one.
    const { dependence: _, notReduced: __, ...whole } = problem;
    // oxlint-disable-next-line unbounded/no-recursion -- each time by a shorter run
    const { stop, endless = error.path, ...searched } = await toEnd(whole, within, search);
    return { ...searched, stop: stop === "depth" ? "violation" : stop, endless };
  }
};

/**
 * The one way from a question to an exploration: the methods are laid over the problem, an engine finds and judges the
 * states, and liveness is asked of the graph that it leaves.
 */
const explored = async <S, F extends Found<S>>(
  asked: Problem<S>,
  bounds: Bounds,
  pulse: Pulse,
  search: Search<S, F>,
): Promise<F & Exploration<S>> => {
  checkBounds(bounds);
  const problem = watched(asked);
  const searched = await toEnd(problem, bounds, search);
  const { found, graph, graphBytes, endless } = searched;
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
    ...(endless && { endless }),
    stop: live.stop,
    ...unwatched(
      asked,
      findings.map((finding, place) => ({ ...finding, ...live.findings.get(place) })),
    ),
    tableBytes: searched.tableBytes(live.bytes),
  };
};
