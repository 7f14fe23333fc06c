import { expect, test } from "vitest";
import { actionOf, int, problemOf, record, vector, type Model, type ValueOf } from "#check";
import { batchesOf } from "./batches.ts";

const State = record({ at: vector("axis", int(0, 15)) });
type State = ValueOf<typeof State>;

/** Axes that all may turn in each state, the first of them by a step that looks at another: it alone is in no list. */
const turning = (axes: number, side: number) => {
  const model: Model<State> = {
    name: "axes",
    state: State,
    // Every value is met before the first batch, so that states are packed once.
    init: () => Array.from({ length: side }, (_, x) => ({ at: Array.from({ length: axes }, () => x) })),
    actions: [
      actionOf<State>()("turn", {
        actor: "CPU0",
        args: { i: "axis" },
        guard: ({ at }, { i }) => at[i] >= 0 && (i > 0 || at[1] >= 0),
        effect: (d, { i }) => void (d.at[i] = (d.at[i] + 1) % side),
      }),
    ],
  };
  return problemOf(model, { axis: axes }, []);
};

test("where a quarter of the steps are in no list, every batch is taken by lists", () => {
  const batches = batchesOf(turning(4, 9), 10);
  expect(batches.reduce((sum, { states }) => sum + states, 0)).toBe(9 ** 4);
  expect(batches.filter(({ byLists }) => !byLists)).toEqual([]);
});

test("where more are, 256 batches are taken in order once 1,024 steps were taken, and it is looked again", () => {
  const atMost = 2;
  const batches = batchesOf(turning(3, 16), atMost);
  expect(batches.map(({ states }) => states)).toEqual(batches.map(() => atMost));
  const first = Math.ceil(1024 / (3 * atMost));
  const inOrder = batches.map((_, i) => i >= first && (i - first) % 257 !== 256);
  expect(batches.map(({ byLists }) => !byLists)).toEqual(inOrder);
});
