import fc from "fast-check";
import { expect, test } from "vitest";
import type { Problem } from "#check";
import { arbitraryProblem } from "../laws/arbitrary-model.ts";
import { arbitraryProcesses } from "../laws/arbitrary-processes.ts";
import { arbitrarySymmetric } from "../laws/arbitrary-symmetric.ts";
import { agreesNaively } from "../trust/agrees-naively.ts";

/** FUZZ_SEED repeats a night, FUZZ_MODELS makes it longer or shorter. */
const seed = Number(process.env["FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = Number(process.env["FUZZ_MODELS"] ?? 10_000);
/** Larger models are left out. */
const MOST = 400;
process.stderr.write(`fuzzing ${numRuns} models: FUZZ_SEED=${seed} repeats it\n`);

const anyProblem = fc.oneof(
  { arbitrary: arbitraryProblem, weight: 2 },
  { arbitrary: arbitraryProcesses as fc.Arbitrary<Problem<unknown>>, weight: 1 },
  { arbitrary: arbitrarySymmetric, weight: 1 },
);

test("every mode of the fast engine agrees with an explorer that shares nothing with it", async () => {
  const sum = { compared: 0, symmetric: 0, reduced: 0 };
  const law = fc.asyncProperty(anyProblem, async (problem) => {
    const modes = await agreesNaively(problem, MOST);
    if (modes === undefined) return;
    sum.compared++;
    if (modes.symmetry) sum.symmetric++;
    if (modes.por) sum.reduced++;
  });
  await fc.assert(law, { seed, numRuns });
  process.stderr.write(`${JSON.stringify(sum)}\n`);
  expect(sum.compared).toBeGreaterThan(numRuns / 2);
  expect(Math.min(sum.symmetric, sum.reduced)).toBeGreaterThan(numRuns / 50);
});
