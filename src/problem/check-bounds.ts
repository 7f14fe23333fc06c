import { CheckError } from "../errors.ts";
import type { Bounds } from "./exploration.ts";

/**
 * Refuses a number that counts nothing: a bound that is never met would be none, and nobody would say so.
 * @throws CheckError `usage` unless it is 0 or more, and whole or infinite.
 */
export const checkCount = (what: string, count: unknown): void => {
  if (count === Infinity || (typeof count === "number" && Number.isInteger(count) && count >= 0)) return;
  throw new CheckError("usage", `${what} is ${String(count)}: it must be a whole number from 0 on`);
};

/** Refuses bounds that bound nothing. @throws CheckError as `checkCount`. */
export const checkBounds = ({ depth, states }: Bounds): void => {
  if (depth !== undefined) checkCount("the bound on depth", depth);
  if (states !== undefined) checkCount("the bound on states", states);
};
