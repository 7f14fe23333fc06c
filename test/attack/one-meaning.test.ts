import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bool,
  int,
  problemOf,
  propertyOf,
  record,
  vector,
  type Draft,
  type Problem,
  type ValueOf,
} from "#check";
import type { Action } from "../../src/model/action.ts";
import { agree } from "../fixtures/agree.ts";
import { said, toy } from "../fixtures/toy.ts";
import { act, ask, expectRefusal, hostile, modes } from "./ask.ts";

const State = record({
  a: record({ n: int(0, 3) }),
  b: record({ n: int(0, 3) }),
  c: vector("cpu", int(-1, 3)),
  on: bool,
});
type State = ValueOf<typeof State>;
const scope = { cpu: 2 };
const start: State = { a: { n: 0 }, b: { n: 0 }, c: [0, 0], on: false };
const { invariant, step } = propertyOf<State>();
type Effect = (d: Draft<State>) => void;

const with1 = (effect: Effect, guard: (s: State) => boolean = () => true, begin = start): Problem<State> =>
  toy(State, scope, [begin], { act: { guard, effect: effect } });
const agreed = async (problem: Problem<State>): Promise<string> => {
  const answer = await agree(problem);
  return "error" in answer ? answer.error : `${answer.found.states} states`;
};

describe("A9: both engines refuse with the same words", () => {
  const refused: Readonly<Record<string, readonly [words: string, effect: Effect]>> = {
    "a leaf that is out of its domain for a moment": [
      "domain: a.n = 9 is outside int(0, 3)",
      (d) => void ((d.a.n = 9), (d.a.n = 1)),
    ],
    "a boolean that is a number for a moment": [
      "domain: on = 1 is outside bool",
      (d) => void ((d.on = 1 as never), (d.on = true)),
    ],
    NaN: ["domain: c[1] = NaN is outside int(-1, 3)", (d) => void (d.c[1] = Number.NaN)],
    "a write before a vector": [
      "domain: the schema declares no field c[-1]: 2 is assigned to it",
      (d) => void (d.c[-1] = 2),
    ],
    "a write behind a vector": [
      "domain: the schema declares no field c[2]: 2 is assigned to it",
      (d) => void (d.c[2] = 2),
    ],
    "a write at a fraction": [
      "domain: the schema declares no field c[0.5]: 2 is assigned to it",
      (d) => void (d.c[0.5] = 2),
    ],
    "a vector that gets longer": [
      "domain: the schema declares no field c[2]: 2 is assigned to it",
      (d) => void (d.c as unknown as number[]).push(2),
    ],
    "a vector that gets shorter": [
      "domain: the schema declares no field c.length: 1 is assigned to it",
      (d) => void ((d.c as unknown as number[]).length = 1),
    ],
    "a field that is written and deleted again": [
      "domain: the schema declares no field a.m: 1 is assigned to it",
      (d) => {
        const a = d.a as Record<string, unknown>;
        a["m"] = 1;
        delete a["m"];
      },
    ],
    "a field that is deleted and written again": [
      "mutation: a.n is deleted",
      (d) => {
        delete (d.a as { n?: number }).n;
        d.a.n = 1;
      },
    ],
    "a field that is defined": [
      "mutation: a.n is defined anew",
      (d) => void Object.defineProperty(d.a, "n", { value: 1 }),
    ],
    __proto__: [
      "domain: the schema declares no field a.__proto__: an object is assigned to it",
      (d) => void ((d.a as unknown as { __proto__: unknown }).__proto__ = { n: 1 }),
    ],
    "a record that is assigned to itself": [
      "mutation: a is a record or a vector",
      (d) => void Object.assign(d, { a: d.a }),
    ],
  };

  test.each(Object.keys(refused))("%s", async (what) => {
    const [words, effect] = refused[what];
    const text = await agreed(with1(effect));
    expect(text.startsWith(words)).toBe(true);
    expect(text).toContain("in act, reached by no step");
  });

  test.each(Object.keys(refused))("%s, whatever the mode", async (what) => {
    const [words, effect] = refused[what];
    const build = () => hostile(State, scope, [start], [act<State>("act", () => true, effect as never)]);
    const word = words.replace(/^\w+: /, "");
    for (const flags of modes) {
      const { stdout, stderr } = await ask(build, `explore --scenario oracle/hostile ${flags}`);
      expect([stdout, stderr.includes(word), stderr.includes("in act")]).toEqual(["", true, true]);
    }
    expectRefusal(await ask(build, "simulate --scenario oracle/hostile --runs 1 --depth 2"), "act");
  });

  test("a state without a field, or that is no record", async () => {
    for (const state of [record({}), int(0, 3)]) {
      const answer = await agree(
        toy(state as typeof State, {}, [{} as State], { act: { effect: () => undefined } }),
      );
      expect(answer).toEqual({
        error: "model: the state of a model is a record, and has at least one field",
      });
    }
  });
});

test("A9: a schema that JavaScript cannot keep is refused where it is declared", () => {
  const Proto = record({ ["__proto__"]: bool });
  const begin = JSON.parse('{"__proto__":true}') as ValueOf<typeof Proto>;
  expect(() => toy(Proto, {}, [begin], {})).toThrow(/__proto__/);
  for (const [min, max] of [
    [2 ** 53 - 2, 2 ** 53 + 2],
    [-(2 ** 53), -(2 ** 53)],
    [0, 2 ** 60],
  ])
    expect(() => int(min, max)).toThrow(/beyond the safe integers|more than 2\^31/);
  expect(() => int(2 ** 53 - 3, 2 ** 53 - 1)).not.toThrow();
});

describe("A9: both engines mean the same", () => {
  test("by -0, which is 0 wherever it comes from", async () => {
    const negative = (s: State): boolean => Object.is(s.c[0], -0) || Object.is(s.a.n, -0);
    const properties = [invariant({ ...said, id: "p", holds: (s) => !negative(s) })];
    const problem = toy(
      State,
      scope,
      [{ ...start, a: { n: -0 }, c: [1, 0] }],
      {
        act: {
          guard: (s) => !negative(s) && !s.on,
          effect: (d: Draft<State>) => {
            d.c[0] = -0;
            d.on = 1 / d.c[0] > 0;
          },
        },
      },
      properties,
    );
    const answer = await agree(problem);
    expect(answer).toMatchObject({ found: { states: 2, findings: [{ antecedent: 2 }] } });
    expect(answer).not.toHaveProperty("found.findings.0.path");
  });

  test("by records that are equal, or the same before `init` and after it", async () => {
    const shared = { n: 1 };
    const same = (s: State): boolean => (s.a as object) === s.b;
    const problem = toy(
      State,
      scope,
      [{ ...start, a: shared, b: shared }],
      {
        act: {
          guard: (s) => same(s) || s.c[0] < 2,
          effect: (d: Draft<State>) => void (d.c[0] = (d.a as object) === d.b ? 3 : 2),
        },
        none: { effect: () => undefined },
      },
      [
        invariant({ ...said, id: "apart", holds: (s) => !same(s) }),
        step({ ...said, id: "changed", holds: (before, after) => before.a !== after.a && before !== after }),
      ],
    );
    const answer = await agree(problem);
    expect(answer).toMatchObject({ found: { states: 2 } });
    for (const place of [0, 1]) expect(answer).not.toHaveProperty(`found.findings.${place}.path`);
  });

  test("and a record is itself as long as one guard, recipe or property looks", async () => {
    const itself = (s: State): boolean => s.a === s.a && s.c === s.c && s.c.length === 2;
    const problem = with1(
      (d) => void (d.on = d.a === d.a),
      (s) => itself(s) && !s.on,
    );
    expect(await agreed(problem)).toBe("2 states");
  });

  test("by an index out of range that is read", async () => {
    const problem = with1(
      (d) => void (d.on = d.c[-1] === undefined),
      (s) => s.c[2] === undefined && !s.on,
    );
    expect(await agreed(problem)).toBe("2 states");
  });

  test("by the order in which a state lists its fields, whatever that of `init`", async () => {
    const { on, c, b, a } = start;
    const problem = with1(
      (d) => void (d.on = true),
      (s) => Object.keys(s).join() === "a,b,c,on" && !s.on,
      { on, c, b, a },
    );
    expect(await agreed(problem)).toBe("2 states");
  });

  test.each(["constructor", "toString", "hasOwnProperty", "valueOf", "length", "then", "toJSON", "0"])(
    "by a field called %s",
    async (name) => {
      const Odd = record({ [name]: int(0, 3), in: record({ [name]: int(0, 3) }) });
      type Odd = { readonly [key: string]: number } & { readonly in: Readonly<Record<string, number>> };
      const problem = toy<Odd>(
        Odd as never,
        {},
        [{ [name]: 0, in: { [name]: 0 } } as Odd],
        {
          act: {
            guard: (s) => s[name] < 3,
            effect: (d: Record<string, number> & { in: Record<string, number> }) => {
              d.in[name] = d[name];
              d[name] += 1;
            },
          },
        },
        [{ ...said, id: "p", kind: "invariant", holds: (s) => s.in[name] < 2 }],
      );
      expect(await agree(problem)).toMatchObject({
        found: { states: 4, findings: [{ antecedent: 4, path: { steps: [0, 0, 0] } }] },
      });
    },
  );
});

/** Something that an effect, or a guard, may do that two engines could take differently. */
type Deed = (d: Draft<State>) => void;
const values: readonly unknown[] = [
  -0,
  0,
  1,
  3,
  4,
  -1,
  Number.NaN,
  0.5,
  2 ** 53,
  "1",
  true,
  false,
  undefined,
  null,
  {},
  [],
];
const keys: readonly PropertyKey[] = [-1, 0, 1, 2, 0.5, "length", "constructor", "__proto__", "0", "n"];
const odd: fc.Arbitrary<Deed> = fc.oneof(
  fc.constantFrom(...values).map(
    (value): Deed =>
      (d) =>
        void (d.a.n = value as never),
  ),
  fc.constantFrom(...values).map(
    (value): Deed =>
      (d) =>
        void (d.on = value as never),
  ),
  fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...values)).map(
    ([key, value]): Deed =>
      (d) =>
        void ((d.c as unknown as Record<PropertyKey, unknown>)[key] = value),
  ),
  fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...values)).map(
    ([key, value]): Deed =>
      (d) =>
        void ((d.b as unknown as Record<PropertyKey, unknown>)[key] = value),
  ),
  fc.constantFrom<Deed>(
    (d) => void (d.c as unknown as number[]).pop(),
    (d) => void Reflect.deleteProperty(d.b, "n"),
  ),
);
const fine = fc.constantFrom<Deed>(
  (d) => void (d.b.n = d.a.n),
  (d) => void (d.on = (d.a as object) === d.b || d.a !== d.a),
  (d) => void (d.on = Object.is(d.c[0], -0)),
  (d) => void (d.a.n = Object.keys(d).length - 1),
  (d) => void (d.a.n = (d.a.n + 1) % 4),
  (d) => void (d.c[0] = d.c[1]),
  (d) => void (d.c[1] = -d.a.n),
  (d) => void (d.c[1] = -d.b.n % 2),
  (d) => void ([d.c[0], d.c[1]] = [d.c[1], d.c[0]]),
  (d) => void (d.c as unknown as number[]).reverse(),
  (d) => void (d.c as unknown as number[]).fill(-0),
  (d) => void (d.c as unknown as number[]).sort((a, b) => b - a),
  (d) => void Object.assign(d.b, d.a),
  (d) => void (d.on = JSON.stringify(d.a) === '{"n":0}'),
  (d) => void (d.on = "n" in d.a && Object.hasOwn(d.b, "n") && !("m" in d.a)),
);
const deed = fc.oneof({ arbitrary: odd, weight: 1 }, { arbitrary: fine, weight: 6 });
const look = fc.constantFrom<(s: State) => boolean>(
  () => true,
  (s) => Object.is(s.c[0], 0) || Object.is(s.c[1], 0),
  (s) => (s.a as object) !== s.b,
  (s) => s.c[-1] === undefined,
  (s) => JSON.stringify(s) !== JSON.stringify(start),
  (s) => [...s.c, ...Object.values(s.a)].every((n) => n < 3),
  (s) => new Set([s.a, s.b, s.c]).size === 3,
  (s) => 1 / (s.a.n - s.a.n) > 0,
);

test("A9: both engines agree on hostile models, or refuse them with the same words", async () => {
  let refused = 0;
  let explored = 0;
  const models = fc.record({
    actions: fc.array(fc.tuple(look, fc.array(deed, { minLength: 1, maxLength: 3 })), {
      minLength: 1,
      maxLength: 4,
    }),
    holds: look,
    shares: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(models, async ({ actions, holds, shares }) => {
      const one = { n: -0 };
      const begin = shares ? { ...start, a: one, b: one } : start;
      const made = actions.map(([guard, deeds], i): Action<State> =>
        act<State>(`act${i}`, guard, (d: Draft<State>) => deeds.forEach((each) => each(d))),
      );
      const answer = await agree(
        problemOf({ name: "hostile", state: State, init: () => [begin], actions: made }, scope, [
          invariant({ ...said, id: "p", holds }),
          step({ ...said, id: "q", holds: (before, after) => before.a !== after.a && holds(after) }),
        ]),
      );
      if ("error" in answer) refused++;
      else explored++;
      expect("error" in answer ? answer.error : "in act0").toMatch(/in act\d/);
    }),
    { numRuns: 300 },
  );
  expect(Math.min(refused, explored)).toBeGreaterThan(20);
});
