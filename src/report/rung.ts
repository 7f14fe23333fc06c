import type { Outcome } from "../catalogue/outcome.ts";
import { plural, stopText, switchesText } from "../check/verdict.ts";
import { wrap } from "./wrap.ts";

/** One bound of a deepening search, and what was found within it. */
export interface Rung {
  readonly switches: number;
  readonly outcome: Outcome;
  readonly seconds: number;
}

const violatedIn = ({ properties }: Outcome): readonly string[] =>
  properties.filter(({ verdict }) => verdict === "violated").map(({ property }) => property.id);

/** How the search ended, where not at its bound. */
const endText = ({ stop, depth }: Outcome): string => {
  if (stop === "switches" || stop === "depth") return "";
  return stop === "exhausted" ? ": complete search" : `: ${stopText(stop, depth)}`;
};

/** One bound in a line: `at most 2 switches: 194,627 states, no violation`. */
export const rungLines = ({ switches, outcome }: Rung): readonly string[] => {
  const violated = violatedIn(outcome);
  const found = violated.length > 0 ? `violated: ${violated.join(", ")}` : `no violation${endText(outcome)}`;
  return wrap(
    `at most ${switchesText(switches)}: ${plural(outcome.exploration.states, "state")}, ${found}`,
    79,
  );
};

/** One bound as data. */
export const rungJson = ({ switches, outcome, seconds }: Rung) => ({
  switches,
  stop: outcome.stop,
  states: outcome.exploration.states,
  nodes: outcome.exploration.nodes,
  transitions: outcome.exploration.transitions,
  depth: outcome.depth,
  seconds,
  violated: violatedIn(outcome),
});
