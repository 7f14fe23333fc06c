import { existsSync } from "node:fs";
import { CheckError } from "../../errors.ts";
import { recordedRun, type Recorded } from "./trace-file.ts";

const fileOf = (words: readonly string[]): string | undefined => {
  const [word = "", ...more] = words;
  return more.length === 0 && (word.endsWith(".json") || existsSync(word) || !word.includes(":"))
    ? word
    : undefined;
};

/**
 * The run meant on the command line: a result file, of which `property` says the trace where it has several, or a handle,
 * whose parts may have come as several words.
 * @throws CheckError when the file cannot be read, or `property` is given with a handle.
 */
export const meantRun = async (
  words: readonly string[],
  property: string | undefined,
): Promise<{ readonly handle: string; readonly recorded?: Recorded }> => {
  const file = fileOf(words);
  if (file === undefined) {
    if (property !== undefined)
      throw new CheckError("usage", "the trace names its property: leave out --property");
    return { handle: words.join("") };
  }
  const recorded = await recordedRun(file, property);
  return { handle: recorded.replay, recorded };
};
