import { expect, test } from "vitest";
import { exploreFast, int, record, vector, type Draft, type ValueOf } from "#check";
import type { Progress, Pulse } from "../../src/problem/exploration.ts";
import { toy } from "../fixtures/toy.ts";

const Grid = record({ at: vector("axis", int(0, 63)) });
type Grid = ValueOf<typeof Grid>;
const grid = (axes: number) =>
  toy<Grid>(Grid, { axis: axes }, [{ at: Array<number>(axes).fill(0) }], {
    step: {
      args: { i: "axis" },
      guard: ({ at }, { i }) => at[Number(i)] < 63,
      effect: (d: Draft<Grid>, { i }) => {
        d.at[Number(i)]++;
      },
    },
  });
const cube = grid(3);

test("progress is told every few thousand transitions, and only ever grows", async () => {
  const seen: Progress[] = [];
  const { transitions } = await exploreFast(cube, {}, (progress) => void seen.push(progress));
  const steps = seen.map((progress, i) => progress.transitions - (seen[i - 1]?.transitions ?? 0));
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...steps)).toBeLessThan(10_000);
  expect(seen.at(-1)?.transitions).toBe(transitions);
});

/** A pulse that grants memory up to `budget`, as a process would that has just the states and what was granted. */
const within = (budget: number, bytesPerState: number) => {
  const memory = { granted: 0, asked: 0, used: 0 };
  const pulse: Pulse = ({ wantsBytes, states }) => {
    if (wantsBytes > 0) memory.asked++;
    memory.used = memory.granted + states * bytesPerState;
    if (memory.used + wantsBytes > budget) return "memory";
    memory.granted += wantsBytes;
    return undefined;
  };
  return { memory, pulse };
};

test("memory that is allowed is used: a table grows by less where it cannot double, and is filled where it cannot grow", async () => {
  // States of one and of two words, none of which are few enough for bits within these budgets.
  for (const [problem, words] of [
    [grid(5), 1],
    [grid(20), 2],
  ] as const)
    for (const kilobytes of [1000, 1300, 1600, 2000, 2600, 3300, 4100]) {
      const budget = kilobytes * 1000;
      const { memory, pulse } = within(budget, 4 * (words + 1));
      const found = await exploreFast(problem, {}, pulse);
      expect(found).toMatchObject({ stop: "memory", stats: { words } });
      expect(found.tableBytes).toBeLessThan(budget * 1.1 + 500_000);
      expect(memory.used).toBeGreaterThan(budget * 0.9);
      expect(memory.asked).toBeLessThan(50);
      expect(found.levels.reduce((sum, level) => sum + level, 0)).toBe(found.states);
      const last = found.state(found.states - 1);
      expect(found.path(found.states - 1).steps).toHaveLength(last.at.reduce((sum, at) => sum + at, 0));
    }
});

test("a table larger than allowed is not allocated", async () => {
  let most = 0;
  const found = await exploreFast(grid(8), {}, ({ wantsBytes, states }) => {
    if (wantsBytes > 2 ** 18) return "memory";
    most = Math.max(most, wantsBytes);
    return states > 100_000 ? "time" : undefined;
  });
  expect(most).toBeGreaterThan(2 ** 17);
  expect(found).toMatchObject({ stop: "memory", frontier: expect.any(Number) as number });
});

test("an interrupted search says so", async () => {
  const found = await exploreFast(cube, {}, ({ depth }) => (depth > 20 ? "interrupted" : undefined));
  expect(found).toMatchObject({ stop: "interrupted" });
  expect(found.levels.length).toBeGreaterThan(20);
});
