import type { Check, Claim } from "#check";
import type { Columns } from "./columns.ts";

/** A check: a property in a world, the columns it is asked under, and the settings beside the column's. */
export const asks = (
  scenario: string,
  property: string,
  columns: Columns,
  set: readonly string[] = [],
): Check => ({ scenario, property, columns, set });

/** A claim that is right as it stands; `source` begins with the messages that make it, if any: `m3, m20; timer 9.2 Q17`. */
export const confirmed = (
  id: string,
  source: string,
  statement: string,
  ...checks: readonly Check[]
): Claim => {
  const messages = source.split(/[;,] /).filter((word) => /^m\d+$/.test(word));
  const sections = source.split("; ").filter((part) => !/^m\d/.test(part));
  return { id, statement, messages, source: sections.join("; "), word: "confirmed", checks };
};
