import fc from "fast-check";
import { expect, test } from "vitest";
import { index, int, record, set, vector, type Scope } from "#check";
import { codecOf } from "../../src/derive/codec.ts";
import { allNames, familiesOf, renamedRow, renamingOf, type Names } from "../../src/derive/renaming.ts";
import { twoStates } from "../fixtures/arbitrary-schema.ts";
import { renamed } from "../trust/orbits.ts";

const namesIn = (families: readonly string[], scope: Scope) =>
  fc.constantFrom<Names>({}, ...allNames(families, scope));

test("vectors over a family change places together, nested ones too, and what refers to a member is renamed", () => {
  const State = record({
    cpu: vector("cpu", record({ n: int(0, 9), sees: vector("cpu", int(0, 9)), at: index("cpu") })),
    timer: vector("cpu", int(0, 9)),
    chosen: index("cpu"),
    ready: set("cpu"),
    other: index("irq"),
  });
  const scope = { cpu: 3, irq: 3 };
  const cpu = (n: number, sees: readonly number[], at: number) => ({ n, sees, at });
  const { encode, decode } = codecOf(State, scope);
  const before = {
    cpu: [cpu(1, [1, 2, 3], 0), cpu(2, [4, 5, 6], 2), cpu(3, [7, 8, 9], 1)],
    timer: [4, 5, 6],
    chosen: 0,
    ready: 0b011,
    other: 0,
  };
  // 0 is called 1, 1 is called 2, 2 is called 0.
  const renaming = renamingOf(State, scope, { cpu: [1, 2, 0] });
  expect(decode(renamedRow(renaming, encode(before)))).toEqual({
    cpu: [cpu(3, [9, 7, 8], 2), cpu(1, [3, 1, 2], 1), cpu(2, [6, 4, 5], 0)],
    timer: [6, 4, 5],
    chosen: 1,
    ready: 0b110,
    other: 0,
  });
});

test("on leaf codes it is what it is on plain values", () => {
  const cases = twoStates.chain(({ schema, scope, a }) =>
    namesIn(familiesOf(schema), scope).map((names) => ({ schema, scope, a, names })),
  );
  fc.assert(
    fc.property(cases, ({ schema, scope, a, names }) => {
      const { encode, decode } = codecOf(schema, scope);
      const row = renamedRow(renamingOf(schema, scope, names), encode(a));
      expect(decode(row)).toEqual(decode(encode(renamed(schema.node, a, names))));
    }),
    { numRuns: 500 },
  );
});

test("there are as many namings as orders of the members, the one that changes nothing left out", () => {
  expect(allNames(["cpu"], { cpu: 4 })).toHaveLength(23);
  const both = allNames(["cpu", "irq"], { cpu: 3, irq: 2 });
  expect(both).toHaveLength(11);
  expect(new Set(both.map((names) => JSON.stringify(names))).size).toBe(11);
});
