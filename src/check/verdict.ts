import type { Finding, Stop } from "../explore/exploration.ts";
import type { Property } from "../model/property.ts";
import type { Verdict } from "../model/scenario.ts";

/** A verdict and what it rests on, in a few words. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly because: string;
}

/** A number with its thousands set apart, the same in every locale. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/** `1 step`, `2 steps`. */
export const plural = (n: number, word: string): string => `${grouped(n)} ${word}${n === 1 ? "" : "s"}`;

/** Why a search that did not see everything ended, in words. */
export const stopText = (stop: Stop, depth: number): string => {
  switch (stop) {
    case "exhausted":
      return "complete search";
    case "depth":
      return `within depth ${depth}`;
    case "switches":
      return "within the switches asked for";
    case "violation":
      return "stopped at the first violation";
    case "interrupted":
      return "interrupted";
    case "states":
    case "memory":
    case "time":
      return `stopped at the ${stop} limit`;
  }
};

/** Whether a stop is part of the question, so that the answer within it is final. */
const isBound = (stop: Stop): boolean => stop === "depth" || stop === "switches";

/**
 * What a finding says of a property. `holds` is said only of a complete search in which the antecedent occurred; a
 * search cut short says nothing but `unknown` of what it did not find.
 */
export const judge = (
  kind: Property<never>["kind"],
  { antecedent, path }: Finding,
  stop: Stop,
  depth: number,
): Judgement => {
  const where = stopText(stop, depth);
  if (path !== undefined)
    return {
      verdict: kind === "sometimes" ? "witnessed" : "violated",
      because: `after ${plural(path.steps.length, "step")}`,
    };
  if (stop !== "exhausted" && !isBound(stop))
    return {
      verdict: "unknown",
      because: `${where}, ${kind === "sometimes" ? "not reached" : "no violation"} in the part explored`,
    };
  if (kind === "sometimes")
    return stop === "exhausted"
      ? { verdict: "violated", because: "never reached in the complete search" }
      : { verdict: "unknown", because: `not reached ${where}` };
  if (antecedent === 0)
    return {
      verdict: "vacuous",
      because: `its antecedent never occurs ${stop === "exhausted" ? "in the complete search" : where}`,
    };
  return {
    verdict: stop === "exhausted" ? "holds" : "holds-to-bound",
    because: `${where}, antecedent in ${plural(antecedent, kind === "step" ? "transition" : "state")}`,
  };
};

/**
 * Whether a verdict agrees with the expected one. What was found (a violation, a witness) must be expected; what was
 * not found counts only when the search was complete.
 */
export const agrees = (verdict: Verdict, expected: Verdict | undefined, stop: Stop): boolean => {
  if (expected === undefined || verdict === expected) return true;
  return verdict !== "violated" && verdict !== "witnessed" && stop !== "exhausted";
};
