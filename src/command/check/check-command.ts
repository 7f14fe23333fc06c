import { standing, type CaseResult } from "../../catalogue/gate.ts";
import { caseLine, caseText } from "../../report/case-line.ts";
import { gateJson, gateLines, type GateSummary } from "../../report/gate-report.ts";
import { failureLines } from "../../report/gate-failures.ts";
import { painted } from "../../report/paint.ts";
import { isFile, withFiles } from "../flags/scenario-file.ts";
import type { Load } from "../../catalogue/catalogue.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { reportFiles, takesStdout } from "../flags/report-files.ts";
import { colourOf } from "../flags/trace-flags.ts";
import { writeReports, type Findings } from "../flags/write-reports.ts";
import { fixed, readBaseline, type Accepted } from "./baseline.ts";
import { casesWanted } from "./cases-wanted.ts";
import type { CheckFlags } from "./check-flags.ts";
import { checkReported } from "./check-reported.ts";
import type { KeptCases } from "./kept-cases.ts";
import { searched, type Searched } from "./searched.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";

const exitOf = (results: readonly CaseResult[], { stop, fixed }: GateSummary): number => {
  if (stop === "interrupted") return EXIT.interrupted;
  const all = new Set(results.map(standing));
  if (all.has("FAIL") || (fixed?.length ?? 0) > 0) return EXIT.unexpected;
  return stop !== null || all.has("open") ? EXIT.limit : EXIT.asExpected;
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

/** What is kept of the scenarios that ship, where a build put the code into a folder; nothing where nothing is to be kept. */
const keptOf = async (
  { bundle }: Load,
  { cache, maxStates }: CheckFlags,
  ships: readonly AnyScenario[],
  io: Io,
): Promise<KeptCases | undefined> => {
  if (cache === false || ships.length === 0) return undefined;
  const store = (await import("../search/result-store.ts")).resultStore(bundle, io);
  return store && new (await import("./kept-cases.ts")).KeptCases(store, ships, maxStates ?? null);
};

/**
 * `check`: every scenario against its expected results; the exit code. Of those that ship as they are here, results are kept
 * where a build put the code into `bundle`.
 */
export const check = async (
  load: Load,
  names: readonly string[],
  flags: CheckFlags,
  io: Io,
  ships: readonly AnyScenario[] = [],
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

  const kept = flags.list === true ? undefined : await keptOf(load, flags, ships, io);
  const found = await searched({ catalogue, wanted, accepted, flags, kept, tell }, io);
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
