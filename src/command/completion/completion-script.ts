import type { Command } from "commander";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { bashScript } from "./bash.ts";
import { treeOf } from "./command-tree.ts";
import { fishScript } from "./fish.ts";
import { knownWords } from "./known-words.ts";
import type { Shell } from "./shells.ts";
import { zshScript } from "./zsh.ts";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** The script with which a shell completes what a program takes, and the names that its catalogue has now. */
export const completionScript = async (
  program: Command,
  catalogue: Catalogue,
  shell: Shell,
): Promise<string> => {
  const tree = treeOf(program);
  return SCRIPTS[shell](tree, await knownWords(catalogue, tree));
};
