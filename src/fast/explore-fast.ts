import { checkBounds } from "../problem/check-bounds.ts";
import { beyondIn, endOf, unwatched, watched } from "../problem/constrained.ts";
import {
  refuseLiveness,
  type Bounds,
  type Exploration,
  type Problem,
  type Pulse,
  type Stop,
} from "../problem/exploration.ts";
import { FastGraph } from "./graph/fast-graph.ts";
import { livenessOf, type Lived } from "../liveness/liveness.ts";
import { refuseUnproven } from "../methods/por/reduced.ts";
import { restore } from "./checkpoint/restore.ts";
import { Search } from "./search/search.ts";
import type { Keeping } from "./checkpoint/snapshot.ts";
import { ownMemory, sharedMemory } from "./values/memory.ts";
import type { Tally } from "./threads/tally.ts";
import type { Team } from "./threads/team.ts";
import { exploreLevels } from "./explore-levels.ts";
import type { Workers } from "./threads/workers.ts";

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
 * recipes, visited states are probed in batches. It finds what `exploreReference` finds, in the same order, with any
 * number of workers, also where it goes on from a snapshot.
 * @throws CheckError when a guard, recipe or property throws, writes outside the schema, or writes where it may not.
 */
export const exploreFast = async <S>(
  asked: Problem<S>,
  bounds: Bounds = {},
  pulse: Pulse = () => undefined,
  workers?: Workers,
  keeping?: Keeping<S>,
): Promise<FastExploration<S>> => {
  checkBounds(bounds);
  const problem = watched(asked);
  if (problem.symmetry !== undefined) refuseLiveness(problem.properties, "a search with --symmetry");
  refuseUnproven(problem, bounds);
  const alone = workers === undefined || workers.count === 1;
  const search = new Search(problem, bounds, alone ? ownMemory : sharedMemory);
  if (keeping?.from === undefined) search.begin();
  else restore(search, keeping.from);
  const team = alone
    ? undefined
    : new (await import("./threads/team.ts")).Team(search, problem, bounds, workers);
  try {
    const levels = await exploreLevels(search, bounds, pulse, { team, keeping });
    await letGo(search, team);
    const tallies = team?.tallies ?? [];
    const stop = endOf(search.stop, beyondIn(asked, seenBy(search, tallies)));
    const live = await lived(problem, bounds, pulse, search, { stop, levels });
    search.otherBytes += live.bytes;
    search.measure();
    return resultOf(asked, search, levels, live, tallies);
  } finally {
    await team?.end();
  }
};

/** Frees what is needed only while states are looked for: what comes then, liveness and a report, has room where it was. */
const letGo = async <S>({ visited }: Search<S>, team: Team<S> | undefined): Promise<void> => {
  await team?.report();
  await team?.end();
  visited.clear();
};

const lived = <S>(
  problem: Problem<S>,
  bounds: Bounds,
  pulse: Pulse,
  search: Search<S>,
  { stop, levels }: { readonly stop: Stop | undefined; readonly levels: readonly number[] },
): Promise<Lived> => {
  const { store, transitions } = search;
  return livenessOf({
    problem,
    bounds,
    stop,
    levels,
    graph: (levels, states) => new FastGraph(problem, search, levels, states),
    bytesFor: (states) => FastGraph.bytesFor(states),
    ask: (more) =>
      pulse({ depth: levels.length - 1, states: store.count, transitions, frontier: 0, ...more }),
  });
};

/** How many states or transitions all threads together saw a property in. */
const seenBy = <S>(
  { seenBefore, verdicts }: Search<S>,
  tallies: readonly Tally[],
): ((place: number) => number) => {
  const others = tallies.slice(1);
  return (place) =>
    others.reduce((sum, tally) => sum + tally.seen[place], seenBefore[place] + verdicts.seen(place));
};

const resultOf = <S>(
  asked: Problem<S>,
  search: Search<S>,
  levels: readonly number[],
  live: Lived,
  tallies: readonly Tally[],
): FastExploration<S> => {
  const others = tallies.slice(1);
  const seen = seenBy(search, tallies);
  return {
    stop: live.stop,
    states: search.store.count,
    transitions: search.transitions,
    levels,
    frontier: search.store.count - search.expanded,
    deadlocks: search.deadlocks,
    ...unwatched(
      asked,
      search.hits.map((hit, place) => ({
        antecedent: seen(place),
        ...(hit === undefined ? {} : { path: search.runTo(hit) }),
        ...live.findings.get(place),
      })),
    ),
    fired: added(
      search.fired,
      tallies.map(({ fired }) => fired),
    ),
    newStates: added(
      search.newStates,
      tallies.map(({ newStates }) => newStates),
    ),
    state: (id) => search.state(id),
    row: (id) => search.row(id),
    path: (id) => search.paths.to(id),
    told: (id) => search.told(id),
    tableBytes: search.peakBytes,
    stats: {
      evaluations: others.reduce(
        (sum, { evaluations }) => sum + evaluations,
        search.steps.effects.evaluations,
      ),
      words: search.store.words,
      repacks: search.repacks,
      values: search.space.values,
    },
  };
};

const added = (first: Float64Array, others: readonly Float64Array[]): readonly number[] =>
  Array.from(first, (n, i) => others.reduce((sum, other) => sum + other[i], n));
