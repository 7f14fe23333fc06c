import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CheckError, exploreFast, verifyIndependence, type Exploration, type Problem } from "#check";
import { Dependences } from "../../src/methods/por/conditional-dependence.ts";
import type { Dependence, StepDependence } from "../../src/problem/dependence.ts";
import { reduced } from "../../src/methods/por/reduced.ts";
import { agree } from "../fixtures/agree.ts";
import { arbitraryBranching, arbitraryThrowing } from "./arbitrary-branching.ts";
import { arbitraryProblem } from "./arbitrary-model.ts";
import { arbitraryProcesses } from "./arbitrary-processes.ts";

/** Larger models are not compared: small ones have all of the meaning. */
const enough = 400;
/** Brute force looks at every pair of steps in every state. */
const enoughPairs = 150;

const anyProblem: fc.Arbitrary<Problem<unknown>> = fc.oneof(
  { arbitrary: arbitraryProcesses as fc.Arbitrary<Problem<unknown>>, weight: 2 },
  { arbitrary: arbitraryBranching as fc.Arbitrary<Problem<unknown>>, weight: 2 },
  { arbitrary: arbitraryProblem, weight: 1 },
);

/** What partial-order reduction must not change. */
const essence = <S>({ deadlocks, findings }: Exploration<S>) => ({
  deadlocks,
  findings: findings.map(({ antecedent, path }) => ({ occurs: antecedent > 0, found: path !== undefined })),
});

/** Why it was refused; undefined where it was not. */
const refusal = async (asked: Promise<unknown>): Promise<CheckError | undefined> => {
  try {
    await asked;
    return undefined;
  } catch (error) {
    if (error instanceof CheckError) return error;
    throw error;
  }
};

/** A dependence that never says that one depends on, or waits for, every third step; or takes these for ones that advance, or for invisible. */
const spoilt = (sound: Dependence, spoil: "waits" | "advances" | "visible", which: number): Dependence => {
  const isSpoilt = (step: number): boolean => step % 3 === which;
  const without = (set: readonly number[]): readonly number[] => set.filter((step) => !isSpoilt(step));
  const forget = (move: StepDependence): StepDependence =>
    move.enabled
      ? { ...move, dependent: without(move.dependent) }
      : { ...move, enabling: move.enabling.map(without) };
  return {
    visible: spoil === "visible" ? without(sound.visible) : sound.visible,
    move: (step, code) => {
      const move = sound.move(step, code);
      if (spoil === "waits") return forget(move);
      return spoil === "advances" && isSpoilt(step) && move.enabled ? { ...move, advances: true } : move;
    },
  };
};

/** States the laws of partial-order reduction on generated models, so many times as many as are enough. */
export const testLaws = (times: number): void => {
  /** How many states a model may have that is searched by the fast engine alone. */
  const most = times < 1 ? enough : enough * 10;

  describe("partial-order reduction", () => {
    test("leaves out the same on both engines", async () => {
      await fc.assert(
        fc.asyncProperty(anyProblem, async (problem) => {
          await agree(reduced(problem), { states: enough });
        }),
        { numRuns: 400 * times },
      );
    });

    test("changes no verdict, no antecedent that occurs, and no state without a next step", async () => {
      await fc.assert(
        fc.asyncProperty(anyProblem, async (problem) => {
          const full = await exploreFast(problem, { states: most });
          fc.pre(full.stop === "exhausted");
          const part = await exploreFast(reduced(problem));
          expect(essence(part)).toEqual(essence(full));
          expect(part.states).toBeLessThanOrEqual(full.states);
          expect(part.transitions).toBeLessThanOrEqual(full.transitions);
        }),
        { numRuns: 1500 * times },
      );
    });

    test("changes no verdict of a property of steps, where steps are left out", async () => {
      let [violated, kept] = [0, 0];
      await fc.assert(
        fc.asyncProperty(anyProblem, async (problem) => {
          const properties = problem.properties.filter(({ kind }) => kind === "step");
          fc.pre(properties.length > 0);
          const full = await exploreFast({ ...problem, properties }, { states: most });
          fc.pre(full.stop === "exhausted");
          const part = await exploreFast(reduced({ ...problem, properties }));
          expect(essence(part)).toEqual(essence(full));
          if (part.transitions === full.transitions) return;
          for (const { antecedent, path } of full.findings)
            if (path !== undefined) violated++;
            else if (antecedent > 0) kept++;
        }),
        { numRuns: 1000 * times },
      );
      expect(Math.min(violated, kept)).toBeGreaterThan(times < 1 ? 0 : 20);
    });

    test("hides no error", async () => {
      let thrown = 0;
      await fc.assert(
        fc.asyncProperty(arbitraryThrowing, async (problem) => {
          const full = await refusal(exploreFast(problem));
          const part = await refusal(exploreFast(reduced(problem)));
          expect(part?.code).toBe(full?.code);
          if (full !== undefined) thrown++;
        }),
        { numRuns: 500 * times },
      );
      expect(thrown).toBeGreaterThan(times < 1 ? 0 : 20);
    });

    test("rests on a dependence that brute force finds no fault with", async () => {
      await fc.assert(
        fc.asyncProperty(anyProblem, async (problem) => {
          const full = await exploreFast(problem, { states: enoughPairs });
          fc.pre(full.stop === "exhausted");
          const { states } = await verifyIndependence(problem);
          expect(states).toBe(full.states);
        }),
        { numRuns: 400 * times },
      );
    });

    test("changes nothing on any dependence that brute force finds no fault with", async () => {
      let [wrong, harmless] = [0, 0];
      const enoughHarmless = 10;
      const spoil = fc.constantFrom("waits", "advances", "visible");
      await fc.assert(
        fc.asyncProperty(anyProblem, spoil, fc.nat({ max: 2 }), async (problem, how, which) => {
          const full = await exploreFast(problem, { states: enoughPairs });
          fc.pre(full.stop === "exhausted");
          const dependence = spoilt(new Dependences(problem), how, which);
          const part = await exploreFast({ ...problem, dependence });
          const changed = JSON.stringify(essence(part)) !== JSON.stringify(essence(full));
          // What changes nothing may be refused or not: a few of these show that not all are.
          if (!changed && harmless > enoughHarmless) return;
          const refused = await refusal(verifyIndependence(problem, dependence));
          expect({ changed, refused: refused?.message }).not.toEqual({ changed: true, refused: undefined });
          if (changed) wrong++;
          else if (refused === undefined) harmless++;
        }),
        { numRuns: Math.max(600, 2000 * times) },
      );
      expect(wrong).toBeGreaterThan(times < 1 ? 0 : 10);
      expect(harmless).toBeGreaterThan(enoughHarmless);
    });

    test("and often leaves out much", async () => {
      const problems = fc.sample(arbitraryProcesses, { numRuns: 100, seed: 1 });
      const shares = await Promise.all(
        problems.map(async (problem) => {
          const full = await exploreFast(problem, { states: most });
          const part = await exploreFast(reduced(problem));
          return full.states < 10 ? 1 : part.states / full.states;
        }),
      );
      expect(shares.filter((share) => share < 1).length).toBeGreaterThan(25);
      expect(shares.filter((share) => share < 0.5).length).toBeGreaterThan(10);
    });
  });
};
