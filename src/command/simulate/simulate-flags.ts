import { Option, type Command } from "commander";
import type { Axis } from "../../model/axis.ts";
import { choosing } from "../flags/axis-flags.ts";
import { takingFlips } from "../flags/flip-flags.ts";
import { saving } from "../flags/question-flags.ts";
import { traceOption, type TraceFlags } from "../flags/trace-flags.ts";
import { several, whole } from "../flags/values.ts";
import type { WorldFlags } from "../flags/world-question.ts";

/** The options of `simulate`, as parsed. */
export interface SimulateFlags extends WorldFlags, TraceFlags {
  readonly runs: number;
  readonly depth: number;
  readonly seed?: number;
  readonly schedule: "uniform" | "pct";
  readonly changes?: number;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly allowUnrecorded?: boolean;
}

/** What `simulate` takes. */
export const takingSimulateFlags = (command: Command, axes: readonly Axis[]): Command =>
  saving(
    choosing(
      takingFlips(command)
        .description(
          "take random walks through a scenario; what breaks a property is shrunk to a minimal run",
        )
        .argument(
          "[scenario]",
          "the world to walk through, as --scenario (default: the catalogue's), a scenario file, or a module (.ts, .mjs)",
        )
        .option("--file <file>", "a scenario file, or a module that adds to the scenarios")
        .option("--scenario <name>", "the same; what follows the / is enough"),
      axes,
    ),
  )
    .option("--set <option=value>", "decide an option; repeatable", several)
    .option("--property <id>", "check only this property; repeatable", several)
    .option("--runs <n>", "how many walks", whole(1), 1000)
    .option("--depth <n>", "atomic steps of a walk, at most", whole(0, 100_000), 100)
    .option("--seed <n>", "the same seed takes the same walks (default: a random one)", whole(0, 2 ** 31 - 1))
    .addOption(
      new Option("--schedule <kind>", "any enabled step, or by random priorities of the actors (PCT)")
        .choices(["uniform", "pct"])
        .default("uniform"),
    )
    .option("--changes <n>", "pct: changes of priority in a walk (default: 2)", whole(0, 1000))
    .addOption(traceOption())
    .option("--json", "print the result as JSON and nothing else")
    .option("--strict", "exit 1 at any violation, also a known one")
    .option("--allow-unrecorded", "exit 0 also where a violation is recorded nowhere");
