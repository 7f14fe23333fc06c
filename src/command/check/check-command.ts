import { groupsUnless, shardOf, type CaseGroup } from "../../catalogue/cases.ts";
import { checkGroup, standing, type CaseResult } from "../../catalogue/gate.ts";
import { optionsWithoutEffect } from "../../catalogue/no-effect.ts";
import type { Asked } from "../../catalogue/outcome.ts";
import type { Explore, Stop } from "../../problem/exploration.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { caseLine, caseText } from "../../report/case-line.ts";
import { gateJson, gateLines, type GateSummary } from "../../report/gate-report.ts";
import { failureLines } from "../../report/gate-failures.ts";
import { painted } from "../../report/paint.ts";
import { isFile, withFiles } from "../flags/scenario-file.ts";
import type { Catalogue, Load } from "../../catalogue/catalogue.ts";
import { reportFiles, takesStdout } from "../flags/report-files.ts";
import { colourOf } from "../flags/trace-flags.ts";
import { checkShared, wholeSourceOf } from "../flags/source.ts";
import { writeReports, type Findings } from "../flags/write-reports.ts";
import { accepting, fixed, readBaseline, type Accepted } from "./baseline.ts";
import { casesWanted, type Wanted } from "./cases-wanted.ts";
import type { CheckFlags } from "./check-flags.ts";
import { checkReported } from "./check-reported.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { meterOf } from "../search/progress.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import { watch } from "../search/watch.ts";

const exitOf = (results: readonly CaseResult[], { stop, fixed }: GateSummary): number => {
  if (stop === "interrupted") return EXIT.interrupted;
  const all = new Set(results.map(standing));
  if (all.has("FAIL") || (fixed?.length ?? 0) > 0) return EXIT.unexpected;
  return stop !== null || all.has("open") ? EXIT.limit : EXIT.asExpected;
};

/** What is checked, and how. */
interface Checking {
  readonly catalogue: Catalogue;
  readonly wanted: Wanted;
  readonly accepted: readonly Accepted[];
  readonly flags: CheckFlags;
  /** Receives the cases of each model as they are judged. */
  readonly tell: (results: readonly CaseResult[]) => void;
}

/** What was found, of which of the models, and why not all was looked at. */
interface Searched {
  readonly results: readonly CaseResult[];
  readonly groups: readonly CaseGroup[];
  readonly stop: GateSummary["stop"];
  /** Scenarios whose models were not all built. */
  readonly left: number;
}

const NOTHING_YET = { depth: 0, states: 0, transitions: 0, frontier: 0, wantsBytes: 0 };

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
  const source = wholeSourceOf(catalogue, { scenario, choice, properties: ids });
  return async (problem, bounds, pulse) =>
    exploreFast(
      problem,
      bounds,
      pulse,
      problem.start.length === 0 ? undefined : { count: workers, source, prestarted: undefined },
    );
};

/** Builds and searches one model after the other: a limit, an interrupt or, if asked, a failure ends it. */
const searched = async (
  { catalogue, wanted, accepted, flags, tell }: Checking,
  io: Io,
): Promise<Searched> => {
  const { shard = { shard: 1, of: 1 }, maxStates, maxMemory, timeLimit, quiet, failFast, list } = flags;
  const asked: Asked = {
    depth: null,
    switches: null,
    states: maxStates ?? null,
    memoryBytes: maxMemory ?? null,
    seconds: timeLimit ?? null,
  };
  const workers = Math.max(1, Math.min(flags.workers ?? 1, io.processors));
  if (workers > 1) checkShared(catalogue);
  const watching = watch(io, { memoryBytes: maxMemory, seconds: timeLimit }, meterOf(io, quiet === true));
  const results: CaseResult[] = [];
  const groups: CaseGroup[] = [];
  let stop: GateSummary["stop"] = null;
  /** Whether all is to end; that memory is short is for the searches to say. */
  const ends = (why: Stop | undefined): boolean => {
    if (why === "time" || why === "interrupted") stop = why;
    return stop !== null;
  };
  /** Searches the models of a scenario; whether another is wanted. */
  const goThrough = async (scenario: AnyScenario, some: readonly CaseGroup[]): Promise<boolean> => {
    const properties = wanted.propertiesOf(scenario);
    for (const group of some) {
      const explore = await engineFor(catalogue, group, properties, workers);
      const searching = { explore, asked, pulse: watching.pulse, properties, inThreads: workers > 1 };
      const begun = io.now();
      const searched = await checkGroup(group, searching);
      const seconds = (io.now() - begun) / 1000;
      const found = searched.map((result) =>
        accepting(accepted)({
          ...result,
          seconds,
          noEffect: optionsWithoutEffect(scenario, result.choice),
        }),
      );
      if (ends(found[0].stop)) return false;
      for (const result of found) results.push(result);
      watching.clear();
      tell(found);
      if (failFast === true && found.some((result) => standing(result) === "FAIL")) {
        stop = "failure";
        return false;
      }
    }
    return true;
  };
  const { scenarios, wants } = wanted;
  let before = 0;
  try {
    for (const [place, scenario] of scenarios.entries()) {
      const stopped = async (): Promise<boolean> => ends(await watching.pulse(NOTHING_YET));
      const built = await groupsUnless(scenario, stopped, wants);
      if (built === undefined) return { results, groups, stop, left: scenarios.length - place };
      const mine = shardOf(built, shard, before);
      before += built.length;
      for (const group of mine) groups.push(group);
      if (list !== true && !(await goThrough(scenario, mine)))
        return { results, groups, stop, left: scenarios.length - place - 1 };
    }
  } finally {
    watching.end();
  }
  return { results, groups, stop, left: 0 };
};

const summaryOf = (
  { results, groups, stop, left }: Searched,
  flags: CheckFlags,
  accepted: readonly Accepted[],
  all: boolean,
): GateSummary => {
  const cases = groups.flatMap((group) => group.cases);
  const whole = all && stop === null && flags.shard === undefined;
  return {
    cases: cases.length,
    models: groups.length,
    scenarios: new Set(cases.map(({ scenario }) => scenario.name)).size,
    looked: results.length,
    shard: flags.shard ?? null,
    stop,
    left,
    ...(flags.baseline === undefined
      ? {}
      : { baseline: flags.baseline, fixed: fixed(accepted, results, whole) }),
  };
};

/** `check`: every scenario against its expected results; the exit code. */
export const check = async (
  load: Load,
  names: readonly string[],
  flags: CheckFlags,
  io: Io,
): Promise<number> => {
  const catalogue = await (await withFiles(load, names.filter(isFile)))();
  const wanted = casesWanted(catalogue, load.axes ?? [], names, { ...flags });
  const accepted = flags.baseline === undefined ? [] : await readBaseline(flags.baseline);
  const reports = reportFiles(flags);
  const begun = io.now();
  checkMemoryLimit(io, flags.maxMemory);
  const data = takesStdout(reports);
  const colour = colourOf(io);
  const print = (lines: readonly string[]): void => io.stdout.write(`${lines.join("\n")}\n`);
  const tell = (found: readonly CaseResult[]): void => {
    if (!data)
      found.forEach((result, place) =>
        print(
          painted(
            [caseLine(result, place > 0)],
            standing(result) === "FAIL" ? "unexpected" : undefined,
            colour,
          ),
        ),
      );
  };

  const found = await searched({ catalogue, wanted, accepted, flags, tell }, io);
  if (flags.list === true) {
    const cases = found.groups.flatMap((group) => group.cases);
    if (cases.length > 0) print(cases.map(caseText));
    return found.stop === null ? EXIT.asExpected : EXIT.interrupted;
  }
  const summary = summaryOf(found, flags, accepted, wanted.all);
  const { results } = found;
  const seconds = (io.now() - begun) / 1000;
  if (!data) print(["", ...failureLines(results), ...gateLines(results, summary)]);
  const findings: Findings = {
    json: () => gateJson(results, summary, seconds),
    reported: () => checkReported(results, summary, seconds),
  };
  await writeReports(reports, findings, io);
  return exitOf(results, summary);
};
