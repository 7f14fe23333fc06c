import type { Load } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import { isFile, type FileFlags } from "../flags/scenario-file.ts";
import { withWorldGiven } from "../flags/world-given.ts";
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
  const [loading, meant] = await withWorldGiven(load, flags, name, io);
  return explore(loading, meant, io);
};
