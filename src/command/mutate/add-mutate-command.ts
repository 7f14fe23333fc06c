import type { Command } from "commander";
import type { Load } from "../../catalogue/catalogue.ts";
import { choosing } from "../flags/axis-flags.ts";
import { several, whole } from "../flags/values.ts";
import type { Io } from "../terminal/io.ts";
import type { MutateFlags } from "./mutate-command.ts";

/** Adds `mutate` to a program. */
export const addMutateCommand = (
  program: Command,
  load: Load,
  io: Io,
  done: (code: number) => void,
): void => {
  choosing(
    program
      .command("mutate")
      .description(
        "ask whether the properties are strong enough: change every action in small ways, or their order, and see which property tells",
      )
      .argument("[scenario...]", "the worlds to ask (default: every one)"),
    load.axes ?? [],
  )
    .option("--set <option=value>", "decide an option; repeatable", several)
    .option("--sample <n>", "only n mutants of each world", whole(1))
    .option("--seed <n>", "which ones (default: 0)", whole(0, 2 ** 31 - 1), 0)
    .option("--max-states <n>", "leave searches open that find more states", whole(1), 200_000)
    .option(
      "--workers <n>",
      "share the mutants among n threads, 1 to 64; the answer is the same",
      whole(1, 64),
      1,
    )
    .option("--checkpoint <dir>", "keep each answer there, and go on from those that are there")
    .option("--json", "print the result as JSON and nothing else")
    .option("--quiet", "show no progress")
    .action(async (names: readonly string[], flags: MutateFlags) => {
      const { mutate } = await import("./mutate-command.ts");
      done(await mutate(await load(), names, flags, io));
    });
};
