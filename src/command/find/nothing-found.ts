import { programName } from "../../program-name.ts";
import { CheckError, nearest } from "../../errors.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { kindsOf, textsOf } from "./entries.ts";
import { LONG, plainTerm } from "./matching.ts";

/** Names inside of what is said: of functions, requests, registers. */
const NAME = /[A-Za-z]\w*_\w+|\b[A-Z][A-Z0-9]{2,}\b/g;

/** The error that says that nothing bears or mentions a name, with the nearest that there is of any kind. */
export const nothingFound = async (catalogue: Catalogue, name: string): Promise<CheckError> => {
  const names = new Set<string>();
  const mentioned = new Set<string>();
  for (const listing of Object.values(kindsOf(catalogue)))
    for (const entry of await listing(catalogue)) {
      names.add(entry.name);
      for (const text of textsOf(entry)) for (const [word] of text.matchAll(NAME)) mentioned.add(word);
    }
  const wanted = plainTerm(name);
  const near =
    wanted.length > LONG ? undefined : (nearest(wanted, [...names]) ?? nearest(wanted, [...mentioned]));
  return new CheckError(
    "unknown-name",
    `nothing is called "${name.slice(0, LONG)}"${near === undefined ? "" : ` (did you mean "${near}"?)`}, and nothing mentions it\n` +
      "  explain takes the name of anything that can be listed, or a function, register or word that is mentioned there:\n" +
      `  see ${programName()} list --help`,
  );
};
