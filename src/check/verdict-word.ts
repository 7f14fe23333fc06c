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
