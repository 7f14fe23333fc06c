import type { Searchable, Found, Searched } from "../problem/engine.ts";
import type { Bounds, Pulse } from "../problem/exploration.ts";
import { FastGraph } from "./graph/fast-graph.ts";
import { restore } from "./checkpoint/restore.ts";
import { fullFrontier, fullOf } from "./search/full-counts.ts";
import { Search } from "./search/search.ts";
import type { Keeping } from "./checkpoint/snapshot.ts";
import { ownMemory, sharedMemory } from "./values/memory.ts";
import type { Tally } from "./threads/tally.ts";
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

/** What the fast engine gives beyond the findings of any. */
export interface FastFound<S> extends Found<S> {
  readonly stats: Stats;
}

/**
 * The fast engine: states are packed vectors of interned component values, successors come from tries learned from the
 * recipes, visited states are probed in batches. It finds what the reference engine finds, in the same order, with any
 * number of workers, also where it goes on from a snapshot.
 * @throws CheckError when a guard, recipe or property throws, writes outside the schema, or writes where it may not.
 */
export const fastEngine = async <S>(
  problem: Searchable<S>,
  bounds: Bounds,
  pulse: Pulse,
  workers?: Workers,
  keeping?: Keeping<S>,
): Promise<Searched<S, FastFound<S>>> => {
  const alone = workers === undefined || workers.count === 1;
  const search = new Search(problem, bounds, alone ? ownMemory : sharedMemory);
  if (keeping?.from === undefined) search.begin();
  else restore(search, keeping.from);
  const team = alone
    ? undefined
    : new (await import("./threads/team.ts")).Team(search, problem, bounds, workers);
  let levels: readonly number[];
  try {
    levels = await exploreLevels(search, bounds, pulse, { team, keeping });
    await team?.report();
  } finally {
    await team?.end();
  }
  // It is needed only while states are looked for: liveness and a report have room where it was.
  search.visited.clear();
  return {
    stop: search.stop,
    found: foundBy(search, levels, team?.tallies ?? []),
    graph: (expanded, states) => new FastGraph(problem, search, expanded, states),
    graphBytes: (states) => FastGraph.bytesFor(states),
    tableBytes: (more) => search.peakBytes(more),
  };
};

const foundBy = <S>(
  search: Search<S>,
  levels: readonly number[],
  tallies: readonly Tally[],
): FastFound<S> => {
  const others = tallies.slice(1);
  search.settle();
  const { counted } = search;
  return {
    states: search.store.count,
    transitions: counted.transitions,
    ...(search.learnedModel.canonical && {
      full: fullOf([counted.full, fullFrontier(search), ...tallies.map(({ full }) => full)]),
    }),
    levels,
    frontier: search.store.count - search.expanded,
    deadlocks: counted.deadlocks,
    findings: counted.hits.map((hit, place) => ({
      antecedent: others.reduce(
        (sum, { seen }) => sum + seen[place],
        counted.seenBefore[place] + search.verdicts.seen(place),
      ),
      ...(hit === undefined ? {} : { path: search.paths.toHit(hit) }),
    })),
    fired: added(
      counted.fired,
      tallies.map(({ fired }) => fired),
    ),
    newStates: added(
      counted.newStates,
      tallies.map(({ newStates }) => newStates),
    ),
    state: (id) => search.state(id),
    row: (id) => search.row(id),
    codes: (id) => search.space.leafCodes(search.row(id)),
    path: (id) => search.paths.to(id),
    told: (id) => search.told(id),
    stats: {
      evaluations: others.reduce(
        (sum, { evaluations }) => sum + evaluations,
        search.steps.effects.evaluations,
      ),
      words: search.store.words,
      repacks: search.store.repacks,
      values: search.space.values,
    },
  };
};

const added = (first: Float64Array, others: readonly Float64Array[]): readonly number[] =>
  Array.from(first, (n, i) => others.reduce((sum, other) => sum + other[i], n));
