import { groupsOf, shardOf, type CaseGroup, type Shard } from "../check/cases.ts";
import { checkGroup, type CaseResult } from "../check/gate.ts";
import type { Asked } from "../check/outcome.ts";
import { caseLines, gateJson, gateLines, standing, type GateSummary } from "../report/gate.ts";
import { scenarioNamed, type Catalogue } from "./catalogue.ts";
import { reportFiles } from "./explore.ts";
import { EXIT, type Io } from "./io.ts";
import { checkWritable, writeWhole } from "./output.ts";
import { meterOf } from "./progress.ts";
import { checkRoom } from "./room.ts";
import { watch } from "./watch.ts";

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

/** Who is told of the cases of each model as they are judged. */
type Tell = (results: readonly CaseResult[]) => void;

/** Searches one model after the other; what was found, and why not all was looked at. */
const searched = async (
  groups: readonly CaseGroup[],
  { maxStates, maxMemory, timeLimit, quiet }: CheckFlags,
  io: Io,
  tell: Tell,
): Promise<{ readonly results: readonly CaseResult[]; readonly stop: GateSummary["stop"] }> => {
  const { exploreFast } = await import("../explore/fast/explore.ts");
  const asked: Asked = {
    depth: null,
    switches: null,
    states: maxStates ?? null,
    memoryBytes: maxMemory ?? null,
    seconds: timeLimit ?? null,
  };
  const watching = watch(io, { memoryBytes: maxMemory, seconds: timeLimit }, meterOf(io, quiet === true));
  const results: CaseResult[] = [];
  try {
    for (const group of groups) {
      const found = await checkGroup(group, { explore: exploreFast, asked, pulse: watching.pulse });
      const { stop } = found[0];
      if (stop === "time" || stop === "interrupted") return { results, stop };
      for (const result of found) results.push(result);
      watching.clear();
      tell(found);
    }
  } finally {
    watching.end();
  }
  return { results, stop: null };
};

/** `apicv-check check`: every scenario against its expected results; the exit code. */
export const check = async (
  catalogue: Catalogue,
  names: readonly string[],
  flags: CheckFlags,
  io: Io,
): Promise<number> => {
  const scenarios =
    names.length === 0
      ? catalogue.scenarios
      : [...new Set(names)].map((name) => scenarioNamed(catalogue, name));
  const reports = reportFiles(flags.report ?? []);
  const files = reports.filter((file) => file !== "-");
  for (const file of files) checkWritable(file);
  checkRoom(io, flags.maxMemory);
  const data = flags.json === true || reports.includes("-");
  const print = (lines: readonly string[]): void => io.stdout.write(`${lines.join("\n")}\n`);

  const groups = shardOf(groupsOf(scenarios), flags.shard ?? { shard: 1, of: 1 });
  const { results, stop } = await searched(groups, flags, io, (found) => {
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
  };
  const json = (): string => `${JSON.stringify(gateJson(results, summary), undefined, 2)}\n`;
  if (data) io.stdout.write(json());
  else print(["", ...gateLines(results, summary)]);
  for (const file of files) writeWhole(file, json());
  return exitOf(results, summary);
};
