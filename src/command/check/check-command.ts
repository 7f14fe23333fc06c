import { groupsUnless, shardOf, type CaseGroup, type Shard } from "../../catalogue/cases.ts";
import { checkGroup, standing, type CaseResult } from "../../catalogue/gate.ts";
import type { Asked } from "../../catalogue/outcome.ts";
import type { Stop } from "../../problem/exploration.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { caseLines, gateJson, gateLines, type GateSummary } from "../../report/gate-report.ts";
import { isFile, withFiles } from "../flags/scenario-file.ts";
import { CheckError } from "../../errors.ts";
import { scenarioNamed, type Catalogue, type Load } from "../../catalogue/catalogue.ts";
import { reportFiles, takesStdout } from "../flags/report-files.ts";
import { writeReports, type Findings } from "../flags/write-reports.ts";
import { checkReported } from "./check-reported.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { meterOf } from "../search/progress.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import { watch } from "../search/watch.ts";

/** The options of `check`, as parsed. */
export interface CheckFlags {
  readonly shard?: Shard;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly timeLimit?: number;
  readonly report?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const exitOf = (results: readonly CaseResult[], { stop }: GateSummary): number => {
  if (stop === "interrupted") return EXIT.interrupted;
  const all = new Set(results.map(standing));
  if (all.has("FAIL")) return EXIT.unexpected;
  return stop !== null || all.has("open") ? EXIT.limit : EXIT.asExpected;
};

/** Receives the cases of each model as they are judged. */
type Tell = (results: readonly CaseResult[]) => void;

/** What was found, of which of the models, and why not all was looked at. */
interface Searched {
  readonly results: readonly CaseResult[];
  readonly groups: readonly CaseGroup[];
  readonly stop: GateSummary["stop"];
  /** Scenarios whose models were not all built. */
  readonly left: number;
}

const NOTHING_YET = { depth: 0, states: 0, transitions: 0, frontier: 0, wantsBytes: 0 };

/** Builds and searches one model after the other: a limit or an interrupt ends it in the one as in the other. */
const searched = async (
  scenarios: readonly AnyScenario[],
  { shard = { shard: 1, of: 1 }, maxStates, maxMemory, timeLimit, quiet }: CheckFlags,
  io: Io,
  tell: Tell,
): Promise<Searched> => {
  const { exploreFast } = await import("../../explore.ts");
  const asked: Asked = {
    depth: null,
    switches: null,
    states: maxStates ?? null,
    memoryBytes: maxMemory ?? null,
    seconds: timeLimit ?? null,
  };
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
  const goThrough = async (some: readonly CaseGroup[]): Promise<boolean> => {
    for (const group of some) {
      const found = await checkGroup(group, { explore: exploreFast, asked, pulse: watching.pulse });
      if (ends(found[0].stop)) return false;
      for (const result of found) results.push(result);
      watching.clear();
      tell(found);
    }
    return true;
  };
  let before = 0;
  try {
    for (const [place, scenario] of scenarios.entries()) {
      const built = await groupsUnless(scenario, async () => ends(await watching.pulse(NOTHING_YET)));
      if (built === undefined) return { results, groups, stop, left: scenarios.length - place };
      const mine = shardOf(built, shard, before);
      before += built.length;
      for (const group of mine) groups.push(group);
      if (!(await goThrough(mine))) return { results, groups, stop, left: scenarios.length - place - 1 };
    }
  } finally {
    watching.end();
  }
  return { results, groups, stop, left: 0 };
};

/** The scenarios that are named, and those of the files among the names; all that ship where nothing is. */
const meant = (catalogue: Catalogue, names: readonly string[]): readonly AnyScenario[] =>
  names.length === 0
    ? catalogue.scenarios
    : [...new Set(names)].flatMap((name) => {
        if (!isFile(name)) return [scenarioNamed(catalogue, name)];
        return catalogue.scenarios.filter((one) => one.varied?.by === name && one.varied.from !== one.name);
      });

/** `check`: every scenario against its expected results; the exit code. */
export const check = async (
  load: Load,
  names: readonly string[],
  flags: CheckFlags,
  io: Io,
): Promise<number> => {
  const files = names.filter(isFile);
  const catalogue = await (await withFiles(load, files))();
  const scenarios = meant(catalogue, names);
  if (scenarios.length === 0)
    throw new CheckError(
      "usage",
      `${names.join(", ")}: there is no scenario to check: name one besides, to which it adds`,
    );
  const reports = reportFiles(flags);
  const begun = io.now();
  checkMemoryLimit(io, flags.maxMemory);
  const data = takesStdout(reports);
  const print = (lines: readonly string[]): void => io.stdout.write(`${lines.join("\n")}\n`);

  const { results, groups, stop, left } = await searched(scenarios, flags, io, (found) => {
    if (!data) found.forEach((result, place) => print(caseLines(result, place > 0)));
  });
  const cases = groups.flatMap((group) => group.cases);
  const summary: GateSummary = {
    cases: cases.length,
    models: groups.length,
    scenarios: new Set(cases.map(({ scenario }) => scenario.name)).size,
    looked: results.length,
    shard: flags.shard ?? null,
    stop,
    left,
  };
  const seconds = (io.now() - begun) / 1000;
  if (!data) print(["", ...gateLines(results, summary)]);
  const findings: Findings = {
    json: () => gateJson(results, summary, seconds),
    reported: () => checkReported(results, summary, seconds),
  };
  await writeReports(reports, findings, io);
  return exitOf(results, summary);
};
