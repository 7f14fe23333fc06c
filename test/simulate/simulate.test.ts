import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exploreReference, problemOf, propertyOf, type Problem, type Property } from "#check";
import { everyIncrementCounts, increment } from "../../models/textbook/increment.ts";
import { mutualExclusion, peterson, rudePeterson } from "../../models/textbook/peterson.ts";
import { brokenBy, confirm } from "../../src/check/confirm.ts";
import { simulate, type Plan } from "../../src/simulate/simulate.ts";
import { Walker, walks, type WalkStep, type Schedule } from "../../src/simulate/random-walk.ts";
import { below, counter, reaches, rises, type Counter } from "../fixtures/counter.ts";
import { runs } from "../fixtures/runs.ts";
import { arbitraryProblem } from "../laws/arbitrary-model.ts";

const going = (): Promise<undefined> => Promise.resolve(undefined);
const schedules: readonly Schedule[] = [{ kind: "uniform" }, { kind: "pct", changes: 2 }];
const plan = (changes: Partial<Plan> = {}): Plan => ({
  runs: 30,
  depth: 25,
  seed: 1,
  schedule: { kind: "uniform" },
  ...changes,
});
const arbitraryPlan = fc
  .record({ seed: fc.nat(), schedule: fc.constantFrom(...schedules) })
  .map((changes) => plan({ runs: 10, ...changes }));

const counting = (properties: readonly Property<never>[], last = 5): Problem<unknown> => {
  const { build, scope } = counter({ last });
  const { model, start } = build({ options: {} });
  return problemOf(model, scope, properties as readonly Property<unknown>[], start);
};

describe("on generated models", () => {
  const enough = 300;

  test("what a walk finds is there, and its run ends in it", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryProblem, arbitraryPlan, async (problem, plan) => {
        const whole = await exploreReference(problem, { states: enough + 1 });
        fc.pre(whole.states <= enough);
        const { sightings, steps, fired } = await simulate(problem, plan, going);
        expect(fired.reduce((sum, times) => sum + times, 0)).toBe(steps);
        sightings.forEach(({ path, antecedent, walked }, place) => {
          const all = whole.findings[place];
          expect(antecedent > 0 && all.antecedent === 0).toBe(false);
          if (path === undefined) return;
          confirm(problem, problem.properties[place], path);
          expect(path.steps.length).toBeLessThanOrEqual(walked);
          expect(path.steps.length).toBeGreaterThanOrEqual(all.path!.steps.length);
        });
      }),
      { numRuns: runs(500) },
    );
  });

  test("no single step of a shrunk run can be left out", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryProblem, arbitraryPlan, async (problem, plan) => {
        const { sightings } = await simulate(problem, plan, going);
        const walker = new Walker(problem);
        sightings.forEach(({ path }, place) => {
          path?.steps.forEach((_, left) => {
            const moves: WalkStep<unknown>[] = [];
            const hits: boolean[] = [];
            for (const move of walker.follow(path.start, path.steps.toSpliced(left, 1))) {
              moves.push(move);
              const [{ before: start }] = moves;
              const taken = moves
                .slice(1)
                .map(({ step, before, after }) => ({ step: step!, before, after, changes: [] }));
              hits.push(brokenBy(problem, problem.properties[place], { start, steps: taken }) !== undefined);
            }
            expect(hits).not.toContain(true);
          });
        });
      }),
      { numRuns: runs(400) },
    );
  });

  test("the same plan gives the same walks", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryProblem, arbitraryPlan, async (problem, plan) => {
        expect(await simulate(problem, plan, going)).toEqual(await simulate(problem, plan, going));
      }),
      { numRuns: 50 },
    );
  });
});

test("known bugs are found, by either schedule, and shrunk to the shortest runs there are", async () => {
  for (const schedule of schedules) {
    const asked = plan({ runs: 500, schedule });
    const rude = await simulate(problemOf(rudePeterson, { process: 2 }, [mutualExclusion]), asked, going);
    expect(rude.sightings[0].path?.steps).toHaveLength(8);
    const lost = await simulate(problemOf(increment, { thread: 3 }, [everyIncrementCounts]), asked, going);
    expect(lost.sightings[0].path?.steps).toHaveLength(4);
    const right = await simulate(problemOf(peterson, { process: 2 }, [mutualExclusion]), asked, going);
    expect([right.walks, right.steps, right.sightings[0].path]).toEqual([500, 12_500, undefined]);
  }
});

test("a walk ends where nothing is enabled, and looks at its start", async () => {
  const properties = [below(3), reaches(9), rises, below(0)] as readonly Property<never>[];
  const found = await simulate(counting(properties), plan({ runs: 4 }), going);
  expect(found).toMatchObject({ walks: 4, steps: 20, stop: null });
  expect(found.sightings.map(({ antecedent, path }) => [antecedent, path?.steps.length])).toEqual([
    [4, 3],
    [0, undefined],
    [20, undefined],
    [1, 0],
  ]);
  const still = await simulate(counting(properties), plan({ depth: 0 }), going);
  expect([still.steps, still.sightings[3].path?.steps]).toEqual([0, []]);
});

test("it ends when every property is decided, or when it is stopped", async () => {
  expect((await simulate(counting([below(3)]), plan(), going)).walks).toBe(1);
  let asked = 0;
  const stopped = await simulate(counting([below(9)]), plan(), async () =>
    Promise.resolve(++asked > 3 ? ("interrupted" as const) : undefined),
  );
  expect([stopped.walks, stopped.stop]).toEqual([3, "interrupted"]);
});

test("an error on the way is told with the walk that led to it", async () => {
  const { invariant } = propertyOf<Counter>();
  const boom = invariant({
    id: "boom",
    statement: "-",
    holds: ({ n }) => {
      if (n === 2) throw new Error("boom");
      return true;
    },
  });
  await expect(simulate(counting([boom]), plan(), going)).rejects.toThrow(
    /boom\n {2}in property boom\n {2}in a walk that took COUNT, COUNT/,
  );
});

test("a liveness property is refused", async () => {
  const ends = propertyOf<unknown>().eventually({
    id: "ends",
    statement: "-",
    fairness: [],
    holds: () => true,
  });
  await expect(simulate(counting([ends] as never), plan(), going)).rejects.toThrow(
    "a random walk cannot check",
  );
});

describe("schedules", () => {
  const problem = problemOf(increment, { thread: 4 });
  const walker = new Walker(problem);
  const enabledIn = (state: never): ReadonlySet<string> =>
    new Set(problem.steps.filter(({ action, args }) => action.guard(state, args)).map(({ actor }) => actor));

  /** Into how few stretches a walk falls, in each of which the actors that move have one fixed priority. */
  const stretches = (moves: readonly WalkStep<never>[]): number => {
    let count = 1;
    let above = new Set<string>();
    for (const { step, before } of moves) {
      if (step === undefined) continue;
      const others = [...enabledIn(before)].filter((actor) => actor !== step.actor);
      if (others.some((other) => above.has(`${other}>${step.actor}`))) {
        count++;
        above = new Set();
      }
      for (const other of others) above.add(`${step.actor}>${other}`);
    }
    return count;
  };
  const movesOf = (schedule: Schedule, seed: number): readonly (readonly WalkStep<never>[])[] =>
    fc
      .sample(walks(problem, 8, schedule), { seed, numRuns: 40 })
      .map((walk) => [...walker.go(walk, 8)] as unknown as WalkStep<never>[]);

  test("priorities change as often as asked for, at most", () => {
    fc.assert(
      fc.property(fc.nat({ max: 3 }), fc.nat(), (changes, seed) => {
        for (const moves of movesOf({ kind: "pct", changes }, seed))
          expect(stretches(moves)).toBeLessThanOrEqual(changes + 1);
      }),
      { numRuns: 40 },
    );
    const uniform = movesOf({ kind: "uniform" }, 1).map(stretches);
    const often = movesOf({ kind: "pct", changes: 3 }, 1).map(stretches);
    expect(Math.max(...uniform)).toBeGreaterThan(2);
    expect(Math.max(...often)).toBeGreaterThan(1);
  });

  test("uniform walks favour no step", () => {
    const first = fc
      .sample(walks(problem, 1, { kind: "uniform" }), { seed: 7, numRuns: 4000 })
      .map((walk) => [...walker.go(walk, 1)][1].step!.actor);
    for (const actor of new Set(problem.steps.map((step) => step.actor))) {
      const share = first.filter((mover) => mover === actor).length / first.length;
      expect(Math.abs(share - 0.25)).toBeLessThan(0.03);
    }
  });
});
