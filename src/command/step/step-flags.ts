import type { Command } from "commander";
import { takingFlips } from "../flags/flip-flags.ts";
import { asking } from "../flags/question-flags.ts";
import { several } from "../flags/values.ts";
import type { WorldFlags } from "../flags/world-question.ts";

/** The options of `step`, as parsed. */
export interface StepFlags extends WorldFlags {
  readonly script?: string;
}

/** What `step` takes besides a flag for each axis. */
export const takingStepFlags = (command: Command): Command =>
  asking(takingFlips(command))
    .description("walk through a world by hand, or on from a counterexample: choose among the enabled steps")
    .argument(
      "[world|trace...]",
      "the world (default: the catalogue's), a scenario file, or a trace as explore prints it, or a file written with --json",
    )
    .option("--file <file>", "a scenario file, or a module that adds to the scenarios; that of a trace")
    .option("--scenario <name>", "the world, as the argument names it")
    .option("--set <option=value>", "decide an option; repeatable", several)
    .option(
      "--property <id>",
      "mark only what breaks this property; repeatable; of a file with several traces: the one that is meant",
      several,
    )
    .option("--script <file>", "read the commands from a file, one a line (- is stdin)")
    .addHelpText(
      "after",
      `
One command a line, from the terminal, or from a pipe or a script, where the first line that is
wrong ends all with exit code 2. The command help lists what there is to type.`,
    );
