import { own } from "../schema/own.ts";
import type { Names } from "./names.ts";
import { parse } from "./syntax.ts";
import type { Term } from "./term.ts";

/** The terms that a term is made of. */
const partsOf = (term: Term): readonly Term[] =>
  Object.values<unknown>({ ...term })
    .flat()
    .filter((part): part is Term => typeof part === "object" && part !== null && "kind" in part);

/** Where an expression speaks of the state: at each field and each predicate. */
const placesIn = (text: string, { state: { node }, predicates = [] }: Names): readonly number[] => {
  const places: number[] = [];
  const left = [parse(text)];
  for (let term = left.pop(); term !== undefined; term = left.pop()) {
    if (term.kind === "name" && node.kind === "record" && own(node.fields, term.name) !== undefined)
      places.push(term.start);
    if (term.kind === "call" && term.of === undefined) {
      const { name, nameAt } = term;
      if (predicates.some((predicate) => predicate.name === name)) places.push(nameAt.start);
    }
    for (const part of partsOf(term)) left.push(part);
  }
  return places.toSorted((a, b) => a - b);
};

/**
 * A condition of a state as one of the state before a step, or after it: `vcpu[0].on` as `after.vcpu[0].on`.
 * @throws ExpressionError where it cannot be read.
 */
export const ofSide = (text: string, side: "before" | "after", names: Names): string => {
  const places = placesIn(text, names);
  const parts = places.map((from, i) => `${side}.${text.slice(from, places[i + 1])}`);
  return `${text.slice(0, places[0])}${parts.join("")}`;
};
