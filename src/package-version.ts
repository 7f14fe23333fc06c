import { readFileSync } from "node:fs";

/** The version in the nearest package.json above, whether this runs from the sources or as built. */
export const version = (): string => {
  for (const above of ["../package.json", "../../package.json"])
    try {
      const { version } = JSON.parse(readFileSync(new URL(above, import.meta.url), "utf8")) as {
        readonly version: string;
      };
      return version;
    } catch {
      continue;
    }
  return "unknown";
};
