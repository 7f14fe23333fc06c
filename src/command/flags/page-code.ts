import { readFileSync } from "node:fs";
import { CheckError } from "../../errors.ts";

/** The files of the page that explores. */
export const PAGE_FILES = ["ui.html", "page.js", "page-worker.js"] as const;
/** One of them. */
export type PageFile = (typeof PAGE_FILES)[number];

/** Where the build puts them: beside the command; from the sources, where they were built last. */
const PLACES = ["./", "../../../dist/cli/"];

/** A file of the page as it was built. @throws CheckError where it was not. */
export const pageFile = (name: PageFile): string => {
  for (const place of PLACES)
    try {
      return readFileSync(new URL(`${place}${name}`, import.meta.url), "utf8");
    } catch {
      continue;
    }
  throw new CheckError("usage", `the page is not built: ${name} is missing; run npm run build`);
};
