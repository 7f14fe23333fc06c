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

/** `1 switch`, `2 switches`. */
export const switchesText = (n: number): string => `${grouped(n)} ${n === 1 ? "switch" : "switches"}`;

/** Why a search that did not see everything ended, in words; `switches` is the bound on them, null where there is none. */
export const stopText = (stop: Stop, depth: number, switches: number | null = null): string => {
  switch (stop) {
    case "exhausted":
      return "complete search";
    case "depth":
      return `within depth ${depth}${switches === null ? "" : ` and ${switchesText(switches)}`}`;
    case "switches":
      return switches === null ? "within the switches asked for" : `within ${switchesText(switches)}`;
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

/** How a search counted. */
export interface Counting {
  /** Bounded by so many switches; null where it was not. */
  readonly switches: number | null;
  /** States that differ only in names counted as one. */
  readonly symmetric: boolean;
}

/** How often an antecedent occurred; a search bounded by switches meets a state more than once, and only says that it did. */
const seenText = (
  kind: Property<never>["kind"],
  antecedent: number,
  { switches, symmetric }: Counting,
): string =>
  switches === null
    ? `antecedent in ${plural(antecedent, kind === "step" ? "transition" : "state")}${symmetric ? " up to symmetry" : ""}`
    : "its antecedent occurs";

/**
 * What a finding says of a property. `holds` is said only of a complete search in which the antecedent occurred; a
 * search cut short says nothing but `unknown` of what it did not find.
 */
export const judge = (
  kind: Property<never>["kind"],
  { antecedent, path }: Finding,
  stop: Stop,
  depth: number,
  counting: Counting = { switches: null, symmetric: false },
): Judgement => {
  const where = stopText(stop, depth, counting.switches);
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
    because: `${where}, ${seenText(kind, antecedent, counting)}`,
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
