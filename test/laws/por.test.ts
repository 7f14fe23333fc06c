import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exploreFast, verifyIndependence, type Exploration, type Problem } from "#check";
import { reduced } from "../../src/explore/por/reduced.ts";
import { agree } from "../agree.ts";
import { arbitraryProblem } from "./arbitrary-model.ts";
import { arbitraryProcesses } from "./arbitrary-processes.ts";

/** Larger models are not compared: small ones have all of the meaning. */
const enough = 400;
/** Brute force looks at every pair of steps in every state. */
const enoughPairs = 150;

const anyProblem: fc.Arbitrary<Problem<unknown>> = fc.oneof(
  { arbitrary: arbitraryProcesses as fc.Arbitrary<Problem<unknown>>, weight: 2 },
  { arbitrary: arbitraryProblem, weight: 1 },
);

/** What partial-order reduction must not change. */
const essence = <S>({ deadlocks, findings }: Exploration<S>) => ({
  deadlocks,
  findings: findings.map(({ antecedent, path }) => ({ occurs: antecedent > 0, found: path !== undefined })),
});

describe("partial-order reduction", { timeout: 300_000 }, () => {
  test("leaves out the same on both engines", async () => {
    await fc.assert(
      fc.asyncProperty(anyProblem, async (problem) => {
        await agree(reduced(problem), { states: enough });
      }),
      { numRuns: 400 },
    );
  });

  test("changes no verdict, no antecedent that occurs, and no state without a next step", async () => {
    await fc.assert(
      fc.asyncProperty(anyProblem, async (problem) => {
        const full = await exploreFast(problem, { states: enough * 10 });
        fc.pre(full.stop === "exhausted");
        const part = await exploreFast(reduced(problem));
        expect(essence(part)).toEqual(essence(full));
        expect(part.states).toBeLessThanOrEqual(full.states);
        expect(part.transitions).toBeLessThanOrEqual(full.transitions);
      }),
      { numRuns: 1500 },
    );
  });

  test("rests on a dependence that brute force finds no fault with", async () => {
    await fc.assert(
      fc.asyncProperty(anyProblem, async (problem) => {
        const full = await exploreFast(problem, { states: enoughPairs });
        fc.pre(full.stop === "exhausted");
        const { states } = await verifyIndependence(problem);
        expect(states).toBe(full.states);
      }),
      { numRuns: 400 },
    );
  });

  test("and often leaves out much", async () => {
    const problems = fc.sample(arbitraryProcesses, { numRuns: 200, seed: 1 });
    const shares = await Promise.all(
      problems.map(async (problem) => {
        const full = await exploreFast(problem, { states: enough * 10 });
        const part = await exploreFast(reduced(problem));
        return full.states < 10 ? 1 : part.states / full.states;
      }),
    );
    expect(shares.filter((share) => share < 1).length).toBeGreaterThan(50);
    expect(shares.filter((share) => share < 0.5).length).toBeGreaterThan(20);
  });
});
