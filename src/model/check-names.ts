import { CheckError } from "../errors.ts";

/** What no name has: a blank, a colon, a control character or one that cannot be seen. */
const UNFIT = /[\s:\p{C}]/u;

/**
 * Refuses what cannot be named on a command line or in the trace of a run, which has colons between names.
 * @throws CheckError with the name, what it is to name (`the property`, `the action`) and the rule.
 */
export const checkName = (what: string, name: unknown): void => {
  if (typeof name === "string" && name !== "" && !UNFIT.test(name)) return;
  throw new CheckError(
    "model",
    `${what} is called ${typeof name === "string" ? JSON.stringify(name) : String(name)}:` +
      " a name is a text with no blank, no colon and no control character, and not empty",
  );
};

/** Refuses names as `checkName` does, and those that are there twice; `among` says where. @throws CheckError with the name. */
export const checkNamesApart = (what: string, names: readonly unknown[], among: string): void => {
  const known = new Set<unknown>();
  for (const name of names) {
    checkName(`${what} of ${among}`, name);
    if (known.has(name))
      throw new CheckError(
        "model",
        `${among} has two ${what === "a property" ? "properties" : `${what.replace(/^an? /, "")}s`} called ${String(name)}: call one of them otherwise`,
      );
    known.add(name);
  }
};
