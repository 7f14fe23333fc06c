import fc from "fast-check";
import { expect, test } from "vitest";
import { agreesOrRefuses, type Ended } from "../attack/agrees-or-refuses.ts";
import { arbitraryPlan } from "../attack/hostile-models.ts";

/** HOSTILE_SEED repeats a night, HOSTILE_MODELS makes it longer or shorter. */
const seed = Number(process.env["HOSTILE_SEED"] ?? Math.floor(Math.random() * 2 ** 30));
const numRuns = Number(process.env["HOSTILE_MODELS"] ?? 10_000);
/** Symmetries are looked for in one model of so many. */
const RARELY = 10;
process.stderr.write(`${numRuns} hostile models: HOSTILE_SEED=${seed} repeats them\n`);

test("many hostile models are answered as plain assignment answers them, or refused", async () => {
  const ended: Record<Ended, number> = { agreed: 0, refused: 0, large: 0 };
  let asked = 0;
  const law = fc.asyncProperty(arbitraryPlan, async (plan) => {
    ended[await agreesOrRefuses(plan, ++asked % RARELY === 0)]++;
  });
  await fc.assert(law, { seed, numRuns });
  process.stderr.write(`${JSON.stringify(ended)}\n`);
  expect(Math.min(ended.agreed, ended.refused)).toBeGreaterThan(numRuns / 10);
});
