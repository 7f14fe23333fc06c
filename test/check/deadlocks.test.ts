import { expect, test } from "vitest";
import {
  exploreFast,
  exploreReference,
  int,
  problemOf,
  record,
  reduced,
  withSymmetry,
  type Problem,
} from "#check";
import { increment } from "../../models/textbook/increment.ts";
import { naivePhilosophers, orderedPhilosophers } from "../../models/textbook/philosophers.ts";
import { deadlocksOf } from "../../src/check/deadlocks.ts";
import { toy } from "../fixtures/toy.ts";

const philosophers = problemOf(naivePhilosophers, { philosopher: 4 });

test.each([
  ["on the reference", exploreReference, philosophers],
  ["fast", exploreFast, philosophers],
  ["with partial-order reduction", exploreFast, reduced(philosophers)],
])("philosophers explored %s starve with one fork each", async (_, explore, problem) => {
  const found = await explore(problem);
  const dead = deadlocksOf(problem, found, Infinity);
  expect(dead.length).toBe(found.deadlocks);
  expect(dead.length).toBeGreaterThan(1);
  for (const { trace } of dead)
    for (const { holds } of trace.steps.at(-1)!.after.philosopher)
      expect(Number(holds.left) + Number(holds.right)).toBe(1);
  expect(deadlocksOf(problem, found, 1)).toEqual(dead.slice(0, 1));
});

test("philosophers who take the lower fork first have no deadlock", async () => {
  const problem = problemOf(orderedPhilosophers, { philosopher: 4 });
  const found = await exploreFast(problem);
  expect(found.deadlocks).toBe(0);
  expect(deadlocksOf(problem, found)).toEqual([]);
});

test("up to symmetry each orbit has one, with a run of the model to it", async () => {
  const problem = withSymmetry(problemOf(increment, { thread: 3 }));
  const found = await exploreFast(problem);
  const dead = deadlocksOf(problem, found, Infinity);
  expect(dead.length).toBe(found.deadlocks);
  expect(dead.length).toBeGreaterThan(0);
  for (const { trace } of dead) {
    const { after } = trace.steps.at(-1)!;
    expect(problem.steps.filter(({ action, args }) => action.guard(after, args))).toEqual([]);
  }
});

test("a state beyond a constraint is none, nor is the last one of a bounded search", async () => {
  const counter = toy(record({ n: int(0, 5) }), {}, [{ n: 0 }], {
    inc: { guard: ({ n }) => n < 5, effect: (d: { n: number }) => void d.n++ },
  });
  const short: Problem<{ readonly n: number }> = {
    ...counter,
    constraints: [{ id: "short", statement: "-", holds: ({ n }) => n < 5 }],
  };
  expect(deadlocksOf(counter, await exploreFast(counter)).map(({ path }) => path.steps.length)).toEqual([5]);
  expect(deadlocksOf(short, await exploreFast(short))).toEqual([]);
  expect(deadlocksOf(counter, await exploreFast(counter, { depth: 3 }))).toEqual([]);
});
