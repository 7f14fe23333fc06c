import { programName } from "../../program-name.ts";
import { version } from "../../package-version.ts";
import type { Comparison } from "../../report/comparison.ts";
import { reportedWorld, type Reported } from "../../report/formats/reported.ts";

/** What `compare` found, as formats show it: a world for each of what is compared. */
export const compareReported = ({ lanes, results }: Comparison, seconds: number): Reported => ({
  program: programName(),
  version: version(),
  command: "compare",
  seconds,
  finished: results.length === lanes.length && results.every(({ stop }) => stop !== "interrupted"),
  worlds: results.map((result, place) => {
    const world = reportedWorld(result);
    return {
      ...world,
      verdicts: world.verdicts.map((verdict) => ({
        ...verdict,
        cell: { row: verdict.property, column: lanes[place].name },
      })),
    };
  }),
});
