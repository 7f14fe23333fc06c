import type { MutantResult } from "./mutate-worlds.ts";
import type { MutantVerdict } from "./verdict-on-mutant.ts";

/** The parts of what is modelled, by name, each with the names of its actions; an action of several is of the first. */
export type Parts = Readonly<Record<string, readonly string[]>>;

/** By what a mutant is told, and where. */
export interface Told {
  readonly world: string;
  readonly by: string;
  /** After how many steps it is violated; null of an error, and where it is not violated. */
  readonly steps: number | null;
  /** What the property says instead, where it is not violated; else null. */
  readonly says: string | null;
}

/** What all worlds together say of a mutant. */
export interface Surveyed {
  readonly mutant: string;
  readonly actor: string;
  /** The part that its action is of; null where it is of none. */
  readonly part: string | null;
  readonly kind: MutantVerdict["kind"];
  /** Where it is killed after the fewest steps, or else where a property first says something else; null where none tells. */
  readonly told: Told | null;
  /** The worlds that were asked. */
  readonly worlds: readonly string[];
}

/** How many mutants there are of each kind. */
export type Counts = Readonly<Record<MutantVerdict["kind"], number>>;

/** How many mutants differ, how many of these are killed, and how many say something else of a property without that. */
export interface Rate {
  readonly differ: number;
  readonly killed: number;
  readonly changed: number;
}

type Kinds = readonly Pick<Surveyed, "kind">[];

/** The mutants of each kind, counted. */
export const countsOf = (all: Kinds): Counts => {
  const count = (wanted: Surveyed["kind"]): number => all.filter(({ kind }) => kind === wanted).length;
  return {
    killed: count("killed"),
    changed: count("changed"),
    equivalent: count("equivalent"),
    survived: count("survived"),
    open: count("open"),
  };
};

/** The rate among mutants that were decided and are not equivalent. */
export const rateOf = (all: Kinds): Rate => {
  const { killed, changed, survived } = countsOf(all);
  return { differ: killed + changed + survived, killed, changed };
};

/** What there is under each key, in the order in which keys are met. */
export const groupedBy = <T, K extends string | null>(
  all: readonly T[],
  keyOf: (one: T) => K,
): ReadonlyMap<K, readonly T[]> => {
  const groups = new Map<K, T[]>();
  for (const one of all)
    groups
      .set(keyOf(one), groups.get(keyOf(one)) ?? [])
      .get(keyOf(one))
      ?.push(one);
  return groups;
};

const ORDER: readonly MutantVerdict["kind"][] = ["killed", "changed", "open", "survived", "equivalent"];

/** An error comes before anything else: nothing was searched. */
const stepsOf = ({ verdict }: MutantResult): number =>
  verdict.kind === "killed" ? (verdict.steps ?? 0) : Infinity;

const toldBy = (kind: MutantVerdict["kind"], of: readonly MutantResult[]): Told | null => {
  const [first] = of
    .filter(({ verdict }) => verdict.kind === kind)
    .toSorted((a, b) => Math.sign(stepsOf(a) - stepsOf(b)) || 0);
  const { world, verdict } = first;
  if (verdict.kind === "killed") return { world, by: verdict.by, steps: verdict.steps, says: null };
  return verdict.kind === "changed" ? { world, by: verdict.by, steps: null, says: verdict.says } : null;
};

/** The part that an action is of; null where it is of none. */
export const partOfAction = (parts: Parts, action: string): string | null =>
  Object.entries(parts).find(([, actions]) => actions.includes(action))?.[0] ?? null;

/**
 * One verdict on each mutant: killed where one world kills it, else changed where the verdicts of one do, equivalent where
 * all say so, else open or survived.
 */
export const surveyed = (results: readonly MutantResult[], parts: Parts = {}): readonly Surveyed[] => {
  return [...groupedBy(results, ({ mutant }) => mutant)].map(([mutant, of]) => {
    const kind = ORDER.find((one) => of.some(({ verdict }) => verdict.kind === one))!;
    const [{ action, actor }] = of;
    return {
      mutant,
      actor,
      part: partOfAction(parts, action),
      kind,
      told: toldBy(kind, of),
      worlds: of.map(({ world }) => world),
    };
  });
};
