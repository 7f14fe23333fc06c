import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exploreFast, int, record, vector, type Draft, type ValueOf } from "#check";
import { bitsFor, layoutOf, pack, unpack } from "../../../src/fast/values/layout.ts";
import { agree } from "../../fixtures/agree.ts";
import { toy } from "../../fixtures/toy.ts";

describe("layout", () => {
  /** How many ids each component has. */
  const sizes = fc.array(fc.oneof(fc.constantFrom(1, 2, 4, 1024), fc.integer({ min: 1, max: 2 ** 30 })), {
    minLength: 1,
    maxLength: 12,
  });
  const filled = sizes.chain((sizes) =>
    fc.tuple(fc.constant(sizes), fc.tuple(...sizes.map((size) => fc.integer({ min: 0, max: size - 1 })))),
  );

  test("unpack undoes pack, wherever the state starts", () => {
    fc.assert(
      fc.property(filled, fc.nat({ max: 5 }), ([sizes, values], at) => {
        const layout = layoutOf(sizes);
        const words = new Int32Array(at + layout.words + 1).fill(-1);
        const ids = new Int32Array(sizes.length);
        pack(layout, Int32Array.from(values), words, at);
        unpack(layout, words, at, ids);
        expect([...ids]).toEqual(values);
        expect(words[at + layout.words]).toBe(-1);
      }),
    );
  });

  test("there is room for every id, and word 0 is never 0", () => {
    fc.assert(
      fc.property(filled, ([sizes, values]) => {
        const layout = layoutOf(sizes);
        sizes.forEach((size, i) => expect(layout.capacity[i]).toBeGreaterThanOrEqual(size));
        const words = new Int32Array(layout.words);
        pack(layout, Int32Array.from(values), words, 0);
        expect(words[0]).not.toBe(0);
        expect(words[0] >>> 0).toBeLessThan(2 ** layout.bits);
      }),
    );
  });

  test("a width holds the ids given out so far, and no bit more", () => {
    expect([1, 2, 3, 4, 5, 256, 257].map(bitsFor)).toEqual([0, 1, 2, 2, 3, 8, 9]);
  });
});

/** Wheels that turn on their own, each a component. */
const teeth = 97;
const wheels = 14;
const Wheels = record({ wheel: vector("wheel", int(0, teeth - 1)) });
type Wheels = ValueOf<typeof Wheels>;

test("states are rewritten as components outgrow their widths, over three words and more", async () => {
  const problem = toy<Wheels>(Wheels, { wheel: wheels }, [{ wheel: Array<number>(wheels).fill(0) }], {
    turn: {
      args: { i: "wheel" },
      guard: ({ wheel }, { i }) => wheel.every((at, k) => k > Number(i) || at >= Math.min(wheel[0], 8)),
      effect: (d: Draft<Wheels>, { i }) => {
        d.wheel[Number(i)] = (d.wheel[Number(i)] * 5 + 1) % teeth;
      },
    },
    spin: {
      effect: (d: Draft<Wheels>) => {
        for (let i = 0; i < wheels; i++) d.wheel[i] = (d.wheel[i] + i) % teeth;
      },
    },
  });
  const bounds = { states: 4_000 };
  expect(await agree(problem, bounds)).toHaveProperty("found.states", bounds.states);
  const { stats } = await exploreFast(problem, bounds);
  expect(stats.words).toBeGreaterThanOrEqual(3);
  expect(stats.repacks).toBeGreaterThan(2);
});

const Grid = record({ at: vector("axis", int(0, 255)) });
type Grid = ValueOf<typeof Grid>;
const grid = (axes: number, side: number) =>
  toy<Grid>(Grid, { axis: axes }, [{ at: Array<number>(axes).fill(0) }], {
    step: {
      args: { i: "axis" },
      guard: ({ at }, { i }) => at[i as number] < side - 1,
      effect: (d: Draft<Grid>, { i }) => {
        d.at[i as number]++;
      },
    },
  });

test("more states than one chunk holds are counted, and found again", async () => {
  const side = 64;
  const found = await exploreFast(grid(3, side));
  expect(found).toMatchObject({
    stop: "exhausted",
    states: side ** 3,
    transitions: 3 * side ** 2 * (side - 1),
    deadlocks: 1,
  });
  expect(found.levels).toHaveLength(3 * (side - 1) + 1);
  const last = found.states - 1;
  expect(found.state(last)).toEqual({ at: [side - 1, side - 1, side - 1] });
  expect(found.path(last).steps).toHaveLength(3 * (side - 1));
  expect(found.stats.evaluations).toBeLessThan(1_000);
});

test("any number of start states is taken, each once", async () => {
  const starts = Array.from({ length: 10_000 }, (_, i) => ({ at: [i % 100, Math.floor(i / 200) % 50] }));
  const problem = toy<Grid>(Grid, { axis: 2 }, starts, {});
  const answer = await agree(problem);
  expect(answer).toMatchObject({
    found: { states: 5_000, transitions: 0, deadlocks: 5_000, levels: [5_000] },
  });
});

test("a leaf with more values than a branch has ways is told apart in full", async () => {
  const Far = record({ near: int(0, 1), far: int(0, 100_000) });
  type Far = ValueOf<typeof Far>;
  const problem = toy<Far>(Far, {}, [{ near: 0, far: 0 }], {
    jump: {
      effect: (d: Draft<Far>) => {
        d.far = (d.far * 31 + 257) % 65_539;
      },
    },
    look: {
      guard: ({ near, far }) => near === 0 && far % 512 === 257,
      effect: (d: Draft<Far>) => {
        d.near = 1;
      },
    },
    back: {
      guard: ({ near, far }) => near === 1 && far > 65_000,
      effect: (d: Draft<Far>) => {
        d.near = 0;
        d.far = 7;
      },
    },
  });
  await agree(problem, { states: 2_500 });
});
