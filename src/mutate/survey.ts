import type { MutantResult } from "./mutate-worlds.ts";
import type { MutantVerdict } from "./verdict-on-mutant.ts";

/** What all worlds together say of a mutant. */
export interface Surveyed {
  readonly mutant: string;
  readonly actor: string;
  readonly kind: MutantVerdict["kind"];
  /** The worlds that were asked. */
  readonly worlds: readonly string[];
}

/** What there is under each key, in the order in which keys are met. */
export const groupedBy = <T>(
  all: readonly T[],
  keyOf: (one: T) => string,
): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all)
    groups
      .set(keyOf(one), groups.get(keyOf(one)) ?? [])
      .get(keyOf(one))
      ?.push(one);
  return groups;
};

const ORDER: readonly MutantVerdict["kind"][] = ["killed", "open", "survived", "equivalent"];

/** One verdict on each mutant: killed where one world kills it, equivalent where all say so, else open or survived. */
export const surveyed = (results: readonly MutantResult[]): readonly Surveyed[] => {
  const byMutant = groupedBy(results, ({ mutant }) => mutant);
  return [...byMutant].map(([mutant, of]) => ({
    mutant,
    actor: of[0].actor,
    kind: ORDER.find((kind) => of.some(({ verdict }) => verdict.kind === kind))!,
    worlds: of.map(({ world }) => world),
  }));
};
