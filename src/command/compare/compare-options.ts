import { propertiesNamed } from "../../catalogue/answer.ts";
import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { CheckError } from "../../errors.ts";
import { isRequirement, type Property } from "../../model/property.ts";
import { optionsJson, optionsLines } from "../../report/option-combinations.ts";
import { reportFiles, takesStdout } from "../flags/report-files.ts";
import { writeReports, type Findings } from "../flags/write-reports.ts";
import { matrixExit, searchMatrix } from "../search/matrix-search.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import type { Io } from "../terminal/io.ts";
import { askedOfEach, type CompareFlags } from "./compare-flags.ts";

/**
 * What is asked: the properties that are named, or the safety that is required; and what else could be.
 * @throws CheckError when there is nothing to ask.
 */
const askedIn = (
  scenario: AnyScenario,
  { property }: CompareFlags,
): Record<"properties" | "observed", readonly Property<unknown>[]> => {
  const named = propertiesNamed(scenario, property);
  if (property !== undefined) return { properties: named, observed: [] };
  const safety = named.filter(({ kind }) => kind === "invariant" || kind === "step");
  const properties = safety.filter(isRequirement);
  if (properties.length === 0)
    throw new CheckError("usage", `${scenario.name} requires no safety property: name one with --property`);
  return { properties, observed: safety.filter((one) => !isRequirement(one)) };
};

/** `compare --all-options`: under which combinations of options all requirements hold; the exit code. */
export const compareOptions = async (
  catalogue: Catalogue,
  values: readonly string[],
  flags: CompareFlags,
  io: Io,
): Promise<number> => {
  const axis = catalogue.axes?.[0];
  if (axis === undefined && values.length > 0)
    throw new CheckError("usage", `this catalogue names no axis: leave out ${values.join(" ")}`);
  const scenario = scenarioNamed(catalogue, flags.scenario);
  const fixed = (flags.set ?? []).map((setting) => setting.split("=")[0]);
  const open = scenario.options.filter(({ name }) => !fixed.includes(name));
  if (open.length === 0 && fixed.length === 0)
    throw new CheckError("usage", `${scenario.name} has no options: choose another --scenario`);
  const { properties, observed } = askedIn(scenario, flags);
  const reports = reportFiles(flags);
  checkMemoryLimit(io, flags.maxMemory);
  const begun = io.now();
  const matrix = await searchMatrix(
    catalogue,
    {
      scenario,
      wish: {
        ...flags,
        ...(axis === undefined || values.length === 0 ? {} : { [axis.name]: [...new Set(values)].join(",") }),
        set: [...(flags.set ?? []), ...open.map(({ name }) => `${name}=*`)],
      },
      properties,
      asked: askedOfEach(flags),
      workers: flags.workers,
      quiet: flags.quiet === true,
    },
    io,
  );
  const seconds = (io.now() - begun) / 1000;
  if (!takesStdout(reports)) io.stdout.write(`${optionsLines(matrix, observed).join("\n")}\n`);
  const findings: Findings = {
    json: () => optionsJson(matrix, observed, seconds),
    reported: async () =>
      (await import("../search/matrix-reported.ts")).matrixReported(matrix, "compare", seconds, flags),
  };
  await writeReports(reports, findings, io);
  return matrixExit(matrix, flags);
};
