import { FaultError, notAscii, unknown } from "./faults.ts";
import type { Written } from "./written.ts";

/** Whether a word stands for all names that begin with what is before its `*`. */
export const isPattern = ({ text }: Written): boolean => text.endsWith("*");

/** The names among some that a word or `PREFIX_*` means. */
export const meant = ({ text }: Written, names: readonly string[]): readonly string[] =>
  text.endsWith("*")
    ? names.filter((name) => name.startsWith(text.slice(0, -1)))
    : names.filter((name) => name === text);

/** Refuses a word or `PREFIX_*` that means none of the names there are. @throws FaultError with the nearest. */
export const refuseUnknown = (word: Written, names: readonly string[]): void => {
  if (meant(word, names).length > 0) return;
  if (isPattern(word) && notAscii(word.text) === undefined)
    throw new FaultError(word.at, `no action begins with "${word.text.slice(0, -1)}"`);
  throw unknown("action", word, names);
};
