import { readFileSync } from "node:fs";

/** What the nearest package.json above says, whether this runs from the sources or as built. */
const packageSays = (key: "name" | "version"): string => {
  for (const above of ["../package.json", "../../package.json"])
    try {
      const said = JSON.parse(readFileSync(new URL(above, import.meta.url), "utf8")) as Readonly<
        Record<typeof key, string>
      >;
      return said[key];
    } catch {
      continue;
    }
  return "unknown";
};

/** The version of this package. */
export const version = (): string => packageSays("version");

/** The name of this package. */
export const packageName = (): string => packageSays("name");
