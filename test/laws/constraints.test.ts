import fc from "fast-check";
import { expect, test } from "vitest";
import { agreesNaively } from "../trust/agrees-naively.ts";
import { arbitraryConstrained } from "./arbitrary-model.ts";
import { enoughOf, runs, share } from "../fixtures/runs.ts";

/** Larger models are left out: they are searched a dozen times. */
const most = share === 1 ? 300 : 80;

test("every mode counts and judges within constraints as an explorer does that shares nothing with it", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryConstrained, async (problem) => {
      if ((await agreesNaively(problem, most)) !== undefined) compared++;
    }),
    { numRuns: runs(250) },
  );
  expect(compared).toBeGreaterThan(enoughOf(100));
});
