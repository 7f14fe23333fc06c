import { describe, expect, test } from "vitest";
import {
  bool,
  exploreFast,
  exploreReference,
  index,
  int,
  problemOf,
  propertyOf,
  record,
  vector,
  type Domain,
  type Model,
  type Problem,
} from "#check";
import { confirm } from "../../src/check/confirm.ts";
import { withinSwitches } from "../../src/methods/switches/switches.ts";
import type { Action, Ranges } from "../../src/model/action.ts";
import type { Each } from "../../src/model/fairness.ts";
import { simulate } from "../../src/simulate/simulate.ts";
import { agree } from "../fixtures/agree.ts";
import { engines } from "../fixtures/engines.ts";
import { said } from "../fixtures/toy.ts";
import { act } from "./ask.ts";

const Count = record({ x: int(0, 9) });
const up = act<{ readonly x: number }>(
  "up",
  ({ x }) => x < 9,
  (d: { x: number }) => void d.x++,
);
const counting = (init: () => unknown, actions: readonly Action<{ readonly x: number }>[] = [up]) =>
  problemOf({ name: "counting", state: Count, init: init as () => { x: number }[], actions }, {});

describe("N2: fairness conditions are told apart by values, not by what these look like", () => {
  const Two = record({ x: bool, y: bool });
  /** Two steps that each turn a leaf; in every behaviour fair to each of them both are taken again and again. */
  const turning = (
    ranges: Ranges,
    first: (args: Readonly<Record<string, unknown>>) => boolean,
    each: Each | Each[],
  ) => {
    const { infinitelyOften, weak } = propertyOf<{ readonly x: boolean; readonly y: boolean }>();
    const turn = act<{ readonly x: boolean; readonly y: boolean }>(
      "turn",
      () => true,
      (d: { x: boolean; y: boolean }, args: Readonly<Record<string, unknown>>) => {
        if (first(args)) d.x = !d.x;
        else d.y = !d.y;
      },
      ranges,
    );
    const turned = infinitelyOften({
      ...said,
      id: "turned",
      step: (before, after) => before.y !== after.y,
      fairness: [weak({ action: "turn", each })],
    });
    const model: Model<{ readonly x: boolean; readonly y: boolean }> = {
      name: "turning",
      state: Two,
      init: () => [{ x: false, y: false }],
      actions: [turn],
    };
    return problemOf(model, {}, [turned]);
  };
  const alike: readonly (readonly [
    string,
    Each | Each[],
    Ranges,
    (args: Readonly<Record<string, unknown>>) => boolean,
  ])[] = [
    ["a number and the text of it", "args.v", { v: [1, "1"] }, ({ v }) => v === 1],
    ["steps whose names are alike", "step", { v: [1, "1"] }, ({ v }) => v === 1],
    [
      "values that look like another argument",
      ["args.v", "args.w"],
      { v: ["a", "a, w=b"], w: ["b, w=c", "c"] },
      ({ v, w }) => v === "a" && w === "b, w=c",
    ],
  ];
  test.each(alike)("%s", async (_, each, ranges, first) => {
    const problem = turning(ranges, first, each);
    for (const [, explore] of engines) expect((await explore(problem)).findings[0].path).toBeUndefined();
    const unfair = turning(ranges, first, []);
    const { path } = (await exploreFast(unfair)).findings[0];
    expect(() => confirm(problem, problem.properties[0], path!)).toThrow(
      "internal" in problem ? "" : /wrong/u,
    );
  });
});

describe("N3: a question that was posed is not changed by what is written afterwards", () => {
  const At = record({ at: index("f") });
  const posed = (scope: Record<string, number>): Problem<{ readonly at: number }> =>
    problemOf(
      {
        name: "moving",
        state: At,
        init: () => [{ at: 0 }],
        actions: [
          act(
            "go",
            () => true,
            (d: { at: number }, { i }: { i: number }) => void (d.at = i),
            { i: "f" },
          ),
        ],
      },
      scope,
    );
  test("a scope that is written and posed again", async () => {
    const scope = { f: 2 };
    const two = posed(scope);
    expect(await agree(two)).toMatchObject({ found: { states: 2 } });
    scope.f = 3;
    expect(await agree(posed(scope))).toMatchObject({ found: { states: 3 } });
    scope.f = 1;
    expect(await agree(two)).toMatchObject({ found: { states: 2 } });
  });
  test("a list of start states that gets longer", async () => {
    const starts = [{ x: 8 }];
    const problem = counting(() => starts);
    starts.push({ x: 77 });
    expect(await agree(problem)).toMatchObject({ found: { states: 2 } });
  });
});

describe("N10: a start state is a plain value, read once where the question is posed", () => {
  test("a field that gives something else each time it is read has one value", async () => {
    let next = 0;
    const start = Object.defineProperty({}, "x", { get: () => next++, enumerable: true });
    const problem = counting(() => [start]);
    expect(await agree(problem)).toMatchObject({ found: { states: 10 - problem.start[0].x } });
    expect(next).toBe(1);
  });

  test("a field that is inherited is missing", async () => {
    const start = Object.assign(Object.create({ x: 0 }) as object, { y: 0 });
    expect(await agree(counting(() => [start]))).toEqual({
      error: expect.stringContaining("the schema declares no field y"),
    });
    expect(await agree(counting(() => [Object.create({ x: 0 }) as object]))).toEqual({
      error: expect.stringContaining("x = undefined is outside int(0, 9)"),
    });
  });
});

describe("N4: a start that is no list is refused where it is posed", () => {
  const starts: readonly (readonly [words: string, init: () => unknown])[] = [
    ["returned nothing", () => undefined],
    ["returned an object", () => ({ x: 0 })],
    ["returned an object", () => new Set([{ x: 0 }])],
    ["returned a promise", async () => [{ x: 0 }]],
    [
      "returned a generator",
      function* () {
        yield { x: 0 };
      },
    ],
  ];
  test.each(starts)("%s", (words, init) => {
    expect(() => counting(init)).toThrow(
      `the start of the model "counting" ${words}: it must return a list of states`,
    );
  });
  test("and a hole in the list is a state that is missing", async () => {
    // oxlint-disable-next-line no-sparse-arrays -- that is the point
    expect(await agree(counting(() => [{ x: 0 }, , { x: 1 }]))).toEqual({
      error: "domain: the state = undefined is outside record",
    });
  });
});

describe("N6: a bound that bounds nothing is refused", () => {
  const problem = counting(() => [{ x: 0 }]);
  const counts: readonly unknown[] = [-1, 1.5, Number.NaN, "3", null];
  test.each(counts)("%s", async (count) => {
    const words = `is ${String(count)}: it must be a whole number from 0 on`;
    for (const [, explore] of engines)
      for (const bound of ["depth", "states"])
        await expect(explore(problem, { [bound]: count })).rejects.toThrow(`the bound on ${bound} ${words}`);
    await expect(withinSwitches(exploreReference, count as number)(problem)).rejects.toThrow(words);
    for (const plan of [{ runs: count }, { depth: count }] as { runs?: number; depth?: number }[])
      await expect(
        simulate(
          problem,
          { runs: 1, depth: 1, seed: 1, schedule: { kind: "uniform" }, ...plan },
          async () => undefined,
        ),
      ).rejects.toThrow(words);
  });
  test("none at all is no mistake", async () => {
    expect(await agree(problem, { depth: Infinity, states: Infinity })).toMatchObject({
      found: { states: 10 },
    });
  });
});

describe("N7: what is no actor and no range is refused", () => {
  test.each([[1], [undefined], [Symbol("a")], [{}]])("an actor that is %s", (actor) => {
    expect(() => counting(() => [{ x: 0 }], [{ ...up, actor: () => actor as string }])).toThrow(
      /^the actor of up returned .*: it must return a text$/u,
    );
  });
  test.each([[3], [undefined], [{}], [new Set([1])]])("a range that is %s", (range) => {
    expect(() => counting(() => [{ x: 0 }], [{ ...up, args: { v: range } as never }])).toThrow(
      "its range is none: write the name of a family",
    );
  });
  // oxlint-disable-next-line no-sparse-arrays -- that is the point
  test.each([[[true]], [[1, , 2]], [[{ a: 1 }]], [[null]]])("a list of values with %j", (range) => {
    expect(() => counting(() => [{ x: 0 }], [{ ...up, args: { v: range } as never }])).toThrow(
      /its list has (boolean|undefined|object) among its values: they are texts and numbers/u,
    );
  });
});

describe("N8: a schema that no walk comes to the end of is refused where it is posed", () => {
  const posed = (state: Domain<unknown>, scope = {}): unknown =>
    problemOf({ name: "large", state, init: () => [], actions: [] }, scope);
  test("nested thousands deep", () => {
    let deep: Domain<unknown> = bool;
    for (let i = 0; i < 10_000; i++) deep = record({ a: deep });
    expect(() => posed(deep)).toThrow("more than 500 deep");
  });
  test("twice itself, forty times over", () => {
    let wide: Domain<unknown> = bool;
    for (let i = 0; i < 40; i++) wide = record({ a: wide, b: wide });
    expect(() => posed(wide)).toThrow(`the state has ${2 ** 40} leaves in this scope: at most ${2 ** 20}`);
  });
  test("vectors in vectors", () => {
    const cube = vector("f", vector("f", vector("f", vector("f", bool))));
    expect(() => posed(record({ cube }), { f: 64 })).toThrow("16777216 leaves");
  });
});
