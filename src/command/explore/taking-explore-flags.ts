import { Option, type Command } from "commander";
import type { Axis } from "../../model/axis.ts";
import { choosing } from "../flags/axis-flags.ts";
import { takingFlips } from "../flags/flip-flags.ts";
import { EXPORT_HELP } from "./export-file.ts";
import { saving } from "../flags/question-flags.ts";
import { REPORT_HELP } from "../flags/report-files.ts";
import { traceOption, traceOrderOption } from "../flags/trace-flags.ts";
import { bytes, commaSeparated, seconds, several, switchBounds, whole } from "../flags/values.ts";

/** What `explore` takes. */
export const takingExploreFlags = (command: Command, axes: readonly Axis[]): Command => {
  const alsoOf = axes.map(({ name }) => ` or of --${name}`).join("");
  return saving(
    choosing(
      takingFlips(command)
        .description("explore a scenario and give a verdict on each of its properties")
        .argument(
          "[scenario]",
          "the world to explore, as --scenario (default: the catalogue's), a scenario file, or a module (.ts, .mjs)",
        )
        .option("--file <file>", "a scenario file, or a module that adds to the scenarios")
        .option("--scenario <name>", "the same; what follows the / is enough"),
      axes,
    ),
  )
    .option(
      "--set <option=value>",
      `decide an option; repeatable. Several values, as a,b or *, of an option${alsoOf} give a line for each combination, the gravest verdict first`,
      several,
    )
    .option(
      "--depth <n>",
      "look only at runs of at most n atomic steps; 0 looks at the start states alone",
      whole(0),
    )
    .option(
      "--switches <n>",
      "look only at runs in which control passes between actors at most n times; 0..4 tries 0, then 1, ... until one shows a violation",
      switchBounds,
    )
    .option(
      "--symmetry [families]",
      "count states that differ only in the names of interchangeable members as one; of these families, or of all that are; they may have 5,040 namings together",
      commaSeparated,
    )
    .option(
      "--por",
      "leave out orders of independent steps that make no difference to a verdict: fewer states, but no world that ships is searched faster",
    )
    .option("--paranoid", "take nothing on trust: look at every state again on plain objects, and compare")
    .option("--property <id>", "check only this property; repeatable", several)
    .option("--max-states <n>", "stop after n states", whole(1))
    .option("--max-memory <size>", "stop at this much memory of the whole process: 512M, 2G", bytes)
    .option("--time-limit <duration>", "stop after this long: 10s, 5m", seconds)
    .option(
      "--workers <n>",
      "search with n threads, 1 to 64, no more than there are processors; the answer is the same. Of several combinations each thread takes whole models (default then: as many as there are processors)",
      whole(1, 64),
    )
    .option("--checkpoint <dir>", "write down now and then where the search stands, for --resume")
    .option("--checkpoint-every <duration>", "how often: 30s, 5m (default: 1m)", seconds)
    .option(
      "--resume <dir>",
      "go on from a checkpoint; the answer is that of a search that was not interrupted",
    )
    .option("--reference", "use the reference engine, slow and simple")
    .option("--fail-fast", "stop at the first violation")
    .option("--require-complete", "exit 3 unless every state was explored")
    .addOption(traceOption())
    .addOption(traceOrderOption())
    .option("--graph <file>", "write the explored graph: .json, .dot, .graphml, .gexf or .aut")
    .addOption(
      new Option(
        "--graph-of <part>",
        "what a graph shows: the counterexamples, what is one step from them too, or every state (default)",
      ).choices(["trace", "neighbourhood", "all"]),
    )
    .option("--export <format=file>", EXPORT_HELP, several)
    .option("--report <kind=file>", REPORT_HELP, several)
    .option("--json", "print the result as JSON and nothing else")
    .option("--strict", "exit 1 at any violation, also a known one")
    .option("--allow-unrecorded", "exit 0 also where a violation is recorded nowhere")
    .option("--watch", "explore the file again whenever it is saved")
    .option("--quiet", "show no progress");
};
