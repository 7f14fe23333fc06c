import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, type Compiled } from "../fixtures/compiled.ts";
import { arbitraryAny } from "../laws/arbitrary-any.ts";
import { agreesNaively } from "../trust/agrees-naively.ts";

/** FUZZ_SEED repeats a night, FUZZ_MODELS makes it longer or shorter. */
const seed = Number(process.env["FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 30));
const numRuns = Number(process.env["FUZZ_MODELS"] ?? 10_000);
/** Larger models are left out. */
const MOST = 400;
/** Models that are searched together where there are threads: these take their time to start. */
const TOGETHER = 40;
process.stderr.write(`fuzzing ${numRuns} models: FUZZ_SEED=${seed} repeats it\n`);

test("every mode of the fast engine agrees with an explorer that shares nothing with it", async () => {
  const sum = { compared: 0, symmetric: 0, reduced: 0 };
  const law = fc.asyncProperty(arbitraryAny, async (problem) => {
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

let program: Compiled;
beforeAll(() => {
  program = compiled();
});
afterAll(() => program.remove());

interface Fuzzed {
  readonly sum: Readonly<Record<string, number>>;
  readonly differs: readonly unknown[];
}
const fuzzed = async (file: string, asked: object): Promise<Fuzzed["sum"]> => {
  const { code, stdout, stderr } = await program.run(`dist/test/long/${file}`, [JSON.stringify(asked)]);
  expect([code, stderr]).toEqual([0, ""]);
  const { sum, differs } = JSON.parse(stdout) as Fuzzed;
  process.stderr.write(`${JSON.stringify(sum)}\n`);
  expect(differs).toEqual([]);
  return sum;
};

test("and so do two and three threads, of many models in one search", async () => {
  const bundles = Math.ceil(numRuns / TOGETHER);
  const { models } = await fuzzed("fuzz-threads.js", { seed, bundles, count: TOGETHER, most: MOST });
  expect(models).toBeGreaterThan(numRuns / 2);
});

test("and so do two to four threads, of models of many values, however they are reduced", async () => {
  const count = Math.ceil(numRuns / 20);
  const { searches, large } = await fuzzed("fuzz-wide.js", { seed, count, most: 5_000 });
  expect(searches).toBe(3 * count);
  expect(large).toBeGreaterThan(count / 2);
});
