import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import type { Load } from "../../catalogue/catalogue.ts";
import { recordIn } from "../terminal/bundle.ts";

/** What is asked of `list` or `explain`, by which its text is found. */
export const questionOf = (command: "list" | "explain", word: string): string => `${command} ${word}`;

/** Where the texts of a record are: the first byte of each, and how many it has, by what was asked. */
export type Places = Readonly<Record<string, readonly [at: number, length: number]>>;

const textAt = (file: URL, [at, length]: Places[string]): string | undefined => {
  const bytes = Buffer.alloc(length);
  const open = openSync(file, "r");
  try {
    return readSync(open, bytes, 0, length, at) === length ? bytes.toString("utf8") : undefined;
  } finally {
    closeSync(open);
  }
};

/**
 * What `list` and `explain` print of a catalogue, as the build recorded it: then no world is loaded. Nothing where it is not
 * recorded, or cannot be read.
 */
export const recordedText = ({ bundle }: Pick<Load, "bundle">, question: string): string | undefined => {
  if (bundle === undefined) return undefined;
  const { places, texts } = recordIn(bundle);
  try {
    const known = JSON.parse(readFileSync(places, "utf8")) as Places;
    return Object.hasOwn(known, question) ? textAt(texts, known[question]) : undefined;
  } catch {
    return undefined;
  }
};
