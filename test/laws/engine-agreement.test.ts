import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agree } from "../fixtures/agree.ts";
import { exploreFast, withSymmetry } from "#check";
import { arbitraryConstrained, arbitraryProblem } from "./arbitrary-model.ts";
import { arbitraryWide } from "./arbitrary-wide.ts";
import { enoughOf, runs, share } from "../fixtures/runs.ts";

/** More states than this are not compared: the law is about meaning, and small models have all of it. */
const enough = 400;

describe("both engines find the same states, in the same order, and say the same of them", () => {
  test("on generated models", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryProblem, async (problem) => {
        await agree(problem, { states: enough });
      }),
      { numRuns: runs(600) },
    );
  });

  test("under bounds of depth, of states and fail-fast", async () => {
    const bounds = fc.record(
      { depth: fc.nat({ max: 5 }), states: fc.nat({ max: 30 }), failFast: fc.boolean() },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(arbitraryProblem, bounds, async (problem, bounds) => {
        await agree(problem, { states: enough, ...bounds });
      }),
      { numRuns: runs(400) },
    );
  });

  test("on models with constraints and guards on successors, under bounds too", async () => {
    const bounds = fc.record(
      { depth: fc.nat({ max: 5 }), states: fc.nat({ max: 30 }), failFast: fc.boolean() },
      { requiredKeys: [] },
    );
    let cut = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryConstrained, bounds, async (problem, bounds) => {
        const answer = await agree(problem, { states: enough });
        if ("found" in answer && answer.found.stop === "constraint") cut++;
        await agree(problem, { states: enough, ...bounds });
      }),
      { numRuns: runs(400) },
    );
    expect(cut).toBeGreaterThan(enoughOf(40));
  });

  test("on models of many values, also up to symmetry", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWide, async (problem) => {
        await agree(problem, { states: runs(1_000) });
        await agree(withSymmetry(problem), { states: Math.min(enough, runs(1_000)) });
      }),
      { numRuns: share === 1 ? 25 : 2 },
    );
  });

  test("and some of these have states of several words", async () => {
    const words = await Promise.all(
      fc
        .sample(arbitraryWide, { numRuns: 25, seed: 1 })
        .map(async (problem) => (await exploreFast(problem, { states: 1_000 })).stats.words),
    );
    expect(words.filter((n) => n > 1).length).toBeGreaterThan(4);
  });

  test("and most generated models are worth comparing", async () => {
    const sizes = await Promise.all(
      fc.sample(arbitraryProblem, { numRuns: 300, seed: 1 }).map(async (problem) => {
        const { states } = await exploreFast(problem, { states: enough });
        return states;
      }),
    );
    expect(sizes.filter((states) => states > 5).length).toBeGreaterThan(60);
  });
});
