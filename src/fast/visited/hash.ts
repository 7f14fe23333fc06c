import { mixed } from "../values/mixed.ts";

/** The hash of the packed state at `at` of `states`: 32 bits with a sign, the upper ones good. */
export const hash = (states: Int32Array, at: number, words: number): number => {
  let all = 0;
  for (let i = 0; i < words; i++) all = mixed(all ^ (all >>> 13), states[at + i]);
  return all;
};
