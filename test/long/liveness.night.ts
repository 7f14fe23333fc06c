import fc from "fast-check";
import { expect, test } from "vitest";
import { agreesWithNaive } from "../liveness/agrees-with-naive.ts";
import { arbitraryTiny } from "../liveness/arbitrary-tiny.ts";

test("liveness on 10,000 generated models", async () => {
  const checked = await fc.check(fc.asyncProperty(arbitraryTiny, agreesWithNaive), { numRuns: 10_000 });
  expect(checked).toMatchObject({ failed: false, numRuns: 10_000 });
});
