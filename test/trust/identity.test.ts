import { describe, expect, test } from "vitest";
import { add, bool, int, none, oneOf, record, set, vector, type Domain, type Draft } from "#check";
import { agree } from "../fixtures/agree.ts";
import { toy } from "../fixtures/toy.ts";

/** How many states both engines tell apart when all of these are reached in one step from the first. */
const told = async <S>(
  schema: Domain<S>,
  states: readonly S[],
  scope: Readonly<Record<string, number>> = {},
): Promise<number> => {
  const answer = await agree(toy(schema, scope, states, { rest: { effect: () => undefined } }));
  if ("error" in answer) throw new Error(answer.error);
  expect(answer.found.transitions).toBe(answer.found.states);
  return answer.found.states;
};

describe("S16: two states are one exactly where the schema says so", () => {
  test("states that differ in their last field only are two", async () => {
    const Wide = record({
      front: vector("lane", record({ a: int(0, 99), b: bool })),
      last: record({ x: int(0, 7), y: oneOf("no", "yes") }),
    });
    const front = Array.from({ length: 8 }, () => ({ a: 99, b: true }));
    const states = [0, 7].flatMap((x) => (["no", "yes"] as const).map((y) => ({ front, last: { x, y } })));
    expect(await told(Wide, states, { lane: 8 })).toBe(4);
  });

  test("0 and -0 are one, written by a start or by a recipe", async () => {
    const Sign = record({ n: int(-1, 1), m: int(0, 3) });
    expect(
      await told(Sign, [
        { n: 0, m: 0 },
        { n: -0, m: -0 },
      ]),
    ).toBe(1);
    const answer = await agree(
      toy(Sign, {}, [{ n: 0, m: 0 }], {
        negate: {
          effect: (d: Draft<{ n: number; m: number }>) => {
            d.n = -d.n;
            d.m = -0;
          },
        },
      }),
    );
    expect(answer).toMatchObject({ found: { states: 1, transitions: 1 } });
  });

  test("the order in which fields are named makes no difference", async () => {
    const Pair = record({ a: int(0, 3), b: int(0, 3) });
    expect(
      await told(Pair, [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
        { a: 2, b: 1 },
      ]),
    ).toBe(2);
  });

  test("nor the order in which members are put into a set", async () => {
    const Of = record({ s: set("m") });
    expect(await told(Of, [{ s: add(add(none, 1), 2) }, { s: add(add(none, 2), 1) }], { m: 3 })).toBe(1);
    expect(await told(Of, [{ s: none }, { s: add(none, 29) }, { s: 2 ** 30 - 1 }], { m: 30 })).toBe(3);
  });

  test.each([
    ["2^31 values from 0", 0, 2 ** 31 - 1],
    ["values around 2^31", 2 ** 31 - 2, 2 ** 31 + 1],
    ["values around 2^32", 2 ** 32 - 2, 2 ** 32 + 1],
    ["values up to 2^53 - 1", Number.MAX_SAFE_INTEGER - 3, Number.MAX_SAFE_INTEGER],
    ["2^31 values around 0", -(2 ** 30), 2 ** 30 - 1],
  ])("%s are told apart to the last", async (_, min, max) => {
    const Large = record({ n: int(min, max), m: int(min, max) });
    const ends = [min, min + 1, max - 1, max];
    const states = ends.flatMap((n) => ends.map((m) => ({ n, m })));
    expect(await told(Large, states)).toBe(16);
  });

  test("words that hold what an encoding might use between fields", async () => {
    const words = ["a", "a,", ",a", "a,a", "a\0", '"', "0,1", "1", "", " ", "a:b", "a;b", "[0]"] as const;
    const Said = record({ one: record({ u: oneOf(...words), v: oneOf(...words) }), w: oneOf(...words) });
    const states = words.flatMap((u) => words.map((v) => ({ one: { u, v }, w: v })));
    expect(await told(Said, states)).toBe(words.length ** 2);
  });

  test("what is missing is no state, not an empty one", async () => {
    const Two = record({ a: int(0, 3), b: record({ c: bool }) });
    const missing = [{ a: 0 }] as unknown as readonly { readonly a: number; readonly b: { c: boolean } }[];
    await expect(told(Two, missing)).rejects.toThrow("b");
  });
});
