import type { Outcome } from "../../catalogue/outcome.ts";
import type { Stop } from "../../problem/exploration.ts";
import type { Effort } from "../../report/effort.ts";
import type { Rung } from "../../report/rung.ts";
import type { SwitchBounds } from "../flags/values.ts";

/** What a search found, and what it took. */
export interface Answered {
  readonly outcome: Outcome;
  readonly effort: Effort;
}

/** A search that a larger bound on switches may still add to. */
const mayGoOn: ReadonlySet<Stop> = new Set(["switches", "depth"]);

/**
 * Searches under one bound on switches after another, the smallest first, up to one that shows a violation, leaves
 * nothing out or stops at a limit; gives the last answer and all bounds tried. `seconds` are for all of them together.
 */
export const deepen = async (
  { from, to }: SwitchBounds,
  seconds: number | undefined,
  search: (switches: number, seconds: number | undefined) => Promise<Answered>,
  tell: (rung: Rung) => void,
): Promise<Answered & { readonly rungs: readonly Rung[] }> => {
  const rungs: Rung[] = [];
  let left = seconds;
  for (let switches = from; ; switches++) {
    const answered = await search(switches, left);
    const rung = { switches, outcome: answered.outcome, seconds: answered.effort.seconds };
    rungs.push(rung);
    tell(rung);
    const { stop, properties } = answered.outcome;
    const violated = properties.some(({ verdict }) => verdict === "violated");
    if (switches === to || violated || !mayGoOn.has(stop)) return { ...answered, rungs };
    // A limit of 0 would be none.
    left = left === undefined ? undefined : Math.max(Number.MIN_VALUE, left - rung.seconds);
  }
};
