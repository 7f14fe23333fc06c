import type { Progress, Stop } from "../../problem/exploration.ts";

/** The largest budget that may be asked for: states of all searches of a call together, and its seconds. */
export const MOST = { states: 20_000_000, seconds: 600 } as const;

/** What all searches of one call may use together. */
export interface Budget {
  readonly states: number;
  readonly seconds: number;
}

/** Looks whether searches, one after the other, have used up a budget; `now` is in milliseconds. */
export const spending = (
  { states, seconds }: Budget,
  now: () => number,
): ((progress: Pick<Progress, "states">) => Stop | undefined) => {
  const end = now() + seconds * 1000;
  /** States of searches that ended, and of the one that goes on. */
  let before = 0;
  let last = 0;
  return (progress) => {
    if (progress.states < last) before += last;
    last = progress.states;
    if (now() >= end) return "time";
    return before + last > states ? "states" : undefined;
  };
};
