import { expect, test } from "vitest";
import { exploreFast, int, record, vector, type Draft, type ValueOf } from "#check";
import type { Progress } from "../../src/explore/exploration.ts";
import { toy } from "./toy.ts";

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

test("a table larger than allowed is not allocated, and what was found stands", async () => {
  const allowed = 2 ** 18;
  const found = await exploreFast(grid(8), {}, async ({ wantsBytes }) =>
    wantsBytes > allowed ? "memory" : undefined,
  );
  expect(found.stop).toBe("memory");
  expect(found.states).toBeGreaterThan(10_000);
  expect(found.levels.reduce((sum, level) => sum + level, 0)).toBe(found.states);
  const last = found.state(found.states - 1);
  expect(found.path(found.states - 1).steps).toHaveLength(last.at.reduce((sum, at) => sum + at, 0));
});

test("an interrupted search says so", async () => {
  const found = await exploreFast(cube, {}, ({ depth }) => (depth > 20 ? "interrupted" : undefined));
  expect(found).toMatchObject({ stop: "interrupted" });
  expect(found.levels.length).toBeGreaterThan(20);
});
