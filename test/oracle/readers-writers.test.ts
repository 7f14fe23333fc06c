import { describe } from "vitest";
import { misconceptions, readersWriters, safe } from "../../models/textbook/readers-writers.ts";
import { testRow } from "./row.ts";

describe("readers and writers", () => {
  testRow("2 actors", {
    model: readersWriters,
    scope: { actor: 2, slot: 4 },
    properties: [safe, ...misconceptions],
    states: 390,
    transitions: 934,
    depth: 8,
    dead: 0,
    found: {
      "never-all-reading": 4,
      "never-all-waiting-to-write": 2,
      "no-writer-behind-readers": 2,
      "no-reader-behind-writers": 2,
    },
  });
  testRow("3 actors", {
    model: readersWriters,
    scope: { actor: 3, slot: 6 },
    properties: [safe, ...misconceptions],
    states: 21527,
    transitions: 59673,
    depth: 12,
    dead: 0,
    levels: [1, 6, 36, 156, 543, 1458, 2971, 4686, 5430, 2280, 2520, 720, 720],
    fired: { TryRead: 10758, TryWrite: 10758, Serve: 8802, Stop: 29355 },
    found: {
      "never-all-reading": 6,
      "never-all-waiting-to-write": 3,
      "no-writer-behind-readers": 2,
      "no-reader-behind-writers": 2,
    },
  });
});
