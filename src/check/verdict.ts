import type { Finding, Stop } from "../problem/exploration.ts";
import { fairnessText, type Fairness } from "../model/fairness.ts";
import type { Liveness, Property, Safety } from "../model/property.ts";
import type { Expectable, Verdict } from "./verdict-word.ts";

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

/** The bounds of a search besides its depth. */
export interface Within {
  /** The bound on switches, null where there is none. */
  readonly switches: number | null;
  /** The constraints that kept states from being expanded, in words; null where none did. */
  readonly constraints: string | null;
  /** The threads that stand still for want of an action left out, in words; null or absent where none does. */
  readonly leftOut?: string | null;
}

const unbounded: Within = { switches: null, constraints: null };

const boundText = (stop: Stop, depth: number, { switches, constraints, leftOut }: Within): string => {
  const many = switches === null ? "the switches asked for" : switchesText(switches);
  const bounds = [
    ...(stop === "left-out" ? [`what takes part (${leftOut ?? "actions are left out"})`] : []),
    ...(stop === "depth" ? [`depth ${depth}`] : []),
    ...(stop === "switches" || switches !== null ? [many] : []),
    ...(stop === "constraint" || constraints !== null ? [constraints ?? "the constraints"] : []),
  ];
  return `within ${bounds.join(" and ")}`;
};

/** Why a search that did not see everything ended, in words. */
export const stopText = (stop: Stop, depth: number, within: Within = unbounded): string => {
  switch (stop) {
    case "exhausted":
      return "complete search";
    case "left-out":
    case "constraint":
    case "depth":
    case "switches":
      return boundText(stop, depth, within);
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

/** How a run ends, in words: `after 3 steps`; or how it goes on for ever. */
export const runEnd = ({
  steps,
  loopAt,
}: {
  readonly steps: readonly unknown[];
  readonly loopAt?: number;
}): string => {
  const stem = `after ${plural(loopAt ?? steps.length, "step")}`;
  if (loopAt === undefined) return stem;
  if (loopAt === steps.length)
    return `${loopAt === 0 ? "in the start state" : stem}, where it stops for ever`;
  const loop = `${plural(steps.length - loopAt, "step")} for ever`;
  return loopAt === 0 ? `by ${loop}` : `${stem}, then ${loop}`;
};

/** What a liveness property assumes of all behaviours, in words. */
export const assumedText = (fairness: readonly Fairness<never>[]): string =>
  fairness.length === 0 ? "no fairness assumed" : `assuming ${fairness.map(fairnessText).join(", ")}`;

/** Whether a stop is part of the question, so that the answer within it is final. */
const isBound = (stop: Stop): boolean =>
  stop === "depth" || stop === "switches" || stop === "constraint" || stop === "left-out";

/** How a search counted, and for which property. */
export interface Counting extends Within {
  /** States that differ only in names counted as one. */
  readonly symmetric: boolean;
  /** Steps were left out by partial-order reduction, and with them states. */
  readonly reduced: boolean;
  /** Set where the property has no antecedent, and so speaks of every state or transition. */
  readonly unconditional?: boolean;
}

/** Of which states and transitions a search counted: `up to symmetry`, with a blank before it; empty where of all. */
export const countedText = ({ symmetric, reduced }: Pick<Counting, "symmetric" | "reduced">): string =>
  `${symmetric ? " up to symmetry" : ""}${reduced ? " of the reduced graph" : ""}`;

/**
 * How often an antecedent occurred, or of how many states or transitions there was something to say; a search bounded by
 * switches meets a state more than once, and only says that it did.
 */
const seenText = (kind: Property<never>["kind"], antecedent: number, counting: Counting): string => {
  const what = kind === "step" ? "transition" : "state";
  const { switches, unconditional = false } = counting;
  if (switches !== null) return unconditional ? `in every ${what} met` : "its antecedent occurs";
  const counted = `${plural(antecedent, what)}${countedText(counting)}`;
  if (!unconditional) return `antecedent in ${counted}`;
  return antecedent === 1 ? `in the one ${what}${countedText(counting)}` : `in all ${counted}`;
};

const isLive = (kind: Property<never>["kind"]): kind is Liveness<never>["kind"] =>
  kind !== "invariant" && kind !== "step" && kind !== "sometimes";

const vacuous = (stop: Stop, where: string): Judgement => ({
  verdict: "vacuous",
  because: `its antecedent never occurs ${stop === "exhausted" ? "in the complete search" : where}`,
});

/** After a search that ended this way, runs that go on for ever were looked for. */
const lookedAtRuns: ReadonlySet<Stop> = new Set(["exhausted", "depth", "constraint", "left-out"]);

/** The verdict on a liveness property that no behaviour was found to break. */
const judgeLiveness = (
  kind: Liveness<never>["kind"],
  { antecedent, unmet = [] }: Finding,
  stop: Stop,
  where: string,
): Judgement => {
  if (!lookedAtRuns.has(stop))
    return { verdict: "unknown", because: `${where}, behaviours that go on for ever were not looked at` };
  if (antecedent === 0) return vacuous(stop, where);
  if (unmet.length > 0)
    return {
      verdict: "vacuous",
      because:
        `no behaviour ${kind === "leadsTo" ? "in which its antecedent occurs " : ""}meets ${unmet.join(" and ")}` +
        ` ${stop === "exhausted" ? "in the complete search" : where}`,
    };
  const states = plural(antecedent, "state");
  const seen = kind === "leadsTo" ? `antecedent in ${states}` : states;
  return stop === "exhausted"
    ? { verdict: "holds", because: `${where}, ${seen}` }
    : {
        verdict: "holds-to-bound",
        because: `${where}, ${seen}; ${stop === "depth" ? "longer behaviour" : "behaviour beyond it"} was not looked at`,
      };
};

/** The verdict on a safety property that no run was found to decide. */
const judgeSafety = (
  kind: Safety<never>["kind"],
  seen: string | undefined,
  stop: Stop,
  where: string,
): Judgement => {
  if (stop !== "exhausted" && !isBound(stop))
    return {
      verdict: "unknown",
      because: `${where}, ${kind === "sometimes" ? "not reached" : "no violation"} in the part explored`,
    };
  if (kind === "sometimes")
    return stop === "exhausted"
      ? { verdict: "violated", because: "never reached in the complete search" }
      : { verdict: "unknown", because: `not reached ${where}` };
  if (seen === undefined) return vacuous(stop, where);
  return {
    verdict: stop === "exhausted" ? "holds" : "holds-to-bound",
    because: `${where}, ${seen}`,
  };
};

/**
 * The verdict that a finding gives on a property. `holds` is given only after a complete search in which the antecedent occurred; a
 * search cut short says nothing but `unknown` of what it did not find.
 */
export const judge = (
  kind: Property<never>["kind"],
  finding: Finding,
  stop: Stop,
  depth: number,
  counting: Counting = { ...unbounded, symmetric: false, reduced: false },
): Judgement => {
  const { antecedent, path } = finding;
  if (path !== undefined)
    return { verdict: kind === "sometimes" ? "witnessed" : "violated", because: runEnd(path) };
  const where = stopText(stop, depth, counting);
  return isLive(kind)
    ? judgeLiveness(kind, finding, stop, where)
    : judgeSafety(kind, antecedent === 0 ? undefined : seenText(kind, antecedent, counting), stop, where);
};

/**
 * Whether a verdict agrees with the expected one. What was found (a violation, a witness) must be expected; what was
 * not found counts only when the search was complete, or bounded by nothing but the world itself: by its constraints, or by
 * what it leaves out. Where nothing is expected, no violation is; `any` agrees with every verdict, `holds-or-vacuous` with
 * both of these.
 */
export const agrees = (verdict: Verdict, expected: Expectable | undefined, stop: Stop): boolean => {
  if (expected === undefined) return verdict !== "violated";
  if (expected === "any") return true;
  if (verdict === expected) return true;
  if (expected === "holds-or-vacuous" && (verdict === "holds" || verdict === "vacuous")) return true;
  if (verdict === "violated" || verdict === "witnessed") return false;
  return stop !== "exhausted" && stop !== "constraint" && stop !== "left-out";
};
