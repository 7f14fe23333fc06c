import type { Part } from "./expression-error.ts";

/** An operator between two terms. */
export type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "+" | "-" | "*" | "&&" | "||";

/** An expression as it is written, before anything is known of the names in it. */
export type Term = Part &
  (
    | { readonly kind: "bool"; readonly value: boolean }
    | { readonly kind: "number"; readonly value: number }
    /** A word in quotes. */
    | { readonly kind: "quoted"; readonly value: string }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "field"; readonly of: Term; readonly name: string; readonly nameAt: Part }
    | { readonly kind: "member"; readonly of: Term; readonly at: Term }
    | {
        readonly kind: "call";
        readonly name: string;
        readonly nameAt: Part;
        /** What stands before the dot. */
        readonly of?: Term;
        readonly args: readonly Term[];
      }
    | { readonly kind: "list"; readonly items: readonly Term[] }
    | { readonly kind: "not"; readonly of: Term }
    | { readonly kind: "minus"; readonly of: Term }
    | { readonly kind: "binary"; readonly operator: Operator; readonly left: Term; readonly right: Term }
    | { readonly kind: "choice"; readonly when: Term; readonly yes: Term; readonly no: Term }
  );

/** A term of one kind. */
export type TermOf<K extends Term["kind"]> = Extract<Term, { readonly kind: K }>;

/** A part with the parentheses around its first or last term, which the parser does not count to it. */
export const enclosed = (text: string, { start, end }: Part): Part => {
  let [from, to] = [start, end];
  const open = (): number => {
    const part = text.slice(from, to).replaceAll(/"[^"]*"|'[^']*'/g, "");
    return part.split("(").length - part.split(")").length;
  };
  while (open() > 0 && text.includes(")", to)) to = text.indexOf(")", to) + 1;
  while (open() < 0 && from > 0 && text.lastIndexOf("(", from - 1) >= 0)
    from = text.lastIndexOf("(", from - 1);
  return { start: from, end: to };
};
