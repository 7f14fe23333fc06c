import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exploreFast } from "#check";
import { agreesWithNaive } from "../liveness/agrees-with-naive.ts";
import { arbitraryTiny, arbitraryTinyWithin } from "../liveness/arbitrary-tiny.ts";
import { runs, share } from "../fixtures/runs.ts";

describe("liveness on generated models", () => {
  test("is violated exactly where trying every set of states finds a fair behaviour that breaks it", async () => {
    expect.hasAssertions();
    await fc.assert(fc.asyncProperty(arbitraryTiny, agreesWithNaive), { numRuns: share === 1 ? 1_500 : 120 });
  });

  test("and so within a constraint, where only behaviour among the states that satisfy it counts", async () => {
    expect.hasAssertions();
    await fc.assert(fc.asyncProperty(arbitraryTinyWithin, agreesWithNaive), { numRuns: runs(600) });
  });

  test("has both verdicts often enough, and lassos of both kinds", async () => {
    const sample = fc.sample(arbitraryTiny, { numRuns: 300, seed: 1 });
    const found = await Promise.all(sample.map(({ problem }) => exploreFast(problem)));
    const paths = found.flatMap(({ findings }) => findings).map(({ path }) => path);
    const count = (kind: (path: NonNullable<(typeof paths)[number]>) => boolean): number =>
      paths.filter((path) => path !== undefined && kind(path)).length;
    expect(paths.filter((path) => path === undefined).length).toBeGreaterThan(100);
    expect(count(({ steps, loopAt }) => loopAt === steps.length)).toBeGreaterThan(50);
    expect(count(({ steps, loopAt }) => loopAt! < steps.length)).toBeGreaterThan(50);
  });
});
