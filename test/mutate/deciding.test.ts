import { expect, test } from "vitest";
import { deciding } from "../../src/mutate/deciding.ts";

test("a leaf passes by the code that the step can be enabled after, also where more is read for nothing", () => {
  // The second leaf is read whatever the first is, as where a guard takes a record apart.
  const decision = {
    leaf: 0,
    next: [
      { leaf: 1, next: [0, 0] },
      { leaf: 1, next: [0, 1] },
    ],
  };
  expect([...deciding(decision)]).toEqual([
    [0, 1],
    [1, 1],
  ]);
});

test("a leaf after which the step is never enabled decides nothing", () => {
  expect([...deciding({ leaf: 0, next: [{ leaf: 1, next: [0, { leaf: 2, next: [0, 0] }] }, 0] })]).toEqual(
    [],
  );
});
