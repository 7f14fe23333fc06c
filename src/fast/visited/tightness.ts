import type { Stop } from "../../problem/exploration.ts";

/** The tightest use of memory. */
export const maxTightness = 4;

/** What needs memory, more or less of it. */
interface MemoryUser {
  /**
   * How tightly it uses memory, 0 to 4. At 0 it grows into what is fastest, at 1 into a table of twice the slots, at 2 of
   * one and a half times as many, at 3 of one and a quarter; at 4 it is only filled further.
   */
  tightness: number;
  /** The bytes to be allocated for `states` states: 0 where there is room already, Infinity where there cannot be. */
  readonly bytesFor: (states: number, tightness?: number) => number;
}

/**
 * Finds the loosest tightness at which memory for `states` states is granted, and sets it; where there is none, or for
 * another reason, stops.
 */
export const negotiateMemory = async (
  user: MemoryUser,
  states: number,
  ask: (wantsBytes: number) => Promise<Stop | undefined>,
): Promise<Stop | undefined> => {
  if (user.bytesFor(states) === 0) return undefined;
  let refused = Infinity;
  for (let tightness = 0; tightness <= maxTightness; tightness++) {
    const wants = user.bytesFor(states, tightness);
    if (wants >= refused) continue;
    const stop = wants === 0 ? undefined : await ask(wants);
    if (stop === "memory") refused = wants;
    else {
      user.tightness = tightness;
      return stop;
    }
  }
  return "memory";
};
