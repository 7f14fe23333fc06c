import { propertiesNamed } from "../../catalogue/answer.ts";
import { withoutLawsOfBehaviours } from "../../catalogue/laws-of-behaviours.ts";
import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import { matrixJson, matrixLines } from "../../report/matrix.ts";
import { reportFiles, takesStdout } from "../flags/report-files.ts";
import { writeReports, type Findings } from "../flags/write-reports.ts";
import { matrixExit, searchMatrix } from "../search/matrix-search.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import type { Io } from "../terminal/io.ts";
import { askedBy, type ExploreFlags } from "./explore-flags.ts";

/** What is of one search, and so does not go with several values. */
const ofOne = [
  ["graph", "--graph"],
  ["graphOf", "--graph-of"],
  ["export", "--export"],
  ["checkpoint", "--checkpoint"],
  ["checkpointEvery", "--checkpoint-every"],
  ["resume", "--resume"],
  ["symmetry", "--symmetry"],
  ["por", "--por"],
  ["paranoid", "--paranoid"],
  ["reference", "--reference"],
  ["failFast", "--fail-fast"],
  ["trace", "--trace"],
  ["traceOrder", "--trace-order"],
] as const satisfies readonly (readonly [keyof ExploreFlags, string])[];

const checkConflicts = (flags: ExploreFlags): void => {
  const clash = ofOne.find(([flag]) => flags[flag] !== undefined && flags[flag] !== false);
  if (clash !== undefined)
    throw new CheckError(
      "usage",
      `${clash[1]} is of one search, and several values are asked: leave out ${clash[1]}, or name one value of each`,
    );
  if (flags.switches !== undefined && flags.switches.from !== flags.switches.to)
    throw new CheckError(
      "usage",
      "--switches A..B is several searches of one world, and several values are asked: give one bound",
    );
};

/** `explore` where there are several values on an axis or of an option: a verdict for each combination; the exit code. */
export const exploreMatrix = async (catalogue: Catalogue, flags: ExploreFlags, io: Io): Promise<number> => {
  const scenario = scenarioNamed(catalogue, flags.scenario);
  checkConflicts(flags);
  const reports = reportFiles(flags);
  checkMemoryLimit(io, flags.maxMemory);
  const properties = propertiesNamed(scenario, flags.property);
  const begun = io.now();
  const matrix = await searchMatrix(
    catalogue,
    {
      scenario,
      wish: { ...flags },
      ...(flags.switches === undefined || flags.property !== undefined
        ? { properties }
        : withoutLawsOfBehaviours(properties)),
      asked: askedBy(flags),
      workers: flags.workers,
      quiet: flags.quiet === true,
    },
    io,
  );
  if (!takesStdout(reports)) io.stdout.write(`${matrixLines(matrix).join("\n")}\n`);
  const seconds = (io.now() - begun) / 1000;
  const findings: Findings = {
    json: () => matrixJson(matrix, seconds),
    reported: async () =>
      (await import("../search/matrix-reported.ts")).matrixReported(matrix, "explore", seconds, flags),
  };
  await writeReports(reports, findings, io);
  return matrixExit(matrix, flags);
};
