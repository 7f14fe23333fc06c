import { Option, type Command } from "commander";
import { asking } from "../flags/question-flags.ts";
import { traceOption } from "../flags/trace-flags.ts";
import { layouts } from "../../events/layouts.ts";

/** What `replay` takes. */
export const takingReplayFlags = (command: Command): Command =>
  asking(
    command
      .description("step through a counterexample on the reference semantics")
      .argument("<trace...>", "the trace as explore prints it, or a file written with --json")
      .option("--property <id>", "which trace of a file with several")
      .option("--file <file>", "the scenario file that the trace was found with")
      .addOption(traceOption())
      .option(
        "--watch <paths>",
        "fields of the state, by their paths, whose values stand beside each step",
        (text: string, before?: readonly string[]) => [
          ...(before ?? []),
          ...text.split(",").map((path) => path.trim()),
        ],
      )
      .addOption(
        new Option(
          "--format <layout>",
          `as the lines that a tracer would have shown: ${Object.entries(layouts)
            .map(([name, { about }]) => `${name} (${about})`)
            .join(", ")}`,
        ).choices(Object.keys(layouts)),
      )
      .option("--state", "print the full state after each step, as --trace full prints it"),
  );
