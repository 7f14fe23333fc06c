import type { Outcome } from "../../catalogue/outcome.ts";
import { noticedIn } from "../../check/noticed.ts";
import { grouped, plural } from "../../check/verdict.ts";
import type { Problem } from "../../problem/exploration.ts";
import { startOf } from "../../problem/plain-step.ts";
import { evidenceIn, type Reported, type ReportedRun, type ReportedVerdict } from "../formats/reported.ts";
import { headerRows, searchSentences } from "../summary.ts";
import type {
  Fact,
  PageCoverage,
  PageReport,
  PageRun,
  PageStart,
  PageTable,
  PageVerdict,
} from "./page-report.ts";
import { Shared, Surroundings } from "./surroundings.ts";

/** States that a page has, at most, besides those that runs pass: it is small enough to attach to a mail. */
const MOST_STATES = 4_000;
/** Of these, around the runs of one world. */
const MOST_OF_A_WORLD = 1_500;
/** Steps of all runs of a page, at most. */
const MOST_STEPS = 20_000;

/** What is known of a search besides its verdicts. */
export interface SearchDetail {
  readonly facts: readonly Fact[];
  readonly sentences: readonly string[];
  readonly coverage: readonly PageCoverage[] | null;
  /** Where there is one, walks begin at its start. */
  readonly problem: Problem<unknown> | null;
}

const nothing: SearchDetail = { facts: [], sentences: [], coverage: null, problem: null };

/** What `explore` knows of its search. */
export const detailOf = (outcome: Outcome): SearchDetail => ({
  facts: headerRows(outcome),
  sentences: searchSentences(outcome),
  coverage: outcome.coverage.actions,
  problem: outcome.problem,
});

/** A table of the verdicts that have a place in one. */
const tableOf = (verdicts: readonly ReportedVerdict[]): PageTable | null => {
  const cells = verdicts.flatMap(({ cell }) => cell ?? []);
  return cells.length === 0
    ? null
    : {
        rows: [...new Set(cells.map(({ row }) => row))],
        columns: [...new Set(cells.map(({ column }) => column))],
      };
};

const runOf = (
  { problem, trace, words }: ReportedRun,
  surroundings: Surroundings,
  space: number,
): PageRun => {
  const states = [surroundings.add(trace.start)];
  for (const { after } of trace.steps) states.push(surroundings.add(after, states.at(-1)));
  return {
    space,
    states,
    steps: trace.steps.map(({ step }) => step.id),
    loopAt: trace.loopAt ?? null,
    noticed: noticedIn(problem, trace).map(({ from, to, path }) => {
      const set = trace.steps[from].changes.find((change) => change.path === path);
      return [from, to, surroundings.leaf(path), set === undefined ? "" : surroundings.signal(path, set.to)];
    }),
    ...words(),
  };
};

/** The states of a world: its place among others, and how many it has in all. */
interface Space {
  readonly place: number;
  readonly of: Surroundings;
  readonly all: number;
}

/** The runs that a page shows, those that nobody expected before all others, and the states around them. */
class Runs {
  readonly #spaces = new Map<unknown, Space>();
  readonly #runs = new Map<ReportedRun, PageRun>();
  #left: number;

  readonly #starts: readonly (PageStart | null)[];

  constructor(reported: Reported, detail: readonly SearchDetail[], mostSteps: number) {
    this.#left = mostSteps;
    this.#starts = reported.worlds.map(({ states }, i) => this.#start(detail[i]?.problem ?? null, states));
    for (const { world, run } of evidenceIn(reported)) this.#add(run, world.states);
    this.#grow();
  }

  #space(problem: Problem<unknown>, all: number): Space {
    const known = this.#spaces.get(problem.model);
    const space = known ?? { place: this.#spaces.size, of: new Surroundings(problem), all };
    this.#spaces.set(problem.model, space);
    return space;
  }

  #start(problem: Problem<unknown> | null, all: number): PageStart | null {
    if (problem === null || problem.start.length === 0) return null;
    const { place, of } = this.#space(problem, all);
    return { space: place, states: problem.start.map((_, i) => of.add(startOf(problem, i))) };
  }

  #add(run: ReportedRun, states: number): void {
    if (this.#runs.has(run) || run.trace.steps.length > this.#left) return;
    this.#left -= run.trace.steps.length;
    const space = this.#space(run.problem, states);
    this.#runs.set(run, runOf(run, space.of, space.place));
  }

  /** Adds what is around the runs: first what could have happened on them, then what lies further away. */
  #grow(): void {
    let left = MOST_STATES;
    for (const { of } of this.#spaces.values()) {
      const passed = of.size;
      for (let place = 0; place < passed && of.size - passed < left; place++) of.look(place);
      left -= of.size - passed;
    }
    for (const { of } of this.#spaces.values()) {
      const before = of.size;
      of.grow(Math.min(MOST_OF_A_WORLD, before + left));
      left -= of.size - before;
    }
  }

  /** The run of a verdict; null where it is not shown. */
  run(run: ReportedRun): PageRun | null {
    return this.#runs.get(run) ?? null;
  }

  /** Where walks through a world begin, by its place. */
  start(world: number): PageStart | null {
    return this.#starts[world];
  }

  /** How many runs are shown. */
  get count(): number {
    return this.#runs.size;
  }

  /** The states of each world, as they grow. */
  get surroundings(): readonly Surroundings[] {
    return [...this.#spaces.values()].map(({ of }) => of);
  }

  /** The states of each world, as data, and what they have in common. */
  data(): Pick<PageReport, "spaces" | "actions" | "leaves" | "steps"> {
    const shared = new Shared();
    const spaces = [...this.#spaces.values()].map(({ of, all }) => of.data(saidOf(of.size, all), shared));
    const { actions, leaves, steps } = shared;
    return { actions: actions.all, leaves: leaves.all, steps: steps.all, spaces };
  }
}

const saidOf = (shown: number, all: number): string =>
  all > 0 && shown >= all
    ? `all ${plural(all, "state")} of this world`
    : `${plural(shown, "state")}${all > 0 ? ` of ${grouped(all)}` : ""}: those on the runs that are shown, and those nearest to them`;

/** A report as a page shows it, and the states in it, which can grow. */
export interface GrowingReport {
  readonly report: PageReport;
  readonly surroundings: readonly Surroundings[];
}

/**
 * A report as a page shows it. `detail` says more of each world, where more is known; `json` is the result as `--json` has it.
 * What would make the page too large is left out, and it says so.
 */
export const pageReportOf = (
  reported: Reported,
  json: unknown,
  detail: readonly SearchDetail[] = [],
  mostSteps = MOST_STEPS,
): GrowingReport => {
  const runs = new Runs(reported, detail, mostSteps);
  const { program, version, command, finished, worlds } = reported;
  const verdictOf = ({ run, replay, ...verdict }: ReportedVerdict): PageVerdict => ({
    name: verdict.name,
    property: verdict.property,
    statement: verdict.statement,
    verdict: verdict.verdict,
    standing: verdict.standing,
    // The verdict itself stands before it.
    message: verdict.message.replace(new RegExp(`^${verdict.verdict} `), ""),
    facts: verdict.facts ?? [],
    cell: verdict.cell ?? null,
    run: run && runs.run(run),
    replay: replay === null ? null : `${program} replay ${replay}${verdict.replayFlags ?? ""}`,
  });
  const verdicts = worlds.flatMap((world) => world.verdicts);
  const left = verdicts.filter(({ run }) => run !== null).length - runs.count;
  const report = {
    program,
    version,
    command,
    finished,
    worlds: worlds.map(({ name, source, command: again, states, refusal, verdicts: said }, place) => ({
      name,
      source,
      again,
      states,
      refusal,
      facts: (detail[place] ?? nothing).facts,
      sentences: (detail[place] ?? nothing).sentences,
      coverage: (detail[place] ?? nothing).coverage,
      start: runs.start(place),
      verdicts: said.map(verdictOf),
    })),
    table: tableOf(verdicts),
    ...runs.data(),
    left:
      left === 0
        ? []
        : [
            `${plural(left, "run")} of ${grouped(left + runs.count)} ${left === 1 ? "is" : "are"} left out, so that the page stays small: each has the command that prints it.`,
          ],
    json,
  };
  return { report, surroundings: runs.surroundings };
};
