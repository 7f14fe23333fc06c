import type { ParseError } from "@marcbachmann/cel-js";
import { ExpressionError } from "./expression-error.ts";

/** The most parts of an expression, and how deep they may be inside one another. */
export const limits = { maxAstNodes: 400, maxDepth: 40, maxListElements: 100, maxCallArguments: 8 };

/** What is written for what another language writes otherwise. */
const OTHERWISE: Readonly<Record<string, string>> = {
  "&": ': write "&&"',
  and: ': write "&&"',
  or: ': write "||"',
  "|": ': write "||"',
  "=": ': write "=="',
  "~": ': write "!"',
  ";": ": it is one expression",
  "#": ": there are no comments in an expression",
};

/** The parser's words for what it expects. */
const EXPECTED: Readonly<Record<string, string>> = {
  RPAREN: '")"',
  RBRACKET: '"]"',
  RBRACE: '"}"',
  COLON: '":", as in a ? b : c',
  IDENTIFIER: "the name of a field",
};

const unexpected = (found: string, summary: string): string => {
  const [, token] = /^Expected (\w+)/.exec(summary) ?? [];
  const expected = token === undefined ? undefined : EXPECTED[token];
  if (found === "")
    return `the expression ends too early${expected === undefined ? "" : `: ${expected} is missing`}`;
  const otherwise = Object.hasOwn(OTHERWISE, found) ? OTHERWISE[found] : undefined;
  if (otherwise !== undefined || /^[@$^`?]$/.test(found))
    return `"${found}" is not in the language${otherwise ?? ""}`;
  return `"${found}" is not expected here${expected === undefined ? "" : `: ${expected} is`}`;
};

const beyond = (limit: string | undefined): string => {
  if (limit === "maxDepth")
    return `the expression is too deep: at most ${limits.maxDepth} parts inside one another`;
  if (limit === "maxAstNodes") return `the expression has more than ${limits.maxAstNodes} parts`;
  return `a list has at most ${limits.maxListElements} members, a call at most ${limits.maxCallArguments} arguments`;
};

const inWords = (code: string, found: string, summary: string): string => {
  switch (code) {
    case "limit_exceeded":
      return beyond(/^Exceeded (\w+)/.exec(summary)?.[1]);
    case "reserved_identifier":
      return `"${found}" is a reserved word of CEL: no name`;
    case "unterminated_string":
    case "unterminated_triple_quoted_string":
    case "newline_in_string":
      return "a quoted word does not end";
    case "invalid_macro_argument":
      return `"${found}" is no name: exists, all and the like begin with a name of their own for a member`;
    case "unexpected_character":
    case "unexpected_token":
    case "expected_token":
      return unexpected(found, summary);
    default:
      return summary;
  }
};

/** What the parser says, in words for somebody who has not read the grammar. */
export const parsingError = (text: string, error: ParseError): ExpressionError => {
  const { start, end } = error.range ?? { start: text.length, end: text.length };
  return new ExpressionError(
    text,
    { start, end },
    inWords(error.code, text.slice(start, end), error.summary),
  );
};
