import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import type { Load } from "../../catalogue/catalogue.ts";
import { digestOf } from "../../checkpoint/digest.ts";
import { recordIn } from "../terminal/bundle.ts";

/** What is asked of `list` or `explain`, by which its text is found. */
export const questionOf = (command: "list" | "explain", word: string): string => `${command} ${word}`;

/** Where the texts of a record are: the first byte of each, how many it has, and its digest, by what was asked. */
export type Places = Readonly<Record<string, readonly [at: number, length: number, digest: string]>>;

/** By which a text is known that is not as it was recorded. */
export const recordDigest = (text: string): string => digestOf(text).slice(0, 12);

const textAt = (file: URL, [at, length, digest]: Places[string]): string | undefined => {
  const bytes = Buffer.alloc(length);
  const open = openSync(file, "r");
  try {
    if (readSync(open, bytes, 0, length, at) < length) return undefined;
    const text = bytes.toString("utf8");
    return recordDigest(text) === digest ? text : undefined;
  } finally {
    closeSync(open);
  }
};

/**
 * What `list` and `explain` print of a catalogue, as the build recorded it: then no world is loaded. Nothing where it is not
 * recorded, or is not as it was.
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
