import { CheckError, nearest } from "../errors.ts";

/** A part of an expression: where it begins, and how many characters it has; none where something is missing at the end. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** What is wrong with an expression, and where in its text. Usage, exit code 2. */
export class ExpressionError extends CheckError {
  /** The whole expression. */
  readonly text: string;
  /** Where what is wrong begins in the text, from 0. */
  readonly offset: number;
  /** How many characters of the text are wrong; 0 where something is missing. */
  readonly length: number;
  /** The name or word that is not known, where that is what is wrong. */
  readonly unknown: string | undefined;
  constructor(text: string, { start, end }: Part, message: string, unknown?: string) {
    super("usage", message);
    this.unknown = unknown;
    this.text = text;
    this.offset = start;
    this.length = end - start;
  }
}

/** Characters of a line that are shown on either side of what is wrong. */
const AROUND = 50;

/** The line of `text` in which a part begins, and carets below that part; of a long line, what is around it. */
export const withCaret = (text: string, offset: number, length: number): string => {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const newline = text.indexOf("\n", offset);
  const line = text.slice(from, newline < 0 ? text.length : newline).replaceAll(/[\t\r]/g, " ");
  const at = offset - from;
  const first = Math.max(0, at - AROUND);
  const wide = Math.max(1, Math.min(length, line.length - at, AROUND));
  const shown = line.slice(first, at + wide + AROUND);
  const before = first > 0 ? "..." : "";
  const after = first + shown.length < line.length ? "..." : "";
  return `${before}${shown}${after}\n${" ".repeat(before.length + at - first)}${"^".repeat(wide)}`;
};

/** `(did you mean "X"?)` with the known name nearest to a misspelt one, or all if they are few; empty where none is near. */
export const didYouMean = (name: string, known: readonly string[]): string => {
  const near = nearest(name, known);
  if (near !== undefined) return ` (did you mean "${near}"?)`;
  return known.length === 0 || known.length > 12 ? "" : ` (known: ${known.join(", ")})`;
};
