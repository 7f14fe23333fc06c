import {
  byGravity,
  isIdleLaw,
  type Combination,
  type Matrix,
  type PlainVerdict,
} from "../catalogue/matrix.ts";
import { vacuousIsGood } from "../model/property.ts";

/**
 * What is said of a combination as a whole, the best first: what is asked holds, or never occurs where that is as good;
 * nothing breaks but some says nothing; open; something is violated.
 */
export const STANDINGS = ["holds", "vacuous", "open", "violated", "not-applicable"] as const;

/** One of them. */
export type Standing = (typeof STANDINGS)[number];

/**
 * The ids of what is vacuous in a combination: where that is as good as `holds`, and where it says nothing. Laws are neither:
 * each that is not violated is as it should be.
 */
export const vacuousIn = (
  { properties }: Pick<Matrix, "properties">,
  { verdicts }: Combination,
): { readonly good: readonly string[]; readonly idle: readonly string[] } => {
  const fine = new Set(properties.filter(vacuousIsGood).map(({ id }) => id));
  const ids = verdicts.flatMap((one) => (one.verdict === "vacuous" && !isIdleLaw(one) ? [one.id] : []));
  return { good: ids.filter((id) => fine.has(id)), idle: ids.filter((id) => !fine.has(id)) };
};

/** The properties that a combination violates, that of the shortest run first. */
export const violatedIn = ({ verdicts }: Combination): readonly PlainVerdict[] =>
  verdicts.toSorted(byGravity).filter(({ verdict }) => verdict === "violated");

/** The standing of a combination. */
export const standingOf = (matrix: Pick<Matrix, "properties">, combination: Combination): Standing => {
  const { verdicts, refusal, complete } = combination;
  const has = (verdict: PlainVerdict["verdict"]): boolean => verdicts.some((one) => one.verdict === verdict);
  if (has("violated")) return "violated";
  if (refusal !== null || !verdicts.some(({ verdict }) => verdict !== "not-applicable"))
    return "not-applicable";
  if (!complete || has("unknown") || has("holds-to-bound")) return "open";
  return vacuousIn(matrix, combination).idle.length > 0 ? "vacuous" : "holds";
};
