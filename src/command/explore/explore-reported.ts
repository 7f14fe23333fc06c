import type { Outcome } from "../../catalogue/outcome.ts";
import { version } from "../../package-version.ts";
import { programName } from "../../program-name.ts";
import type { Effort } from "../../report/effort.ts";
import { reportedWorld, type Reported } from "../../report/formats/reported.ts";
import { fails, type Strictness } from "../terminal/exit.ts";

/** What `explore` found, as formats show it: a verdict that makes the exit code 1 fails there too, and no other does. */
export const exploreReported = (outcome: Outcome, { seconds }: Effort, strictness: Strictness): Reported => ({
  program: programName(),
  version: version(),
  command: "explore",
  seconds,
  finished: outcome.stop !== "interrupted",
  worlds: [
    reportedWorld({ ...outcome, states: outcome.exploration.states }, (result, standing) => {
      if (fails(result, strictness)) return "fail";
      return standing === "fail" ? "known" : standing;
    }),
  ],
});
