import type { Stop } from "../../problem/exploration.ts";

/** The most thrift. */
export const mostThrift = 4;

/** What needs memory, more or less of it. */
interface Needy {
  /**
   * How sparing of memory it gets larger, 0 to 4: it becomes what is fastest; a table of twice the slots; of one and a half
   * times as many; of one and a quarter; it is only filled further.
   */
  thrift: number;
  /** The bytes to be allocated for `states` states: 0 where there is room already, Infinity where there cannot be. */
  readonly bytesFor: (states: number, thrift?: number) => number;
}

/** Finds the least thrift at which memory for `states` states is granted, and sets it; where there is none, or for another reason, stops. */
export const negotiate = async (
  needy: Needy,
  states: number,
  ask: (wantsBytes: number) => Promise<Stop | undefined>,
): Promise<Stop | undefined> => {
  if (needy.bytesFor(states) === 0) return undefined;
  let refused = Infinity;
  for (let thrift = 0; thrift <= mostThrift; thrift++) {
    const wants = needy.bytesFor(states, thrift);
    if (wants >= refused) continue;
    const stop = wants === 0 ? undefined : await ask(wants);
    if (stop === "memory") refused = wants;
    else {
      needy.thrift = thrift;
      return stop;
    }
  }
  return "memory";
};
