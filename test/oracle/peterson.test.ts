import { describe } from "vitest";
import { propertyOf, type ValueOf } from "#check";
import { mutualExclusion, peterson, rudePeterson } from "../../models/textbook/peterson.ts";
import { testRow } from "./row.ts";

const bothInside = propertyOf<ValueOf<typeof peterson.state>>().sometimes({
  id: "both-inside",
  statement: "-",
  holds: (s) => s.process.every(({ pc }) => pc === "cs" || pc === "a4"),
});

describe("Peterson", () => {
  testRow("the lock", {
    model: peterson,
    scope: { process: 2 },
    properties: [mutualExclusion],
    states: 42,
    transitions: 76,
    depth: 10,
    dead: 0,
    loops: 0,
    levels: [1, 2, 3, 4, 5, 6, 7, 6, 5, 2, 1],
    fired: { a0: 18, a1: 18, a2: 18, a3: 6, cs: 8, a4: 8 },
    found: {},
  });
  testRow("the turn taken instead of given away", {
    model: rudePeterson,
    scope: { process: 2 },
    properties: [mutualExclusion, bothInside],
    states: 72,
    transitions: 136,
    depth: 13,
    dead: 0,
    found: { "mutual-exclusion": 8, "both-inside": 8 },
    seen: { "both-inside": 8 },
  });
});
