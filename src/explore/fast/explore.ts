import { refuseLiveness, type Bounds, type Exploration, type Problem, type Pulse } from "../exploration.ts";
import { FastGraph } from "../liveness/fast-graph.ts";
import { livenessOf, type Lived } from "../liveness/liveness.ts";
import { refuseUnproven } from "../por/reduced.ts";
import { Search } from "./search.ts";

/** How an exploration was done, for measuring. */
export interface Stats {
  /** How often a guard (and recipe) was run because its answer was not known yet. */
  readonly evaluations: number;
  /** 32-bit words of a packed state at the end. */
  readonly words: number;
  /** How often the stored states were rewritten with wider components. */
  readonly repacks: number;
  /** How many values each component type had. */
  readonly values: readonly number[];
}

/** What the fast explorer gives beyond the findings of any explorer. */
export interface FastExploration<S> extends Exploration<S> {
  readonly stats: Stats;
}

/**
 * The fast explorer: states are packed vectors of interned component values, successors come from tries learned from the
 * recipes, visited states are probed in batches. It finds what `exploreReference` finds, in the same order.
 * @throws CheckError when a guard, recipe or property throws, writes outside the schema, or writes where it may not.
 */
export const exploreFast = async <S>(
  problem: Problem<S>,
  bounds: Bounds = {},
  pulse: Pulse = () => undefined,
): Promise<FastExploration<S>> => {
  if (problem.symmetry !== undefined) refuseLiveness(problem.properties, "a search with --symmetry");
  refuseUnproven(problem, bounds);
  const search = new Search(problem, bounds);
  const levels = await walk(search, bounds, pulse);
  const { stop, store, transitions } = search;
  const live = await livenessOf({
    problem,
    bounds,
    stop,
    levels,
    graph: (levels, states) => new FastGraph(problem, search, levels, states),
    bytesFor: (states) => FastGraph.bytesFor(states),
    ask: (more) =>
      pulse({ depth: levels.length - 1, states: store.count, transitions, frontier: 0, ...more }),
  });
  return resultOf(search, levels, live);
};

/** Expands the states level by level until none is left or something stops the search; gives the levels. */
const walk = async <S>(search: Search<S>, bounds: Bounds, pulse: Pulse): Promise<readonly number[]> => {
  const { store } = search;
  const levels: number[] = [];
  const ask = async (next: number, wantsBytes: number): Promise<void> => {
    const { transitions } = search;
    const frontier = store.count - next;
    const answer = pulse({
      depth: levels.length - 1,
      states: store.count,
      transitions,
      frontier,
      wantsBytes,
    });
    search.stop ??= answer instanceof Promise ? await answer : answer;
  };
  for (let next = 0; search.stop === undefined && next < store.count;) {
    levels.push(store.count - next);
    if (levels.length - 1 === bounds.depth) {
      search.stop = "depth";
      break;
    }
    for (const end = store.count; search.stop === undefined && next < end;) {
      const from = next;
      next = search.fill(from, end);
      if (search.wantsBytes > 0) await ask(from, search.wantsBytes);
      if (search.stop !== undefined) break;
      search.flush();
      search.widen();
      await ask(next, 0);
    }
  }
  const counted = levels.reduce((sum, level) => sum + level, 0);
  if (store.count > counted) levels.push(store.count - counted);
  return levels;
};

const resultOf = <S>(search: Search<S>, levels: readonly number[], live: Lived): FastExploration<S> => ({
  stop: live.stop,
  states: search.store.count,
  transitions: search.transitions,
  levels,
  deadlocks: search.deadlocks,
  findings: search.hits.map((hit, place) => ({
    antecedent: search.verdicts.seen(place),
    ...(hit === undefined ? {} : { path: search.runTo(hit) }),
    ...live.findings.get(place),
  })),
  fired: [...search.fired],
  newStates: [...search.newStates],
  state: (id) => search.state(id),
  row: (id) => search.row(id),
  path: (id) => search.paths.to(id),
  tableBytes: search.peakBytes + live.bytes,
  stats: {
    evaluations: search.steps.effects.evaluations,
    words: search.store.words,
    repacks: search.repacks,
    values: search.space.values,
  },
});
