import { describe } from "vitest";
import { propertyOf, type ValueOf } from "#check";
import { consistent } from "../../models/textbook/transaction-commit.ts";
import {
  allAborted,
  allCommitted,
  hastyCommit,
  twoPhaseCommit,
} from "../../models/textbook/two-phase-commit.ts";
import { testRow } from "./row.ts";

const inconsistent = propertyOf<ValueOf<typeof twoPhaseCommit.state>>().sometimes({
  id: "inconsistent",
  statement: "-",
  holds: (s) => s.rm.includes("aborted") && s.rm.includes("committed"),
});

describe("two-phase commit", () => {
  const table = [
    { n: 2, states: 56, transitions: 153, depth: 7, loops: 48 },
    {
      n: 3,
      states: 288,
      transitions: 1145,
      depth: 10,
      loops: 384,
      levels: [1, 7, 21, 38, 50, 54, 49, 36, 21, 9, 2],
      fired: {
        TMRcvPrepared: 96,
        TMCommit: 1,
        TMAbort: 64,
        RMPrepare: 156,
        RMChooseToAbort: 156,
        RMRcvCommit: 24,
        RMRcvAbort: 648,
      },
    },
    { n: 4, states: 1568, transitions: 8257, depth: 13, loops: 2880 },
    { n: 5, states: 8832, transitions: 58145, depth: 16, loops: 20800 },
    { n: 6, states: 50816, transitions: 402305, depth: 19 },
  ];
  for (const { n, ...row } of table)
    testRow(`${n} managers`, {
      ...row,
      model: twoPhaseCommit,
      scope: { rm: n },
      properties: [consistent, allAborted, allCommitted],
      dead: 0,
      found: { "all-aborted": n, "all-committed": 3 * n + 1 },
      seen: { "all-committed": 1 },
    });

  testRow("3 managers, commit on some of the votes", {
    model: hastyCommit,
    scope: { rm: 3 },
    properties: [consistent, inconsistent],
    states: 498,
    transitions: 1955,
    depth: 10,
    dead: 0,
    found: { consistent: 5, inconsistent: 5 },
    seen: { inconsistent: 48 },
  });
});
