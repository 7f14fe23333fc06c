import fc from "fast-check";
import { expect, test } from "vitest";
import { agreesOrRefuses, type Ended } from "./agrees-or-refuses.ts";
import { arbitraryPlan } from "./hostile-models.ts";

/** Symmetries are looked for in one model of so many. */
const RARELY = 20;

test("hostile models are answered as plain assignment answers them in every engine and mode, or refused", async () => {
  const ended: Record<Ended, number> = { agreed: 0, refused: 0, large: 0 };
  let asked = 0;
  const law = fc.asyncProperty(arbitraryPlan, async (plan) => {
    ended[await agreesOrRefuses(plan, ++asked % RARELY === 0)]++;
  });
  await fc.assert(law, { numRuns: 40, endOnFailure: true });
  // Both happen to many of them.
  expect(Math.min(ended.agreed, ended.refused)).toBeGreaterThan(3);
});
