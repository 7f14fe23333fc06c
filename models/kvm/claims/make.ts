import type { Check, Claim } from "#check";
import type { Expected } from "./columns.ts";

/** A check: a property in a world, what is expected of it by column, and the settings beside the column's. */
export const asks = (
  scenario: string,
  property: string,
  expected: Expected,
  set: readonly string[] = [],
): Check => ({ scenario, property, expected, set });

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
