import { propertiesNamed } from "../../catalogue/answer.ts";
import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";
import { differencesOf } from "../../catalogue/differences.ts";
import { followingOptions } from "../../catalogue/following-options.ts";
import { withoutEffect } from "../../catalogue/no-effect.ts";
import { CheckError } from "../../errors.ts";
import { comparisonJson, comparisonLines } from "../../report/comparison.ts";
import { reportFiles, takesStdout } from "../flags/report-files.ts";
import { writeReports, type Findings } from "../flags/write-reports.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import { gravestExit } from "../terminal/exit.ts";
import type { Io } from "../terminal/io.ts";
import type { CompareFlags } from "./compare-flags.ts";
import { comparedAlong, lanesOf } from "./lanes.ts";
import { searched } from "./search-lanes.ts";

/**
 * `compare A B [...]`: what differs between values on an axis, with options or without, then their verdicts; the
 * exit code.
 */
export const compare = async (
  catalogue: Catalogue,
  words: readonly string[],
  given: CompareFlags,
  io: Io,
): Promise<number> => {
  if (given.allOptions === true)
    return (await import("./compare-options.ts")).compareOptions(catalogue, words, given, io);
  if (given.workers !== undefined)
    throw new CheckError("usage", "--workers shares the models of --all-options: add that, or leave it out");
  if (given.all === true) return (await import("./compare-all.ts")).compareAll(catalogue, words, given, io);
  const { axis, texts, flags } = comparedAlong(catalogue, words, given);
  const scenario = scenarioNamed(catalogue, flags.scenario);
  const properties = propertiesNamed(scenario, flags.property);
  const reports = reportFiles(flags);
  const begun = io.now();
  const lanes = lanesOf(scenario, axis, texts, flags);
  const [base, ...others] = lanes;
  checkMemoryLimit(io, flags.maxMemory);
  const differences = others.map((other) => differencesOf(scenario, base, other));
  const noEffect = lanes.map(({ choice }) => withoutEffect(scenario, choice, (name) => name !== axis?.name));
  const results = await searched(
    { scenario, properties },
    lanes.map(({ choice }) => choice),
    flags,
    io,
  );
  const followed =
    axis === undefined
      ? []
      : followingOptions(
          scenario,
          axis.name,
          lanes.map(({ choice }) => choice),
        );
  const comparison = { scenario, axis, lanes, differences, followed, noEffect, results };
  const seconds = (io.now() - begun) / 1000;
  if (!takesStdout(reports)) io.stdout.write(`${comparisonLines(comparison).join("\n")}\n`);
  const findings: Findings = {
    json: () => comparisonJson(comparison, seconds),
    reported: async () => (await import("./compare-reported.ts")).compareReported(comparison, seconds),
  };
  await writeReports(reports, findings, io);
  return gravestExit(results, flags);
};
