import type { Load } from "../../catalogue/catalogue.ts";
import { largest } from "../../report/largest.ts";
import { programName } from "../../program-name.ts";
import { debugVariable, limitVariable } from "./variables.ts";

/** Commands beside what they do, as a block of `--help`. */
export const examplesText = (examples: Load["examples"] = []): string => {
  const width = largest(
    examples.map(([command]) => command.length),
    0,
  );
  return examples.length === 0
    ? ""
    : `\nExamples:\n${examples.map(([command, about]) => `  $ ${programName()} ${command.padEnd(width)}   ${about}\n`).join("")}`;
};

/** What each exit code means, and what of the environment counts. */
export const exitsText = (): string => `
Exit codes:
  0    every verdict as expected, and no violation that is not recorded as known
  1    a verdict other than expected, or a violation that nobody recorded (unless
       --allow-unrecorded); with --strict any violation
  2    bad usage or input, or output that cannot be written
  3    stopped at a limit before a verdict was reached, or --require-complete and not complete
  70   an error of ${programName()} itself
  130  interrupted (SIGINT, SIGTERM or SIGHUP); what was found is printed and
       marked incomplete; before a search the signal itself ends it

Environment:
  ${debugVariable()}=1  print the stack of an error
  ${limitVariable()}=10
                      seconds of processor time after which a guard, effect or property
                      of a module is taken not to end
  NO_COLOR=1          no bold and no colours, which only a terminal gets anyway
`;
