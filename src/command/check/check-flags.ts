import type { Command } from "commander";
import type { Shard } from "../../catalogue/cases.ts";
import type { Axis } from "../../model/axis.ts";
import { choosing } from "../flags/axis-flags.ts";
import { NO_CACHE_HELP } from "../flags/cache-flag.ts";
import { takingFlips } from "../flags/flip-flags.ts";
import { asking } from "../flags/question-flags.ts";
import { REPORT_HELP } from "../flags/report-files.ts";
import { bytes, seconds, several, shard, whole } from "../flags/values.ts";

/** The options of `check`, as parsed; beside them stand those of the catalogue's axes. */
export interface CheckFlags {
  readonly property?: readonly string[];
  /** Settings that a case must have: the side of a bug that is meant. */
  readonly settings?: readonly string[];
  readonly shard?: Shard;
  readonly list?: boolean;
  readonly failFast?: boolean;
  readonly baseline?: string;
  readonly workers?: number;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly timeLimit?: number;
  readonly report?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** False where nothing is kept from one run to the next, and nothing kept is used. */
  readonly cache?: boolean;
}

/** What `check` takes: which cases, and how they are searched and told. */
export const takingCheckFlags = (command: Command, axes: readonly Axis[]): Command =>
  choosing(
    asking(takingFlips(command))
      .description("check every scenario against its expected results, as a gate for CI")
      .argument("[scenario...]", "only these scenarios, scenario files or modules (default: all that ship)"),
    axes.map((axis) => ({ ...axis, about: `only cases of this ${axis.name}, or of several: a,b` })),
  )
    .option("--property <id>", "check only this property; repeatable", several)
    .option("--shard <i/n>", "only the i-th of n parts, which together are the whole", shard)
    .option("--list", "print the cases instead of searching them")
    .option("--fail-fast", "stop after the first model with a failure")
    .option("--baseline <file>", "accept the findings of this file; one that is found no more fails")
    .option(
      "--workers <n>",
      "search with n threads, 1 to 64, no more than there are processors: many models side by side, few one after the other; as many as there are processors for many, else 1; the answer is the same",
      whole(1, 64),
    )
    .option("--max-states <n>", "stop each search after n states", whole(1))
    .option("--max-memory <size>", "stop at this much memory of the whole process: 512M, 2G", bytes)
    .option("--time-limit <duration>", "stop all after this long: 10s, 5m", seconds)
    .option("--report <kind=file>", REPORT_HELP, several)
    .option("--json", "print the result as JSON and nothing else")
    .option("--quiet", "show no progress")
    .option("--no-cache", NO_CACHE_HELP);
