/** Makes a call. */
export type Calling = <T>(call: () => T) => T;

/** Ends what does not come to an end. */
export interface Watch {
  /** Calls what a model or a question is made of, once. @throws CheckError `endless` where that does not end. */
  readonly call: Calling;
  /** Does what makes many such calls and changes nothing, under one watch: where that is too long, again, each call watched. */
  readonly together: Calling;
}

let watch: Watch | undefined;
let restarting = false;
let cuts = 0;

let interruptible = false;

/** Whether what runs now is broken off some time, where it does not end. */
export const isInterruptible = (): boolean => interruptible;

/** Does what may be broken off from outside. What is broken off cleans nothing up, so whoever began last does. */
export const inInterruptible: Calling = (work) => {
  const before = interruptible;
  interruptible = true;
  try {
    return work();
  } finally {
    interruptible = before;
  }
};

/** From now on every guard, recipe and look in this thread is called so; by nobody's watch where there is none. */
export const evaluateBy = (by: Watch | undefined): void => {
  watch = by;
};

/** How they are called now. */
export const watchNow = (): Watch | undefined => watch;

/** How often a call was cut short in this thread of which it is not known whether it ends. */
export const cutsSoFar = (): number => cuts;

/** Calls a guard, a recipe or a look. @throws what it throws, and CheckError `endless` where it is watched and does not end. */
export const evaluated: Calling = (call) => (watch === undefined ? call() : watch.call(call));

/**
 * Does what makes many such calls and nothing else: it may be broken off anywhere, and is then done once more. To watch each
 * call takes longer than most calls.
 */
export const evaluatedTogether: Calling = (work) => (watch === undefined ? work() : watch.together(work));

/** What makes many such calls, each of which is watched. */
const apart = new WeakSet<object>();

/** Says of a property that it is made of guards and recipes: each of them is watched, and it is not. */
export const watchApart = <P extends object>(property: P): P => {
  apart.add(property);
  return property;
};

const unwatched: Calling = (call) => call();

/** How the parts of a property are called. */
export const callingOf = (property: object): Calling => (apart.has(property) ? unwatched : evaluated);

/** A call that was cut short before anybody could tell whether it ends: it is to be made again. */
class CutShort extends Error {}

/**
 * Says that a call was cut short of which nothing is known. One that nothing depends on may be made again at once; where
 * others have to begin again with it, it ends them.
 */
export const cutShort = (): void => {
  cuts++;
  if (restarting) throw new CutShort("cut short");
};

/** Does what can be begun again from nothing, as often as a call in it is cut short of which nothing is known. */
export const restartable = <T>(work: () => T): T => {
  // Where all of it is watched nothing in it is cut short.
  if (watch === undefined || restarting || interruptible) return work();
  for (;;) {
    const before = cuts;
    restarting = true;
    try {
      const done = work();
      if (cuts === before) return done;
    } catch (error) {
      if (cuts === before) throw error;
    } finally {
      restarting = false;
    }
  }
};
