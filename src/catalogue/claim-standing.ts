import type { Verdict } from "../check/verdict-word.ts";
import type { Check } from "./claim.ts";

/** What a verdict says of the claim that its check is about; null where it says nothing of it. */
export type Standing = "supports" | "refutes" | null;

/** Verdicts that decide nothing. */
const undecided: ReadonlySet<Verdict> = new Set(["vacuous", "unknown", "not-applicable"]);

/** What a verdict under a column says of the claim, by what its author said would support it. */
export const standingOf = ({ supports }: Check, column: string, verdict: Verdict): Standing => {
  const wanted = typeof supports === "object" ? supports[column] : supports;
  if (wanted === undefined || undecided.has(verdict)) return null;
  return verdict === wanted || (wanted === "holds" && verdict === "holds-to-bound") ? "supports" : "refutes";
};
