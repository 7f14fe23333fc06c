import { Environment, ParseError, type ASTNode } from "@marcbachmann/cel-js";
import { checkCharacters } from "./characters.ts";
import { ExpressionError, type Part } from "./expression-error.ts";
import { limits, parsingError } from "./parse-error.ts";
import type { Operator, Term } from "./term.ts";

const parser = new Environment({ limits });

type Reading = { readonly text: string };

const numberOf = ({ text }: Reading, node: ASTNode, value: unknown): number => {
  const number = Number(value);
  if (typeof value === "bigint" && Number.isSafeInteger(number)) return number;
  const words =
    typeof value === "bigint" ? "is beyond the safe integers" : "is no whole number: there are no others";
  throw new ExpressionError(text, node, `${text.slice(node.start, node.end)} ${words}`);
};

const literalOf = (node: NodeOf<"value">, part: Part, reading: Reading): Term => {
  const value = node.args;
  if (typeof value === "boolean") return { ...part, kind: "bool", value };
  if (typeof value === "string") return { ...part, kind: "quoted", value };
  if (value === null)
    throw new ExpressionError(reading.text, part, "null is not in the language: each field has a value");
  return { ...part, kind: "number", value: numberOf(reading, node, value) };
};

/** The name of a method, which stands behind what it is called of. */
const nameIn = (text: string, name: string, from: number): Part => {
  const start = text.indexOf(name, text.indexOf(".", from));
  return { start, end: start + name.length };
};

const OPERATORS: readonly string[] = [
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "+",
  "-",
  "*",
  "&&",
  "||",
] satisfies readonly Operator[];
const isBinary = (node: ASTNode): node is Extract<ASTNode, { readonly op: Operator }> =>
  OPERATORS.includes(node.op);

type NodeOf<K extends ASTNode["op"]> = Extract<ASTNode, { readonly op: K }>;
/** What the parser's nodes are, but those between two operands. `go` descends. */
type Cases = {
  readonly [K in Exclude<ASTNode["op"], Operator>]: (
    node: NodeOf<K>,
    part: Part,
    reading: Reading,
    go: (node: ASTNode) => Term,
  ) => Term;
};

const refuse =
  (what: string) =>
  (_: ASTNode, part: Part, { text }: Reading): never => {
    throw new ExpressionError(text, part, `${what} not in the language`);
  };

const cases: Cases = {
  value: literalOf,
  id: (node, part) => ({ ...part, kind: "name", name: node.args }),
  ".": ({ args: [of, name], pos, end }, part, _, go) => ({
    ...part,
    kind: "field",
    of: go(of),
    name,
    nameAt: { start: pos, end },
  }),
  "[]": ({ args: [of, at] }, part, _, go) => ({ ...part, kind: "member", of: go(of), at: go(at) }),
  call: ({ args: [name, args], start }, part, _, go) => ({
    ...part,
    kind: "call",
    name,
    nameAt: { start, end: start + name.length },
    args: args.map(go),
  }),
  rcall: ({ args: [name, of, args] }, part, { text }, go) => ({
    ...part,
    kind: "call",
    name,
    nameAt: nameIn(text, name, of.end),
    of: go(of),
    args: args.map(go),
  }),
  list: (node, part, _, go) => ({ ...part, kind: "list", items: node.args.map(go) }),
  "!_": (node, part, _, go) => ({ ...part, kind: "not", of: go(node.args) }),
  "-_": (node, part, _, go) => ({ ...part, kind: "minus", of: go(node.args) }),
  "?:": ({ args: [when, yes, no] }, part, _, go) => ({
    ...part,
    kind: "choice",
    when: go(when),
    yes: go(yes),
    no: go(no),
  }),
  "/": refuse('"/" is'),
  "%": refuse('"%" is'),
  map: refuse("maps are"),
  ".?": refuse('".?" is'),
  "[?]": refuse('"[?]" is'),
};

const termOf = (reading: Reading, node: ASTNode): Term => {
  const part: Part = { start: node.start, end: node.end };
  // oxlint-disable-next-line unbounded/no-recursion -- an expression has at most 400 parts
  const go = (below: ASTNode): Term => termOf(reading, below);
  if (isBinary(node)) {
    const [left, right] = node.args;
    return { ...part, kind: "binary", operator: node.op, left: go(left), right: go(right) };
  }
  return (cases[node.op] as (...all: unknown[]) => Term)(node, part, reading, go);
};

/**
 * Reads an expression: CEL's syntax, of which maps, strings, doubles, division and comments are refused.
 * @throws ExpressionError with what is wrong and where.
 */
export const parse = (text: string): Term => {
  checkCharacters(text);
  try {
    return termOf({ text }, parser.parse(text).ast);
  } catch (error) {
    if (error instanceof ParseError) throw parsingError(text, error);
    throw error;
  }
};
