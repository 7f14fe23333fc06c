import type { Load } from "../../catalogue/catalogue.ts";
import type { Io } from "../terminal/io.ts";
import { withFlipGiven, type FlipChoice } from "./flip-flags.ts";
import { withQuestion, type AskingFlags } from "./question-flags.ts";
import { withFile, type FileFlags } from "./scenario-file.ts";

/** The options that say what is asked: a world, a file, a bug or mutation, and what else of it, as parsed. */
export type GivenFlags = FlipChoice & FileFlags & AskingFlags;

/**
 * What is loaded, with the world that is meant: a scenario, a file, a bug or mutation, named by `word` or by a flag, varied
 * by what flags ask of it; and the flags that are left then.
 * @throws CheckError with what is wrong with them.
 */
export const withWorldGiven = async <F extends GivenFlags>(
  load: Load,
  flags: F,
  word: string | undefined,
  io: Io,
): Promise<readonly [load: Load, flags: F]> => {
  const [flipping, chosen] = await withFlipGiven(load, flags, word);
  return withQuestion(await withFile(flipping, chosen, word), io);
};
