/** What a checker says of a property; the words of the command line contract. */
export type Verdict =
  "holds" | "holds-to-bound" | "violated" | "witnessed" | "vacuous" | "unknown" | "not-applicable";
