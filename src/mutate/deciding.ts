import type { Decision } from "../export/decision.ts";

/** Whether it can come to such an end. */
const mayEnd = (decision: Decision | undefined, ends: (end: number) => boolean): boolean => {
  const open = [decision];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    if (typeof here === "number") {
      if (ends(here)) return true;
    } else for (const next of here.next) if (next !== undefined) open.push(next);
  }
  return false;
};

const mayRefuse = (decision: Decision | undefined): boolean => mayEnd(decision, (end) => end === 0);
const mayPass = (decision: Decision | undefined): boolean => mayEnd(decision, (end) => end !== 0);

/** Every leaf on which it depends whether a step is enabled, with a code by which it is, or is most likely. */
export const deciding = (root: Decision | undefined): ReadonlyMap<number, number> => {
  const found = new Map<number, number>();
  const open = [root];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    if (typeof here === "number") continue;
    const { leaf, next } = here;
    const codes = Object.keys(next).map(Number);
    const passing = codes.filter((code) => mayPass(next[code]));
    const surely = passing.find((code) => !mayRefuse(next[code]));
    const some = surely ?? passing.at(0);
    if (
      some !== undefined &&
      codes.some((code) => code !== some && mayRefuse(next[code])) &&
      !found.has(leaf)
    )
      found.set(leaf, some);
    for (const code of codes) if (typeof next[code] === "object") open.push(next[code]);
  }
  return found;
};
