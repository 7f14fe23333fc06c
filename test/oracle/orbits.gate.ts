import { describe, expect, test } from "vitest";
import { problemOf, replay, withSymmetry, type Model, type Property, type Scope } from "#check";
import {
  everyLockedIncrementCounts,
  lockedIncrement,
  lockHeldOnce,
} from "../../models/textbook/increment-locked.ts";
import { everyIncrementCounts, increment } from "../../models/textbook/increment.ts";
import { mutualExclusion, peterson, rudePeterson } from "../../models/textbook/peterson.ts";
import { misconceptions, readersWriters, safe } from "../../models/textbook/readers-writers.ts";
import { heldOnce, resourceAllocator } from "../../models/textbook/resource-allocator.ts";
import { consistent, transactionCommit } from "../../models/textbook/transaction-commit.ts";
import {
  allAborted,
  allCommitted,
  hastyCommit,
  twoPhaseCommit,
} from "../../models/textbook/two-phase-commit.ts";
import { share } from "../fixtures/runs.ts";
import { engines } from "../fixtures/engines.ts";

/** A row of known orbit counts; the lengths of shortest runs, and depths where the start is symmetric, are the usual. */
interface Row<S> {
  readonly model: Model<S>;
  readonly scope: Scope;
  readonly properties: readonly Property<S>[];
  readonly families: readonly string[];
  readonly orbits: number;
  readonly depth: number;
  readonly found?: Readonly<Record<string, number>>;
}

/** The reference explorer compares every step of every state under every naming: it stays with small rows, by day with smaller ones. */
const REFERENCE_ORBITS = share === 1 ? 200 : 70;

const testOrbits = <S>(name: string, row: Row<S>): void => {
  const able = engines.filter(([engine]) => engine !== "reference" || row.orbits <= REFERENCE_ORBITS);
  test.each(able)(`${name}: ${row.orbits} on the %s engine`, async (_, explore) => {
    const problem = withSymmetry(problemOf(row.model, row.scope, row.properties), row.families);
    const { stop, states, levels, findings, path } = await explore(problem);
    expect({ stop, states, depth: levels.length - 1 }).toEqual({
      stop: "exhausted",
      states: row.orbits,
      depth: row.depth,
    });
    const found = row.properties.flatMap(({ id }, i) => {
      const run = findings[i].path;
      return run === undefined ? [] : [[id, replay(problem, run).steps.length]];
    });
    expect(Object.fromEntries(found)).toEqual(row.found ?? {});
    for (let id = 0; id < states; id += 1 + Math.floor(states / 20)) replay(problem, path(id));
  });
};

describe("transaction commit", () => {
  for (const [rm, orbits] of [
    [2, 8],
    [3, 13],
    [4, 19],
    [5, 26],
  ])
    testOrbits(`${rm} managers`, {
      model: transactionCommit,
      scope: { rm },
      properties: [consistent],
      families: ["rm"],
      orbits,
      depth: 2 * rm,
    });
});

describe("two-phase commit", () => {
  for (const [rm, orbits] of [
    [2, 34],
    [3, 80],
    [4, 166],
    [5, 314],
    [6, 553],
  ])
    testOrbits(`${rm} managers`, {
      model: twoPhaseCommit,
      scope: { rm },
      properties: [consistent, allAborted, allCommitted],
      families: ["rm"],
      orbits,
      depth: 3 * rm + 1,
      found: { "all-aborted": rm, "all-committed": 3 * rm + 1 },
    });
});

test.each(engines)(
  "a manager that does not wait is found out as soon, on the %s engine",
  async (_, explore) => {
    const problem = withSymmetry(problemOf(hastyCommit, { rm: 3 }, [consistent]));
    const { levels, findings } = await explore(problem);
    expect(levels.length - 1).toBe(10);
    expect(findings[0].path?.steps.length).toBe(5);
  },
);

describe("Peterson's lock", () => {
  const scope = { process: 2 };
  const properties = [mutualExclusion];
  const families = ["process"];
  // It starts with one turn, and comes to the other: the start is not symmetric, but what is reached is, and nearer.
  testOrbits("two processes", { model: peterson, scope, properties, families, orbits: 21, depth: 8 });
  const found = { "mutual-exclusion": 8 };
  testOrbits("taking turns", {
    model: rudePeterson,
    scope,
    properties,
    families,
    orbits: 36,
    depth: 13,
    found,
  });
});

describe("resource allocator", () => {
  for (const [client, resource, ofClients, ofBoth, depth] of [
    [2, 2, 34, 21, 4],
    [3, 2, 86, 50, 5],
    [2, 3, 260, 65, 4],
    [3, 3, 1444, 309, 6],
  ])
    for (const [families, orbits] of [
      [["client"], ofClients],
      [["client", "resource"], ofBoth],
    ] as const)
      testOrbits(`${client} clients, ${resource} resources, by ${families.join(" and ")}`, {
        model: resourceAllocator,
        scope: { client, resource },
        properties: [heldOnce],
        families,
        orbits,
        depth,
      });
});

describe("increment", () => {
  for (const [thread, orbits] of [
    [2, 8],
    [3, 22],
    [4, 63],
    [5, 184],
  ])
    testOrbits(`${thread} threads without a lock`, {
      model: increment,
      scope: { thread },
      properties: [everyIncrementCounts],
      families: ["thread"],
      orbits,
      depth: 2 * thread,
      found: { "every-increment-counts": 4 },
    });
  for (const [thread, orbits] of [
    [2, 9],
    [3, 13],
    [4, 17],
    [5, 21],
  ])
    testOrbits(`${thread} threads under a lock`, {
      model: lockedIncrement,
      scope: { thread },
      properties: [everyLockedIncrementCounts, lockHeldOnce],
      families: ["thread"],
      orbits,
      depth: 4 * thread,
    });
});

describe("readers and writers", () => {
  for (const [actor, orbits, depth, reading, writing] of [
    [2, 196, 8, 4, 2],
    [3, 3601, 12, 6, 3],
  ])
    testOrbits(`${actor} actors`, {
      model: readersWriters,
      scope: { actor, slot: 2 * actor },
      properties: [safe, ...misconceptions],
      families: ["actor"],
      orbits,
      depth,
      found: {
        "never-all-reading": reading,
        "never-all-waiting-to-write": writing,
        "no-writer-behind-readers": 2,
        "no-reader-behind-writers": 2,
      },
    });
});
