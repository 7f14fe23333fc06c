import { describe } from "vitest";
import { deadlockFree } from "../../models/textbook/oracle.ts";
import { forkHeldOnce, naivePhilosophers, orderedPhilosophers } from "../../models/textbook/philosophers.ts";
import { testRow } from "./row.ts";

describe("dining philosophers", () => {
  const table = [
    { n: 2, depth: 12, naive: [38, 86], ordered: [24, 46] },
    { n: 3, depth: 18, naive: [250, 876], ordered: [120, 356] },
    { n: 4, depth: 24, naive: [1590, 7464], ordered: [624, 2492] },
    { n: 5, depth: 30, naive: [10054, 59040], ordered: [3216, 16160] },
    { n: 6, depth: 36, naive: [63518, 447648], ordered: [16608, 100568] },
  ];
  for (const { n, depth, naive, ordered } of table) {
    const scope = { philosopher: n };
    testRow(`${n} naive`, {
      model: naivePhilosophers,
      scope,
      properties: [forkHeldOnce, deadlockFree(naivePhilosophers, scope, "-")],
      states: naive[0],
      transitions: naive[1],
      depth,
      dead: 2,
      found: { "deadlock-free": n },
    });
    testRow(`${n} ordered`, {
      model: orderedPhilosophers,
      scope,
      properties: [forkHeldOnce, deadlockFree(orderedPhilosophers, scope, "-")],
      states: ordered[0],
      transitions: ordered[1],
      depth,
      dead: 0,
      found: {},
    });
  }
});
