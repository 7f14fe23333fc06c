import type { Load } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import { withFlipGiven } from "../flags/flip-flags.ts";
import { withQuestion } from "../flags/question-flags.ts";
import { isFile, withFile, type FileFlags } from "../flags/scenario-file.ts";
import type { Io } from "../terminal/io.ts";
import type { ExploreFlags } from "./explore-flags.ts";

/** `explore` of what is named, a scenario or a file; with `--watch` each time the file is saved. The exit code. */
export const exploreNamed = async (
  load: Load,
  name: string | undefined,
  flags: ExploreFlags & FileFlags,
  io: Io,
): Promise<number> => {
  if (flags.watch === true) {
    if (flags.checkpoint !== undefined || flags.resume !== undefined)
      throw new CheckError("usage", "--watch begins anew each time: leave out --checkpoint and --resume");
    const { rerunAtSaves } = await import("./rerun.ts");
    return rerunAtSaves(flags.file ?? (name !== undefined && isFile(name) ? name : undefined), io);
  }
  const { explore } = await import("./explore-command.ts");
  const [flipping, chosen] = await withFlipGiven(load, flags, name);
  const [loading, meant] = await withQuestion(await withFile(flipping, chosen, name), io);
  return explore(loading, meant, io);
};
