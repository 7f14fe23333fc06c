import type { Command } from "commander";
import type { Load } from "../../catalogue/catalogue.ts";
import type { Io } from "../terminal/io.ts";
import type { FlipFlags } from "./flip-command.ts";

/** Adds `flip` to a program. */
export const addFlipCommand = (program: Command, load: Load, io: Io, done: (code: number) => void): void => {
  program
    .command("flip")
    .description(
      "show that a bug or mutation can be told: violated with it, and without it a complete search in which all holds",
    )
    .argument(
      "[id...]",
      "as list bugs and list mutations name them, or scenario files with a switch between pre and post; several give a line each",
    )
    .option("--all", "all there are")
    .option("--json", "print the result as JSON and nothing else")
    .option("--quiet", "show no progress")
    .action(async (ids: readonly string[], flags: FlipFlags) => {
      const { flip } = await import("./flip-command.ts");
      done(await flip(await load(), ids, flags, io));
    });
};
