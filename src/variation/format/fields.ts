import { nearest } from "../../errors.ts";
import { own } from "../../schema/own.ts";
import { FaultError, unknown, type Faults } from "../text/faults.ts";
import { KINDS, textsOf, type Entry, type Tree } from "./tree.ts";
import type { Place, Written } from "../text/written.ts";

/** What is to stand at a key. */
type Read<T> = (value: Tree) => T;

const wrong = ({ at, kind }: Tree, wanted: string): FaultError =>
  new FaultError(at, `${KINDS[kind]} stands where ${wanted} is wanted`);

/** A word or text. */
export const textIn: Read<Written> = (value) => {
  if (value.kind !== "text") throw wrong(value, "a word or text");
  return value;
};

/** An expression: what follows a "#" would be lost. */
export const expressionIn: Read<Written> = (value) => {
  if (value.kind === "map")
    throw new FaultError(
      value.at,
      'an expression is wanted, and YAML reads keys with values here: an expression with ": " or "{" in it has to be quoted',
    );
  const text = textIn(value);
  if (value.kind === "text" && value.cut !== undefined)
    throw new FaultError(
      value.at,
      `what follows "#" is a comment, no part of the expression: ${value.cut}\n  quote the expression, or put the comment on a line of its own`,
    );
  return text;
};

/** One text or a list of them. */
export const textsIn: Read<readonly Written[]> = (value) =>
  value.kind === "list" ? value.items.map(textIn) : [textIn(value)];

/** One of two: a text or a list of texts. */
export const rangeIn: Read<Written | readonly Written[]> = (value) =>
  value.kind === "list" ? value.items.map(textIn) : textIn(value);

/** What stands at the keys of a map, each looked at once; keys that are not known are refused. */
export class Fields {
  readonly at: Place;
  readonly keys: readonly string[];
  readonly #faults: Faults;
  readonly #what: string;
  readonly #entries: Readonly<Record<string, Entry>>;
  /** The keys that were meant by keys that are not known. */
  readonly #meant = new Set<string>();

  constructor(value: Tree, what: string, known: readonly string[] | undefined, faults: Faults) {
    const entries = entriesIn(value, what);
    this.at = value.at;
    this.#faults = faults;
    this.#what = what;
    this.keys = entries.map(({ key }) => key.text);
    this.#entries = Object.fromEntries(entries.map((entry) => [entry.key.text, entry]));
    for (const { key, value: said } of entries)
      if (known !== undefined && !known.includes(key.text)) {
        doubtAll(said, faults);
        this.#meant.add(nearest(key.text, known) ?? "");
        faults.try(key.at, () => {
          throw unknown(`key of ${what}`, key, known);
        });
      }
  }

  has(key: string): boolean {
    return own(this.#entries, key) !== undefined;
  }

  placeOf(key: string): Place {
    return own(this.#entries, key)?.key.at ?? this.at;
  }

  /** What stands at a key; undefined where nothing does, or what it should not: that is noted. */
  read<T>(key: string, read: Read<T>): T | undefined {
    const entry = own(this.#entries, key);
    if (entry === undefined) return undefined;
    const made = this.#faults.try(entry.key.at, () => read(valueOf(entry)));
    if (made === undefined) doubtAll(entry.value, this.#faults);
    return made;
  }

  /** Whether a key is there, perhaps misspelt: that is noted. */
  means(key: string): boolean {
    return this.has(key) || this.#meant.has(key);
  }

  /** The same where something has to stand there. */
  need<T>(key: string, read: Read<T>): T | undefined {
    if (!this.means(key)) this.#faults.add(this.at, `${this.#what} has no ${key}: it needs one`);
    return this.read(key, read);
  }

  /** Each item of a list at a key, those left out of which nothing can be made. */
  each<T>(key: string, read: Read<T>): readonly T[] {
    return this.read(key, (value) => eachIn(value, read, this.#faults)) ?? [];
  }
}

/** Nothing came of a value: what it says may be missing elsewhere. */
const doubtAll = (value: Tree | undefined, faults: Faults): void => {
  for (const text of value === undefined ? [] : textsOf(value)) faults.doubt(text);
};

const valueOf = ({ key, value }: Entry): Tree => {
  if (value !== undefined) return value;
  throw new FaultError(
    key.at,
    `"${key.text}" says nothing: give it a value, indented further than it if on lines of its own`,
  );
};

/** The keys of a map. */
const entriesIn = (value: Tree, what: string): readonly Entry[] => {
  if (value.kind !== "map")
    throw new FaultError(value.at, `${KINDS[value.kind]} stands where ${what} is wanted: keys with values`);
  return value.entries;
};

/** Each item of a list, those left out of which nothing can be made. */
export const eachIn = <T>(value: Tree, read: Read<T>, faults: Faults): readonly T[] => {
  if (value.kind !== "list") throw wrong(value, "a list");
  return value.items.flatMap((item) => {
    const made = faults.try(item.at, () => read(item));
    if (made === undefined) doubtAll(item, faults);
    return made === undefined ? [] : [made];
  });
};

/**
 * Each entry of a map, those left out of which nothing can be made. Keys of what is `inside` an entry belong to one before
 * them that says nothing: it is indented wrongly.
 */
export const eachEntry = <T>(
  value: Tree,
  what: string,
  read: (key: Entry["key"], value: Tree) => T,
  faults: Faults,
  inside: readonly string[] = [],
): readonly T[] =>
  entriesIn(value, what).flatMap((entry, i, all) => {
    const before = all.slice(0, i).findLast(({ key }) => !inside.includes(key.text));
    if (inside.includes(entry.key.text) && before !== undefined && before.value === undefined) return [];
    const made = faults.try(entry.key.at, () => read(entry.key, valueOf(entry)));
    if (made === undefined) {
      faults.doubt(entry.key.text);
      doubtAll(entry.value, faults);
    }
    return made === undefined ? [] : [made];
  });
