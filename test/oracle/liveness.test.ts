import { describe, expect, test } from "vitest";
import { exploreFast, problemOf, type Expectation, type Liveness, type Model, type Scope } from "#check";
import { ewd840 } from "../../models/textbook/ewd840.ts";
import { ewd840Live } from "../../models/textbook/ewd840-live.ts";
import { peterson } from "../../models/textbook/peterson.ts";
import { petersonLive } from "../../models/textbook/peterson-live.ts";
import { orderedPhilosophers } from "../../models/textbook/philosophers.ts";
import { philosophersLive } from "../../models/textbook/philosophers-live.ts";
import { readersWriters } from "../../models/textbook/readers-writers.ts";
import { readersWritersLive } from "../../models/textbook/readers-writers-live.ts";
import { resourceAllocator } from "../../models/textbook/resource-allocator.ts";
import { resourceAllocatorLive } from "../../models/textbook/resource-allocator-live.ts";
import type { Explore } from "../../src/problem/exploration.ts";
import { engines } from "../fixtures/engines.ts";
import { verdicts } from "../liveness/ask.ts";

/** The verdicts of other tools, a letter for each assumption: none first, then as the model's file has them. */
const tables = {
  peterson: {
    live: petersonLive,
    rows: { "somebody-enters": "vhh", "first-enters": "vvh", "first-enters-again": "vvh" },
  },
  philosophers: {
    live: philosophersLive,
    rows: { "first-eats-again": "vvvvh", "somebody-eats-again": "vhhhh" },
  },
  ewd840: {
    live: ewd840Live,
    // The last letter of the last row is not known from elsewhere.
    rows: { "termination-is-detected": "vhh", "detection-comes": "vvv", "quiet-is-detected": "vvv" },
  },
  allocator: {
    live: resourceAllocatorLive,
    rows: { "satisfied-returns": "vhhh", "wanted-is-held": "vhvv", "satisfied-again": "vhvv" },
  },
  readersWriters: {
    live: readersWritersLive,
    rows: { "reads-again": "vhvv", "writes-again": "vhvh", "stops-reading": "vhvh", "stops-writing": "vhvh" },
  },
};

interface Live<S> {
  readonly properties: readonly Liveness<S>[];
  readonly expected: readonly Expectation[];
}

const check = <S>(
  name: string,
  model: Model<S>,
  scope: Scope,
  { live, rows }: { readonly live: Live<S>; readonly rows: Readonly<Record<string, string>> },
  which: readonly (readonly [string, Explore])[],
): void => {
  test.each(which)(`${name}, %s engine`, async (_, explore) => {
    const answers = await verdicts(problemOf(model, scope, live.properties), explore);
    const found = Object.fromEntries(
      Object.keys(rows).map((row) => [
        row,
        live.properties
          .filter(({ id }) => id.startsWith(row) && isOf(id, row, Object.keys(rows)))
          .map(({ id }) => answers[id][0])
          .join(""),
      ]),
    );
    expect(found).toEqual(rows);
  });
};
/** Whether an id belongs to a row and not to one with a longer name. */
const isOf = (id: string, row: string, rows: readonly string[]): boolean =>
  !rows.some((other) => other.length > row.length && id.startsWith(other));

const fast = [["fast", exploreFast]] as const;

describe("liveness under fairness, as TLC and an independent search have it", () => {
  check("Peterson", peterson, { process: 2 }, tables.peterson, engines);
  for (const philosopher of [2, 3])
    check(`${philosopher} philosophers`, orderedPhilosophers, { philosopher }, tables.philosophers, engines);
  for (const philosopher of [4, 5])
    check(`${philosopher} philosophers`, orderedPhilosophers, { philosopher }, tables.philosophers, fast);
  check("EWD 840 on 3 nodes", ewd840, { node: 3 }, tables.ewd840, engines);
  check("the allocator", resourceAllocator, { client: 3, resource: 2 }, tables.allocator, engines);
  check("2 readers and writers", readersWriters, { actor: 2, slot: 4 }, tables.readersWriters, engines);
  check("3 readers and writers", readersWriters, { actor: 3, slot: 6 }, tables.readersWriters, fast);
});
