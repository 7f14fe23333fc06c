import { expect, test } from "vitest";
import { exploreFast, int, record, vector, type Draft, type ValueOf } from "#check";
import { Tables } from "../../src/fast/visited/tables.ts";
import { toy } from "../fixtures/toy.ts";

const side = 513;
const Grid = record({ at: vector("axis", int(0, side - 1)) });
type Grid = ValueOf<typeof Grid>;

test("more than 2^27 states are counted exactly, and found again", async () => {
  const grid = toy<Grid>(Grid, { axis: 3 }, [{ at: [0, 0, 0] }], {
    step: {
      args: { i: "axis" },
      guard: ({ at }, { i }) => at[Number(i)] < side - 1,
      effect: (d: Draft<Grid>, { i }) => {
        d.at[Number(i)]++;
      },
    },
  });
  const found = await exploreFast(grid);
  expect(found).toMatchObject({
    stop: "exhausted",
    states: side ** 3,
    transitions: 3 * side ** 2 * (side - 1),
    deadlocks: 1,
  });
  expect(found.levels).toHaveLength(3 * (side - 1) + 1);
  const last = found.states - 1;
  expect(found.state(last)).toEqual({ at: [side - 1, side - 1, side - 1] });
  expect(found.path(last).steps).toHaveLength(3 * (side - 1));
});

test.each([1, 2])(
  "tables of more than 2^32 bytes find again what they were given, %i words each",
  (words) => {
    const tables = Tables.of(words, 350e6 / words);
    expect(tables.cells).toHaveLength(1);
    const states = Int32Array.from({ length: 50_000 * words }, (_, i) => Math.imul(i + 1, 0x9e3779b1) | 1);
    const fresh = new Int32Array(50_000);
    expect(tables.insert(states, 50_000, fresh)).toBe(50_000);
    for (const parts of [2, 4]) {
      tables.grow(1);
      expect(tables.cells).toHaveLength(parts);
      expect(tables.bytes).toBeGreaterThanOrEqual(parts * 0.75 * 2 ** 32);
      expect(tables.insert(states, 50_000, fresh)).toBe(0);
    }
    tables.lacks(states, 50_000, fresh);
    expect(fresh.every((lacking) => lacking === 0)).toBe(true);
  },
);
