import type { PageReport, PageRun, PageVerdict, PageWorld } from "../report/page/page-report.ts";
import type { Place } from "./place.ts";

/** What a place shows of a report: a run that decides a verdict, or a walk from a start. */
export interface Shown {
  readonly world: PageWorld;
  /** Undefined for a walk from the start. */
  readonly verdict: PageVerdict | undefined;
  readonly run: PageRun;
}

/** What stands for a verdict in the address where a walk begins at the start and not on a run. */
export const START = "start";

/** A run of no step from the first start state of a world. */
const runFromStart = ({ start }: PageWorld): PageRun | undefined =>
  start === null
    ? undefined
    : {
        space: start.space,
        states: [start.states[0]],
        steps: [],
        loopAt: null,
        told: [],
        starred: [],
        noticed: [],
        mail: "",
      };

/** What a place shows; undefined where that is the overview, or nothing of that name has a run. */
export const shownAt = ({ worlds }: PageReport, { world: wanted, property }: Place): Shown | undefined => {
  if (property === undefined) return undefined;
  for (const world of worlds) {
    if (wanted !== undefined && world.name !== wanted) continue;
    const verdict = world.verdicts.find(({ name, run }) => name === property && run !== null);
    if (verdict?.run) return { world, verdict, run: verdict.run };
    const run = property === START ? runFromStart(world) : undefined;
    if (run !== undefined) return { world, verdict: undefined, run };
  }
  return undefined;
};

/** The place of a run among all of a report: names its world only where there are several. */
export const placeOfRun = ({ worlds }: PageReport, world: PageWorld, name: string): Place => ({
  ...(worlds.length > 1 ? { world: world.name } : {}),
  property: name,
  step: 0,
  view: "steps",
});
