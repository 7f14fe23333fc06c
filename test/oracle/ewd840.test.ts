import { describe } from "vitest";
import {
  dijkstraInvariant,
  ewd840,
  forgetfulEwd840,
  terminationDetection,
} from "../../models/textbook/ewd840.ts";
import { deadlockFree } from "../../models/textbook/oracle.ts";
import { testRow } from "./row.ts";

describe("EWD 840", () => {
  const table = [
    { n: 2, states: 54, transitions: 154, depth: 5 },
    {
      n: 3,
      states: 302,
      transitions: 1625,
      depth: 8,
      levels: [192, 32, 20, 26, 16, 7, 5, 3, 1],
      fired: { InitiateProbe: 80, PassToken: 198, SendMsg: 898, Deactivate: 449 },
    },
    { n: 4, states: 1566, transitions: 13938, depth: 11 },
    { n: 5, states: 7742, transitions: 103843, depth: 14 },
  ];
  for (const { n, ...row } of table)
    testRow(`${n} nodes`, {
      ...row,
      model: ewd840,
      scope: { node: n },
      properties: [terminationDetection, dijkstraInvariant, deadlockFree(ewd840, { node: n }, "-")],
      dead: 1,
      found: { "deadlock-free": n },
    });

  testRow("3 nodes that forget", {
    model: forgetfulEwd840,
    scope: { node: 3 },
    properties: [terminationDetection, dijkstraInvariant],
    states: 248,
    transitions: 1344,
    found: { "termination-detection": 5, "dijkstra-invariant": 3 },
  });
  testRow("4 nodes that forget", {
    model: forgetfulEwd840,
    scope: { node: 4 },
    properties: [terminationDetection],
    states: 1264,
    transitions: 11304,
    found: { "termination-detection": 6 },
  });
});
