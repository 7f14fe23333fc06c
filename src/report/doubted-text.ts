import type { Outcome } from "../catalogue/outcome.ts";
import { plural } from "../check/verdict.ts";
import { unanalysed } from "../problem/constrained.ts";

/** What was looked at a second time; empty where nothing was. */
export const doubted = ({ problem, exploration: { doubted } }: Outcome): string => {
  if (doubted === undefined) return "";
  const { states, transitions, pairs } = doubted;
  const met = `Paranoid: all ${plural(states, "state")} and ${plural(transitions, "transition")} were met again on plain objects, every guard, recipe and property asked twice: the same in number, order, depth and verdict.`;
  const independent =
    unanalysed(problem) !== undefined
      ? "Which steps are independent was not asked: that is not known of constraints and guards on the successor."
      : pairs === null
        ? "That steps are independent where they are said to be was not verified: there are too many states."
        : `In ${plural(pairs, "pair")} of steps, each in some state, what is said to be independent is.`;
  return `${met} ${independent}`;
};
