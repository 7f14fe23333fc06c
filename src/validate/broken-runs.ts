import { brokenNodes } from "../observed/broken.ts";
import type { ObservedGraph } from "../observed/observed-graph.ts";
import type { Standing, Tracker } from "../observed/tracker.ts";

/** How many of the runs that agree with a capture have broken what is asked, and from which line on that is so. */
export interface Broken {
  /** `never` where no run of the world breaks it, whatever it prints. */
  readonly by: "every" | "some" | "none" | "never";
  /** The line; nothing where it is so from the beginning, or no run has broken it. */
  readonly at?: number;
}

/** Watches which of the runs that agree with a capture have broken what is asked. */
export const watchBroken = (graph: ObservedGraph, tracker: Tracker) => {
  const broken = brokenNodes(graph);
  const known = new Map<Standing, Broken["by"]>();
  const look = (standing: Standing): Broken["by"] => {
    if (broken.size === 0) return "never";
    const nodes = tracker.nodes(standing);
    const count = nodes.reduce((sum, node) => sum + (broken.has(node) ? 1 : 0), 0);
    return count === 0 ? "none" : count === nodes.length ? "every" : "some";
  };
  const by = (standing: Standing): Broken["by"] => {
    const said = known.get(standing) ?? look(standing);
    known.set(standing, said);
    return said;
  };
  let last: Broken = { by: by(tracker.anywhere) };
  return {
    /** Looks after a line. What every run has broken stays so, whatever is lost behind it. */
    see: (standing: Standing, at: number): void => {
      const now = by(standing);
      if (now !== last.by && last.by !== "every") last = { by: now, at };
    },
    found: (): Broken => (last.by === "none" ? { by: "none" } : last),
  };
};

/** The same of several worlds that allow a capture: nothing where none was watched. */
export const brokenInAll = (all: readonly Broken[]): Broken | undefined => {
  if (all.length === 0) return undefined;
  if (all.every(({ by }) => by === "never")) return { by: "never" };
  const lines = all
    .filter(({ by }) => by === "every" || by === "some")
    .map(({ at = 0 }) => at)
    .toSorted((a, b) => a - b);
  if (lines.length === 0) return { by: "none" };
  const every = all.every(({ by }) => by === "every");
  const at = every ? lines.at(-1)! : lines[0];
  return { by: every ? "every" : "some", ...(at === 0 ? {} : { at }) };
};
