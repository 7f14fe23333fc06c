import { casesAt, groupsUnless, shardOf, type CaseGroup } from "../../catalogue/cases.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { checkGroup, standing, type CaseResult } from "../../catalogue/gate.ts";
import { optionsWithoutEffect } from "../../catalogue/no-effect.ts";
import type { Asked } from "../../catalogue/outcome.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import type { Property } from "../../model/property.ts";
import type { Bounds, Explore, Stop } from "../../problem/exploration.ts";
import type { GateSummary } from "../../report/gate-report.ts";
import { checkShared, wholeSourceOf } from "../flags/source.ts";
import { meterOf } from "../search/progress.ts";
import { watch, type Watch } from "../search/watch.ts";
import type { Io } from "../terminal/io.ts";
import { accepting, type Accepted } from "./baseline.ts";
import type { Wanted } from "./cases-wanted.ts";
import type { CheckFlags } from "./check-flags.ts";
import type { KeptCases } from "./kept-cases.ts";
import type { PooledModels } from "./pooled-models.ts";

/** What is checked, and how. */
export interface Checking {
  readonly catalogue: Catalogue;
  readonly wanted: Wanted;
  readonly accepted: readonly Accepted[];
  readonly flags: CheckFlags;
  /** Cases that are kept, where any are. */
  readonly kept: KeptCases | undefined;
  /** Receives the cases of each model as they are judged. */
  readonly tell: (results: readonly CaseResult[]) => void;
}

/** What was found, of which of the models, and why not all was looked at. */
export interface Searched {
  readonly results: readonly CaseResult[];
  readonly groups: readonly CaseGroup[];
  readonly stop: GateSummary["stop"];
  /** Scenarios whose models were not all built. */
  readonly left: number;
}

const NOTHING_YET = { depth: 0, states: 0, transitions: 0, frontier: 0, wantsBytes: 0 };

/** Fewer models than this are searched before threads have loaded what they need. */
const WORTH = 8;

/** How many threads search: as many as there are processors, unless it is said. */
const threadsFor = ({ workers }: CheckFlags, io: Io): number =>
  Math.max(1, Math.min(workers ?? io.processors, io.processors));

/** The models of a scenario, and what is asked of them. */
interface Part {
  readonly scenario: AnyScenario;
  readonly groups: readonly CaseGroup[];
  readonly properties: readonly Property<unknown>[];
}

const boundsOf = ({ maxStates }: CheckFlags): Bounds =>
  maxStates === undefined ? {} : { states: maxStates };

/**
 * Whether threads may search whole models: a limit on memory is one for all, the first failure ends those that come after
 * it, and what comes from a file, or is changed, is known to this thread only.
 */
const mayBePooled = ({ catalogue, flags }: Checking, io: Io): boolean => {
  const { module, files = [], flipped } = catalogue;
  const { list, failFast, maxMemory } = flags;
  const isShared = module !== undefined && files.length === 0 && flipped === undefined;
  return (
    isShared && threadsFor(flags, io) > 1 && list !== true && failFast !== true && maxMemory === undefined
  );
};

/** Threads that search whole models, where these are many; nothing where they are not. */
const poolFor = async (
  { catalogue, flags }: Checking,
  parts: readonly Part[],
  io: Io,
): Promise<PooledModels | undefined> => {
  const { module, sizes } = catalogue;
  if (module === undefined || parts.flatMap(({ groups }) => groups).length < WORTH) return undefined;
  const { PooledModels } = await import("./pooled-models.ts");
  return new PooledModels({ module, sizes, count: threadsFor(flags, io), bounds: boundsOf(flags) }, parts);
};

/** The engine for the models of a scenario: in one thread or several. */
const engineFor = async (
  catalogue: Catalogue,
  group: CaseGroup,
  properties: readonly { readonly id: string }[],
  workers: number,
): Promise<Explore> => {
  const { exploreFast } = await import("../../explore.ts");
  if (workers === 1) return exploreFast;
  const [{ scenario, choice }] = group.cases;
  const ids = properties.map(({ id }) => id);
  return async (problem, bounds, pulse) => {
    if (problem.start.length === 0) return exploreFast(problem, bounds, pulse);
    const source = wholeSourceOf(catalogue, { scenario, choice, properties: ids });
    return exploreFast(problem, bounds, pulse, { count: workers, source, prestarted: undefined });
  };
};

const askedOf = ({ maxStates, maxMemory, timeLimit }: CheckFlags): Asked => ({
  depth: null,
  switches: null,
  states: maxStates ?? null,
  memoryBytes: maxMemory ?? null,
  seconds: timeLimit ?? null,
});

/** Builds the models of scenarios, searches them and judges their cases, until something ends it. */
class Checked {
  readonly results: CaseResult[] = [];
  readonly groups: CaseGroup[] = [];
  stop: GateSummary["stop"] = null;
  /** How many models were judged. */
  judged = 0;
  readonly #checking: Checking;
  readonly #io: Io;
  readonly #watching: Watch;
  readonly #accept: (result: CaseResult) => CaseResult;
  /** What is kept of models, which are not searched then. */
  readonly #known = new Map<CaseGroup, readonly CaseResult[]>();
  /** Models of all scenarios so far and of whatever shard. */
  #all = 0;

  constructor(checking: Checking, io: Io, watching: Watch) {
    this.#checking = checking;
    this.#accept = accepting(checking.accepted);
    this.#io = io;
    this.#watching = watching;
  }

  /** The models of a scenario that are of the shard, built; nothing where all is to end. */
  async built(scenario: AnyScenario): Promise<Part | undefined> {
    const { wanted, flags, kept } = this.#checking;
    const all = await this.#groupsOf(scenario);
    if (all === undefined) return undefined;
    const mine = shardOf(all, flags.shard ?? { shard: 1, of: 1 }, this.#all);
    this.#all += all.length;
    const properties = wanted.propertiesOf(scenario);
    for (const group of mine) {
      this.groups.push(group);
      const results = flags.list === true ? undefined : kept?.results(group, properties);
      if (results !== undefined) this.#known.set(group, results);
    }
    return { scenario, groups: mine, properties };
  }

  /** What is left to be searched of the models of a scenario. */
  unknownOf({ groups, ...part }: Part): Part {
    return { ...part, groups: groups.filter((group) => !this.#known.has(group)) };
  }

  /** All models of a scenario: built, unless it is kept which of its cases come to the same; nothing where all is to end. */
  async #groupsOf(scenario: AnyScenario): Promise<readonly CaseGroup[] | undefined> {
    const { wanted, kept } = this.#checking;
    const stopped = async (): Promise<boolean> => this.#ends(await this.#watching.pulse(NOTHING_YET));
    const cases = casesAt(scenario, wanted.at).filter(wanted.wants);
    const known = kept?.groups(cases);
    if (known !== undefined) return (await stopped()) ? undefined : known;
    const groups = await groupsUnless(cases, stopped);
    if (groups !== undefined) kept?.keepGroups(cases, groups);
    return groups;
  }

  /** Searches the models of a scenario; whether another is wanted. */
  async goThrough(part: Part, pool: PooledModels | undefined): Promise<boolean> {
    const { flags, tell } = this.#checking;
    for (const group of part.groups) {
      const found = this.#known.get(group) ?? (await this.#judged(group, part, pool));
      if (this.#ends(found[0].stop)) return false;
      this.judged++;
      const accepted = found.map(this.#accept);
      for (const result of accepted) this.results.push(result);
      this.#watching.clear();
      tell(accepted);
      if (flags.failFast === true && accepted.some((result) => standing(result) === "FAIL")) {
        this.stop = "failure";
        return false;
      }
    }
    return true;
  }

  /** Searches a model, or has it searched, and judges its cases. */
  async #judged(
    group: CaseGroup,
    { scenario, properties }: Part,
    pool: PooledModels | undefined,
  ): Promise<readonly CaseResult[]> {
    const { catalogue, flags, kept } = this.#checking;
    const { exploreFast } = await import("../../explore.ts");
    const workers = pool === undefined && flags.workers !== undefined ? threadsFor(flags, this.#io) : 1;
    const alone = await engineFor(catalogue, group, properties, workers);
    const pooled = pool?.explorer(group, alone);
    const begun = this.#io.now();
    const judged = await checkGroup(group, {
      explore: pooled?.explore ?? alone,
      asked: askedOf(flags),
      pulse: this.#watching.pulse,
      properties,
      again: exploreFast,
    });
    const seconds = pooled?.seconds() ?? (this.#io.now() - begun) / 1000;
    const results = judged.map((result) => ({
      ...result,
      seconds,
      noEffect: optionsWithoutEffect(scenario, result.choice),
    }));
    kept?.keep(results, properties);
    return results;
  }

  /** Whether all is to end; that memory is short is for the searches to say. */
  #ends(why: Stop | undefined): boolean {
    if (why === "time" || why === "interrupted") this.stop = why;
    return this.stop !== null;
  }
}

/**
 * Builds and searches one model after the other, or gives all to threads once they are built: a limit, an interrupt or, if
 * asked, a failure ends it.
 */
export const searched = async (checking: Checking, io: Io): Promise<Searched> => {
  const { catalogue, flags } = checking;
  const { scenarios } = checking.wanted;
  const { maxMemory, timeLimit, quiet, list } = flags;
  if (flags.workers !== undefined && threadsFor(flags, io) > 1) checkShared(catalogue);
  let pool: PooledModels | undefined;
  const which = (): string =>
    pool === undefined ? "" : `model ${checked.judged + 1} of ${checked.groups.length}  `;
  const meter = meterOf(io, quiet === true, which);
  const watching = watch(io, { memoryBytes: maxMemory, seconds: timeLimit }, meter);
  const checked = new Checked(checking, io, watching);
  const left = (place: number): Searched => {
    const { results, groups, stop } = checked;
    return { results, groups, stop, left: scenarios.length - place };
  };
  try {
    const parts: Part[] = [];
    for (const [place, scenario] of mayBePooled(checking, io) ? scenarios.entries() : []) {
      const part = await checked.built(scenario);
      if (part === undefined) return left(place);
      parts.push(part);
    }
    pool = await poolFor(
      checking,
      parts.map((part) => checked.unknownOf(part)),
      io,
    );
    for (const [place, scenario] of scenarios.entries()) {
      const part = parts[place] ?? (await checked.built(scenario));
      if (part === undefined) return left(place);
      if (list !== true && !(await checked.goThrough(part, pool))) return left(place + 1);
    }
  } finally {
    await pool?.end();
    watching.end();
  }
  return left(scenarios.length);
};
