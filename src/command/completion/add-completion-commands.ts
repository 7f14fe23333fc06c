import type { Command } from "commander";
import type { Load } from "../../catalogue/catalogue.ts";
import { unknownName } from "../../errors.ts";
import { version } from "../../package-version.ts";
import { programName } from "../../program-name.ts";
import type { Io } from "../terminal/io.ts";
import { SHELLS } from "./shells.ts";

/** Adds `completion` and `man` to a program: both are made from its commands. */
export const addCompletionCommands = (program: Command, load: Load, io: Io): void => {
  program
    .command("completion")
    .description("print a script that lets a shell complete commands, options and names")
    .argument("<shell>", SHELLS.join(", "))
    .action(async (shell: string) => {
      const wanted = SHELLS.find((one) => one === shell);
      if (wanted === undefined)
        throw unknownName("shell", shell, SHELLS, `type: ${programName()} completion bash`);
      const { completionScript } = await import("./completion-script.ts");
      io.stdout.write(await completionScript(program, await load(), wanted));
    });
  program
    .command("man")
    .description("print the manual page, in roff")
    .action(async () => {
      const [{ manPage }, { treeOf }] = await Promise.all([
        import("./man-page.ts"),
        import("./command-tree.ts"),
      ]);
      io.stdout.write(manPage(treeOf(program), version(), load.examples));
    });
};
