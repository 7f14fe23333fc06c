import type { Term } from "../../src/expression/term.ts";

/** A literal as it is compared: 0x1f is 31. */
const numeral = (text: string): string => (/^\d/.test(text) ? String(Number(text)) : text);

/** What a text is made of, but parentheses, blanks and a comma behind the last of a list. */
export const tokensIn = (text: string): readonly string[] =>
  (text.match(/"[^"]*"|'[^']*'|0[xX][0-9a-fA-F]+|\d+|\w+|[=!<>]=|&&|\|\||\S/g) ?? [])
    .filter((token, i, all) => !(token === "," && [")", "]"].includes(all[i + 1])))
    .filter((token) => token !== "(" && token !== ")")
    .map((token) => (/^["']/.test(token) ? JSON.stringify(token.slice(1, -1)) : numeral(token)));

const joined = (lists: readonly (readonly string[])[]): readonly string[] =>
  lists.flatMap((list, i) => (i === 0 ? list : [",", ...list]));

/** What was read, in the order in which it is written. */
export const tokensOf = (term: Term): readonly string[] => {
  switch (term.kind) {
    case "bool":
    case "number":
      return [String(term.value)];
    case "quoted":
      return [JSON.stringify(term.value)];
    case "name":
      return [term.name];
    case "field":
      return [...tokensOf(term.of), ".", term.name];
    case "member":
      return [...tokensOf(term.of), "[", ...tokensOf(term.at), "]"];
    case "call": {
      const of = term.of === undefined ? [] : [...tokensOf(term.of), "."];
      return [...of, term.name, ...joined(term.args.map(tokensOf))];
    }
    case "list":
      return ["[", ...joined(term.items.map(tokensOf)), "]"];
    case "not":
      return ["!", ...tokensOf(term.of)];
    case "minus":
      return ["-", ...tokensOf(term.of)];
    case "binary":
      return [...tokensOf(term.left), term.operator, ...tokensOf(term.right)];
    case "choice":
      return [...tokensOf(term.when), "?", ...tokensOf(term.yes), ":", ...tokensOf(term.no)];
  }
};
