/** What a field of an event holds: a big integer where it may not fit into 32 bits. */
export type FieldValue = number | bigint | boolean | string;

/** The fields of an event, by name. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** Which values a field takes: integers of a size, yes or no, a word, words or none, or one of some words. */
export type FieldKind = "u32" | "s32" | "u64" | "s64" | "flag" | "word" | "words" | readonly string[];

/** A field as it stands in the text of an event: how it is printed, and how it is read again. */
export interface Field<K extends string = string, V extends FieldValue = FieldValue> {
  readonly name: K;
  readonly kind: FieldKind;
  /** A regular expression without groups that matches what `print` prints. */
  readonly pattern: string;
  print(value: V): string;
  /** What a text that matches the pattern says; undefined where no value is printed like that. */
  read(text: string): V | undefined;
}

const U32 = 2 ** 32 - 1;
const S32 = 2 ** 31;
const U64 = 2n ** 64n - 1n;
const S64 = 2n ** 63n;

const within = <V extends number | bigint>(value: V, least: V, most: V): V | undefined =>
  value >= least && value <= most ? value : undefined;

/** An unsigned integer of 32 bits, in decimal: `%u`. */
export const unsigned = <const K extends string>(name: K): Field<K, number> => ({
  name,
  kind: "u32",
  pattern: "\\d+",
  print: String,
  read: (text) => within(Number(text), 0, U32),
});

/** A signed integer of 32 bits, in decimal: `%d`. */
export const signed = <const K extends string>(name: K): Field<K, number> => ({
  name,
  kind: "s32",
  pattern: "-?\\d+",
  print: String,
  read: (text) => within(Number(text), -S32, S32 - 1),
});

/** An unsigned integer of 32 bits, in hexadecimal with at least `digits` digits: `%x`, `%08x`. */
export const hex = <const K extends string>(name: K, digits = 1): Field<K, number> => ({
  name,
  kind: "u32",
  pattern: "[0-9a-f]+",
  print: (value) => value.toString(16).padStart(digits, "0"),
  read: (text) => within(Number.parseInt(text, 16), 0, U32),
});

/** An unsigned integer of 64 bits, in hexadecimal with at least `digits` digits: `%llx`, `%016llx`. */
export const hex64 = <const K extends string>(name: K, digits = 1): Field<K, bigint> => ({
  name,
  kind: "u64",
  pattern: "[0-9a-f]+",
  print: (value) => value.toString(16).padStart(digits, "0"),
  // Beyond twice the digits of any value nobody needs to know how large it is.
  read: (text) => (text.length > 32 ? undefined : within(BigInt(`0x${text}`), 0n, U64)),
});

/** A signed integer of 64 bits, in decimal: `%lld`. */
export const signed64 = <const K extends string>(name: K): Field<K, bigint> => ({
  name,
  kind: "s64",
  pattern: "-?\\d+",
  print: String,
  read: (text) => (text.length > 40 ? undefined : within(BigInt(text), -S64, S64 - 1n)),
});

/** A regular expression that matches a text and nothing else. */
export const literally = (text: string): string => text.replaceAll(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`);

/** Yes or no, each with its own text, one of which may be empty. */
export const flag = <const K extends string>(name: K, yes: string, no = ""): Field<K, boolean> => ({
  name,
  kind: "flag",
  pattern:
    yes.length > no.length
      ? `(?:${literally(yes)}|${literally(no)})`
      : `(?:${literally(no)}|${literally(yes)})`,
  print: (value) => (value ? yes : no),
  read: (text) => text === yes,
});

/** One of some words. */
export const oneOfWords = <const K extends string, const W extends string>(
  name: K,
  words: readonly W[],
): Field<K, W> => ({
  name,
  kind: words,
  pattern: `(?:${words
    .toSorted((a, b) => b.length - a.length)
    .map(literally)
    .join("|")})`,
  print: (word) => word,
  read: (text) => words.find((word) => word === text),
});

const WORDS = String.raw`[\w#/|:-]+(?: [\w#/|:-]+)*?`;

/**
 * A word that is printed as it is, or several with a blank between them; what has no name is printed as a number. Where a
 * program has names of its own for some, `names` says them.
 */
export const word = <const K extends string>(
  name: K,
  names: Readonly<Record<string, string>> = {},
): Field<K, string> => {
  const back = new Map(Object.entries(names).map(([meant, printed]) => [printed, meant]));
  return {
    name,
    kind: "word",
    pattern: WORDS,
    print: (value) => names[value] ?? value,
    read: (text) => back.get(text) ?? text,
  };
};

/** Words with something before them, or nothing at all. */
export const optionalWord = <const K extends string>(name: K, before: string): Field<K, string> => ({
  name,
  kind: "words",
  pattern: `(?:${literally(before)}${WORDS})?`,
  print: (value) => (value === "" ? "" : before + value),
  read: (text) => text.slice(before.length),
});

/** The value that stands for what is not known of a field. */
export const zeroOf = ({ kind }: Pick<Field, "kind">): FieldValue => {
  if (kind === "u64" || kind === "s64") return 0n;
  if (kind === "flag") return false;
  if (kind === "word") return "0";
  if (kind === "words") return "";
  return typeof kind === "string" ? 0 : kind[0];
};
