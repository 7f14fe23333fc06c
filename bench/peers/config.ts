import { knownAnswers } from "../../models/textbook/benchmark/index.ts";

/** One size of the benchmark, with the numbers that every checker must find in it. */
export interface Config {
  readonly name: string;
  /** vCPUs, programmings of the timer before its EOI, and whether housekeeping CPUs post. */
  readonly n: number;
  readonly g: number;
  readonly hk: number;
  readonly scenario: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States up to a renaming of the vCPUs. */
  readonly orbits: number;
}

const config = (name: string, [n, g, hk]: readonly [number, number, number]): Config => {
  const scenario = `bench/tdx-timer-n${n}g${g}${hk === 1 ? "" : "-nohk"}`;
  const known = knownAnswers.find((answer) => answer.scenario === scenario);
  if (known === undefined) throw new Error(`no known numbers for ${scenario}`);
  return { name, n, g, hk, ...known };
};

/** The sizes that are measured, smallest first. */
export const configs: readonly Config[] = [
  config("S", [2, 1, 1]),
  config("M-nohk", [2, 2, 0]),
  config("M", [2, 2, 1]),
  config("L-nohk", [3, 1, 0]),
  config("L", [3, 1, 1]),
];
