import { expect, test } from "vitest";
import { exploreFast, int, record, vector, type Draft, type ValueOf } from "#check";
import { toy } from "../engine/toy.ts";

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
