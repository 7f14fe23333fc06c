import { describe } from "vitest";
import {
  everyLockedIncrementCounts,
  lockedIncrement,
  lockHeldOnce,
} from "../../models/textbook/increment-locked.ts";
import { everyIncrementCounts, increment } from "../../models/textbook/increment.ts";
import { testRow } from "./row.ts";

describe("increment", () => {
  const table = [
    { n: 1, states: 3, transitions: 2, depth: 2, dead: 1 },
    { n: 2, states: 13, transitions: 14, depth: 4, dead: 3 },
    { n: 3, states: 84, transitions: 111, depth: 6, dead: 16 },
    { n: 4, states: 755, transitions: 1156, depth: 8, dead: 109 },
    { n: 5, states: 8638, transitions: 15205, depth: 10, dead: 906 },
  ];
  for (const { n, ...row } of table)
    testRow(`${n} threads without a lock`, {
      ...row,
      model: increment,
      scope: { thread: n },
      properties: [everyIncrementCounts],
      found: n === 1 ? {} : { "every-increment-counts": 4 },
    });

  const locked = [
    { n: 2, states: 17, transitions: 16, depth: 8, dead: 2 },
    { n: 3, states: 61, transitions: 60, depth: 12, dead: 6 },
    { n: 4, states: 257, transitions: 256, depth: 16, dead: 24 },
    { n: 5, states: 1301, transitions: 1300, depth: 20, dead: 120 },
  ];
  for (const { n, ...row } of locked)
    testRow(`${n} threads under a lock`, {
      ...row,
      model: lockedIncrement,
      scope: { thread: n },
      properties: [everyLockedIncrementCounts, lockHeldOnce],
      found: {},
    });
});
