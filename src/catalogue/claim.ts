import type { Wish } from "./choice.ts";

/**
 * One way to run the system that claims are checked under: a column of their table. Under the name of an axis stands the
 * value there; on an axis left out it is a world's first.
 */
export interface Column extends Wish {
  readonly name: string;
  readonly about: string;
  /** Options as `name=value`. */
  readonly set: readonly string[];
}

/** A question that decides a claim: a property in a world, whose expectations say the verdict under each column asked. */
export interface Check {
  readonly property: string;
  readonly scenario: string;
  /** Options as `name=value`, beside those of the column. */
  readonly set?: readonly string[];
  /** The names of the columns under which it is asked. */
  readonly columns: readonly string[];
  /** Which verdict supports the claim, everywhere or by the name of a column; of those left out it says nothing. */
  readonly supports?: Supporting | undefined;
}

type Decisive = "holds" | "violated" | "witnessed";
/** The verdict that supports a claim, under all columns or by their names. */
export type Supporting = Decisive | { readonly [column: string]: Decisive };

/** The outcome for a claim as its author made it. */
export type Word = "confirmed" | "refuted" | `holds under: ${string}` | `depends on: ${string}`;

/** A sentence of the thread (or a finding about it) that checks decide. */
export interface Claim {
  readonly id: string;
  /** What was claimed, in one sentence of our own. */
  readonly statement: string;
  /** The messages that say or dispute it, for example `m15`; none for what only the sections of `source` say. */
  readonly messages: readonly string[];
  readonly source: string;
  /** Where messages and sections can be read: paths or addresses. */
  readonly links?: readonly string[];
  readonly word: Word;
  /** What was said and what the trace shows, a sentence each; every claim but a confirmed one has both. */
  readonly said?: string;
  readonly shown?: string;
  /** The first decides the claim itself; the others its conditions and the open switches it depends on. */
  readonly checks: readonly Check[];
}

/** A message of the thread. */
export interface Message {
  readonly id: string;
  readonly author: string;
  /** What it says, in a line. */
  readonly about: string;
  /** When it was sent, in words: a day, or what is known of it. */
  readonly date?: string;
  readonly subject?: string;
  /** Where it is archived, if that is known. */
  readonly link?: string;
  /** Why nothing of it can be checked, where that is so. */
  readonly nothing?: string;
}

/** Columns that stand side by side in an overview of claims. */
export interface ColumnGroup {
  readonly title: string;
  /** The names of the columns. */
  readonly columns: readonly string[];
}

/** Everything that was claimed, and how it is checked. */
export interface ClaimBook {
  /** The heading of its page; where left out, what any book could be called. */
  readonly title?: string;
  /** Where its page comes from, in a sentence for whoever would edit it. */
  readonly written?: string;
  /** Where its page is kept, `docs/claims.md`, from where the paths in links start; without it they are not linked. */
  readonly page?: string;
  /** What a column is called, which is also the flag that names some; `column` where left out. */
  readonly columnKind?: string;
  /** How its page splits the overview, the first part of all claims; one of all columns where left out. */
  readonly groups?: readonly ColumnGroup[];
  readonly columns: readonly Column[];
  readonly messages: readonly Message[];
  readonly claims: readonly Claim[];
}

/** The authors of a claim's messages, each once. */
export const authorsOf = ({ messages }: ClaimBook, claim: Claim): readonly string[] => [
  ...new Set(messages.filter(({ id }) => claim.messages.includes(id)).map(({ author }) => author)),
];
