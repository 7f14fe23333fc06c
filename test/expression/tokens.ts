import type { Term, TermOf } from "../../src/expression/term.ts";

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

const cases: { readonly [K in Term["kind"]]: (term: TermOf<K>) => readonly string[] } = {
  bool: ({ value }) => [String(value)],
  number: ({ value }) => [String(value)],
  quoted: ({ value }) => [JSON.stringify(value)],
  name: ({ name }) => [name],
  field: ({ of, name }) => [...tokensOf(of), ".", name],
  member: ({ of, at }) => [...tokensOf(of), "[", ...tokensOf(at), "]"],
  call: ({ of, name, args }) => [
    ...(of === undefined ? [] : [...tokensOf(of), "."]),
    name,
    ...joined(args.map((arg) => tokensOf(arg))),
  ],
  list: ({ items }) => ["[", ...joined(items.map((item) => tokensOf(item))), "]"],
  not: ({ of }) => ["!", ...tokensOf(of)],
  minus: ({ of }) => ["-", ...tokensOf(of)],
  binary: ({ left, operator, right }) => [...tokensOf(left), operator, ...tokensOf(right)],
  choice: ({ when, yes, no }) => [...tokensOf(when), "?", ...tokensOf(yes), ":", ...tokensOf(no)],
};

/** What was read, in the order in which it is written. */
export const tokensOf = (term: Term): readonly string[] =>
  (cases[term.kind] as (term: Term) => readonly string[])(term);
