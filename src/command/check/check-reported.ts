import type { CaseResult } from "../../catalogue/gate.ts";
import { version } from "../../package-version.ts";
import { programName } from "../../program-name.ts";
import { reportedWorld, type Reported } from "../../report/formats/reported.ts";
import { FIXED, type GateSummary } from "../../report/gate-report.ts";

/** What `check` found, as formats show it. */
export const checkReported = (
  results: readonly CaseResult[],
  { stop, baseline = "", fixed = [] }: GateSummary,
  seconds: number,
): Reported => ({
  program: programName(),
  version: version(),
  command: "check",
  seconds,
  finished: stop !== "interrupted",
  worlds: [
    ...results.map((result) => reportedWorld(result)),
    ...fixed.map(({ world, property }) => ({
      name: `baseline ${property} in ${world}`,
      source: baseline,
      command: `${programName()} check --baseline ${baseline}`,
      states: 0,
      refusal: FIXED,
      verdicts: [],
    })),
  ],
});
