import type { Load } from "../../catalogue/catalogue.ts";
import { flipGiven } from "../flags/flip-flags.ts";
import { withFile } from "../flags/scenario-file.ts";
import { withWorldGiven, type GivenFlags } from "../flags/world-given.ts";
import { withFlagged } from "../replay/flagged-trace.ts";
import type { Io } from "../terminal/io.ts";
import { isTrace } from "./begin.ts";
import { step } from "./step-command.ts";
import type { StepFlags } from "./step-flags.ts";

/**
 * `step` through the world that is meant, varied by flags, or on from a saved run, which takes the flags that it was found
 * with. The exit code.
 * @throws CheckError when there is no such world or run, or the flags do not go with it.
 */
export const stepGiven = async (
  load: Load,
  words: readonly string[],
  flags: StepFlags & GivenFlags,
  io: Io,
): Promise<number> => {
  if (!isTrace(await load(), words)) {
    const [loading, meant] = await withWorldGiven(load, flags, words[0], io);
    return step(await loading(), [], meant, io);
  }
  // The trace says which side of a bug it is of.
  const given = await flipGiven(load, flags);
  const [loading] = await withFile(given.load, given.flags);
  const asked = { ...given.flags, property: given.flags.property?.[0] };
  return step(await (await withFlagged(loading, words, asked, io))(), words, given.flags, io);
};
