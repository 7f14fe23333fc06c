import type { PageRun } from "../report/page/page-report.ts";
import type { Place } from "./place.ts";
import type { Space } from "./space.ts";

/** A run as it is walked: the steps of a run, some of them replaced by others. */
export interface Walked {
  /** The states that it passes, its start first. */
  readonly states: readonly number[];
  readonly steps: readonly number[];
  /** After how many steps it leaves the run; as many as it has where it does not. */
  readonly leaves: number;
  /** A step that could not be taken: not enabled there, or nobody looked at what is. */
  readonly stuck?: { readonly at: number; readonly looked: boolean };
}

/** The run that a place shows, with the steps that are taken instead of its own. */
export const walkedOf = (space: Space, run: PageRun, walk: Place["walk"]): Walked => {
  if (walk === undefined) return { states: run.states, steps: run.steps, leaves: run.steps.length };
  const leaves = Math.min(walk.after, run.steps.length);
  const states = run.states.slice(0, leaves + 1);
  const steps = run.steps.slice(0, leaves);
  for (const id of walk.steps) {
    const here = states.at(-1)!;
    const next = space.choices(here)?.find((choice) => choice.id === id);
    if (next === undefined)
      return { states, steps, leaves, stuck: { at: here, looked: space.isLookedAt(here) } };
    states.push(next.to);
    steps.push(id);
  }
  return { states, steps, leaves };
};

/** The place after one more step is taken from where one stands: on along the run where it is the run's next, else beside it. */
export const stepped = (place: Place, run: PageRun, walked: Walked, id: number): Place => {
  const { step } = place;
  if (walked.steps[step] === id) return { ...place, step: step + 1 };
  const { walk: _, ...here } = place;
  if (step <= walked.leaves && run.steps[step] === id && step < run.steps.length)
    return { ...here, step: step + 1 };
  const after = Math.min(walked.leaves, step);
  return { ...here, step: step + 1, walk: { after, steps: [...walked.steps.slice(after, step), id] } };
};

/** The place before the last step that was taken beside the run; undefined where there is none. */
export const undone = (place: Place): Place | undefined => {
  if (place.walk === undefined) return undefined;
  const { walk, ...rest } = place;
  const steps = walk.steps.slice(0, -1);
  const step = Math.min(place.step, walk.after + steps.length);
  return steps.length === 0 ? { ...rest, step } : { ...place, step, walk: { ...walk, steps } };
};
