import { readFileSync } from "node:fs";
import { CheckError } from "../../errors.ts";

/** Where the build puts the files of the page: beside the command; from the sources, where they were built last. */
const PLACES = ["./", "../../../dist/cli/"];

/** A file of the page as it was built. @throws CheckError where it was not. */
export const pageFile = (name: "page.js" | "page-worker.js"): string => {
  for (const place of PLACES)
    try {
      return readFileSync(new URL(`${place}${name}`, import.meta.url), "utf8");
    } catch {
      continue;
    }
  throw new CheckError("usage", `the page is not built: ${name} is missing; run npm run build`);
};
