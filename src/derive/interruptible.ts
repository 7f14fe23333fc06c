import { createContext, Script } from "node:vm";
import { inInterruptible } from "./evaluated.ts";

const call = new Script("work()");
const place: { work?: () => unknown } = {};
const context = createContext(place);

/** The error is of another context, so it is no `Error` of this one. */
const timedOut = (error: unknown): boolean =>
  typeof error === "object" &&
  error !== null &&
  "code" in error &&
  error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";

/**
 * Does what may never end, but for no longer than some milliseconds: gives what it gives in an array, or undefined where it
 * was broken off. It is broken off between any two instructions, so what it works on may not be used any more.
 */
export const interruptible = <T>(work: () => T, milliseconds: number): readonly [T] | undefined => {
  const done: T[] = [];
  place.work = () => {
    done.push(work());
  };
  try {
    inInterruptible(() => void call.runInContext(context, { timeout: milliseconds }));
  } catch (error) {
    if (timedOut(error)) return undefined;
    throw error;
  } finally {
    delete place.work;
  }
  return [done[0]];
};
