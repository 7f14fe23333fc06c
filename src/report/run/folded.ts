import { unseenByOthers } from "../../check/unseen.ts";
import type { Trace, TraceStep } from "../../check/trace.ts";
import type { Problem } from "../../problem/exploration.ts";
import { isBookkeeping } from "../changes.ts";

/** A part of a run: the places of one step, or of several that are told in one line. */
export interface Part {
  readonly from: number;
  /** The place after the last. */
  readonly to: number;
}

/** Fewer steps in a row take no more room when they are told one by one. */
const LEAST = 2;

/**
 * The parts of a run between two places, where steps in a row of one actor are one part if each changes nothing but the model's own
 * bookkeeping and no other actor sees it. Those at the places in `kept`, the last of all, and those that change nothing at
 * all stand alone.
 */
export const folded = <S>(
  problem: Problem<S>,
  { start, steps, loopAt }: Trace<S>,
  { from, to }: Part,
  kept: ReadonlySet<number>,
): readonly Part[] => {
  const isUnseen = unseenByOthers(problem);
  const isQuiet = ({ step, changes, after }: TraceStep<S>, place: number): boolean =>
    place < steps.length - 1 &&
    !kept.has(place) &&
    changes.length > 0 &&
    changes.every(isBookkeeping) &&
    isUnseen(step, place === 0 ? start : steps[place - 1].after, after);
  const parts: Part[] = [];
  let place = from;
  while (place < to) {
    const { actor } = steps[place].step;
    let end = place;
    while (
      end < to &&
      steps[end].step.actor === actor &&
      (end === place || end !== loopAt) &&
      isQuiet(steps[end], end)
    )
      end++;
    const part = { from: place, to: end - place >= LEAST ? end : place + 1 };
    parts.push(part);
    place = part.to;
  }
  return parts;
};
