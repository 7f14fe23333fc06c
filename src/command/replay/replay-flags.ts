import type { Command } from "commander";
import { asking } from "../flags/question-flags.ts";
import { traceOption } from "../flags/trace-flags.ts";

/** What `replay` takes. */
export const takingReplayFlags = (command: Command): Command =>
  asking(
    command
      .description("step through a counterexample on the reference semantics")
      .argument("<trace...>", "the trace as explore prints it, or a file written with --json")
      .option("--property <id>", "which trace of a file with several")
      .option("--file <file>", "the scenario file that the trace was found with")
      .addOption(traceOption())
      .option("--state", "print the full state after each step, as --trace full prints it"),
  );
