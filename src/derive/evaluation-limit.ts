import { CheckError, overdueError } from "../errors.ts";
import { cutShort, evaluateBy, isInterruptible, type Watch } from "./evaluated.ts";
import { interruptible } from "./interruptible.ts";
import { processorSeconds } from "./processor-time.ts";

/** Seconds of processor time after which one call of a guard, recipe or look is taken not to end: it usually takes microseconds. */
export const MOST_SECONDS = 10;

/** The longest that a timer of node can wait, in seconds. */
const LONGEST = 2_000_000;

/** Ends what has taken so many seconds of processor time; how long that takes is of no account. */
const endingAfter = (most: number): Watch => {
  /** Seconds by the clock after which a call is looked at: a little more, for it has not all of a processor. */
  let patience = most * 1.1;
  /** The processor is asked at the beginning of each call only once there is a reason to. */
  let suspicious = false;
  const within = <T>(work: () => T): readonly [T] | undefined =>
    interruptible(work, Math.ceil(patience * 1000));
  const call = <T>(work: () => T): T => {
    // Whoever watches all of it ends it.
    if (isInterruptible()) return work();
    for (;;) {
      const before = suspicious ? processorSeconds() : Infinity;
      const came = within(work);
      if (came !== undefined) return came[0];
      const taken = processorSeconds() - before;
      if (taken >= most) throw overdueError(most);
      if (suspicious)
        patience = Math.min(patience * Math.max(1.1, Math.min(10, (1.1 * most) / taken)), LONGEST);
      suspicious = true;
      cutShort();
    }
  };
  const together = <T>(work: () => T): T => {
    const came = isInterruptible() ? undefined : within(work);
    return came === undefined ? work() : came[0];
  };
  return { call, together };
};

/**
 * From now on a call of a guard, recipe or look in this thread is taken not to end once it has taken `seconds` of processor
 * time, whatever it does meanwhile; a search comes to a verdict on that, as where it recurses. It makes each such call
 * slower by some 40 microseconds, so code that is known to end is not watched: undefined, which is how it is at first.
 * @throws CheckError `usage` where that is no number above 0, or more than two million.
 */
export const limitEvaluations = (seconds: number | undefined): void => {
  if (seconds !== undefined && !(seconds > 0 && seconds * 1.1 <= LONGEST))
    throw new CheckError(
      "usage",
      `an evaluation may take seconds of processor time, more than 0 and less than two million, not ${seconds}`,
    );
  evaluateBy(seconds === undefined ? undefined : endingAfter(seconds));
};
