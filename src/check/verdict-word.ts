/** A verdict on a property, in the words of the command line contract. */
export type Verdict =
  "holds" | "holds-to-bound" | "violated" | "witnessed" | "vacuous" | "unknown" | "not-applicable";
