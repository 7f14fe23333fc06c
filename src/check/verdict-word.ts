/** The verdicts on a property, in the words of the command line contract. */
export const VERDICTS = [
  "holds",
  "holds-to-bound",
  "violated",
  "witnessed",
  "vacuous",
  "unknown",
  "not-applicable",
] as const;
/** One of them. */
export type Verdict = (typeof VERDICTS)[number];
/**
 * What can be expected: a verdict, every verdict, or what is expected of a law: that it is not violated, and it may well be
 * that its antecedent never occurs.
 */
export const EXPECTABLE = [...VERDICTS, "any", "holds-or-vacuous"] as const;
/** One of these. */
export type Expectable = (typeof EXPECTABLE)[number];
