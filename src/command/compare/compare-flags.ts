import type { Command } from "commander";
import type { Asked } from "../../catalogue/outcome.ts";
import type { Axis } from "../../model/axis.ts";
import { choosing } from "../flags/axis-flags.ts";
import { takingFlips } from "../flags/flip-flags.ts";
import { saving } from "../flags/question-flags.ts";
import { REPORT_HELP } from "../flags/report-files.ts";
import { bytes, seconds, several, whole } from "../flags/values.ts";
import type { WorldFlags } from "../flags/world-question.ts";

/** The options of `compare`, as parsed. */
export interface CompareFlags extends WorldFlags {
  readonly all?: boolean;
  readonly allOptions?: boolean;
  readonly workers?: number;
  readonly depth?: number;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly timeLimit?: number;
  readonly allowUnrecorded?: boolean;
  readonly json?: boolean;
  readonly report?: readonly string[];
  readonly quiet?: boolean;
}

/** The bounds and limits that the options ask for. */
export const askedOfEach = (flags: CompareFlags): Asked => ({
  depth: flags.depth ?? null,
  switches: null,
  states: flags.maxStates ?? null,
  memoryBytes: flags.maxMemory ?? null,
  seconds: flags.timeLimit ?? null,
});

/** How what is compared is written: values on the first axis, and options. */
export const laneForm = (axis: Axis | undefined): string =>
  axis === undefined ? "option=value[,option=value]..." : `${axis.name.toUpperCase()}[,option=value]...`;

/** What `compare` takes: worlds are compared along an axis, the first unless what is named is on another, and a flag decides each of the others. */
export const takingCompareFlags = (command: Command, axes: readonly Axis[]): Command => {
  const [compared, ...others] = axes;
  const along = others.map(({ name }) => `, or as --${name} A B values on that axis`).join("");
  return saving(
    choosing(
      takingFlips(command)
        .description(
          `say where ${compared?.plural ?? "worlds"} differ, and what that changes; or under which options all holds`,
        )
        .argument(
          `[${compared?.name ?? "value"}...]`,
          `what to compare, as ${laneForm(compared)}${along}; each is compared with the first`,
        )
        .option("--file <file>", "a scenario file, which says what to compare them in")
        .option("--scenario <name>", "the world to compare them in (default: the catalogue's)"),
      axes,
    ),
  )
    .option(
      "--all",
      "compare them in every world, and say which verdicts differ; *, or values with commas, on another axis compares them there each",
    )
    .option("--set <option=value>", "decide an option for all; repeatable", several)
    .option(
      "--all-options",
      "say under which combinations of all options every requirement of safety holds, which nearly do, and which fails first under the others; --set decides an option, or names some of its values: a,b",
    )
    .option(
      "--workers <n>",
      "--all-options: share the models among n threads, 1 to 64 (default: as many as there are processors); the answer is the same",
      whole(1, 64),
    )
    .option("--property <id>", "check only this property; repeatable", several)
    .option("--depth <n>", "look only at runs of at most n atomic steps", whole(0))
    .option("--max-states <n>", "stop each search after n states", whole(1))
    .option("--max-memory <size>", "stop at this much memory of the whole process: 512M, 2G", bytes)
    .option("--time-limit <duration>", "stop after this long: 10s, 5m", seconds)
    .option("--allow-unrecorded", "exit 0 also where a violation is recorded nowhere")
    .option("--report <kind=file>", REPORT_HELP, several)
    .option("--json", "print the result as JSON and nothing else")
    .option("--quiet", "show no progress");
};
