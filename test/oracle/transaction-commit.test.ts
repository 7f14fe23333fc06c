import { describe } from "vitest";
import { propertyOf } from "#check";
import { deadlockFree } from "../../models/textbook/oracle.ts";
import { consistent, transactionCommit } from "../../models/textbook/transaction-commit.ts";
import { testRow } from "./row.ts";

const all = (outcome: string) =>
  propertyOf<{ readonly rm: readonly string[] }>().sometimes({
    id: `all-${outcome}`,
    statement: "-",
    holds: (s) => s.rm.every((rm) => rm === outcome),
  });

describe("transaction commit", () => {
  const table = [
    { n: 2, states: 12, transitions: 22, depth: 4 },
    { n: 3, states: 34, transitions: 93, depth: 6 },
    { n: 4, states: 96, transitions: 356, depth: 8 },
    { n: 5, states: 274, transitions: 1295, depth: 10 },
  ];
  for (const { n, ...row } of table)
    testRow(`${n} managers`, {
      ...row,
      model: transactionCommit,
      scope: { rm: n },
      properties: [
        consistent,
        deadlockFree(transactionCommit, { rm: n }, "-"),
        all("aborted"),
        all("committed"),
      ],
      dead: 2,
      found: { "deadlock-free": n, "all-aborted": n, "all-committed": 2 * n },
      seen: { "all-aborted": 1, "all-committed": 1 },
    });
});
