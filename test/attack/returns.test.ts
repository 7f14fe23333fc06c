import { describe, expect, test } from "vitest";
import {
  actionOf,
  exploreFast,
  int,
  propertyOf,
  record,
  type Fairness,
  type Property,
  type ValueOf,
} from "#check";
import { agree } from "../fixtures/agree.ts";
import { said, toy } from "../fixtures/toy.ts";
import { act, ask, expectRefusal, hostile, modes } from "./ask.ts";

const State = record({ x: int(0, 9) });
type State = ValueOf<typeof State>;
type Draft = { x: number };
const { invariant, sometimes, step, leadsTo, eventually, infinitelyOften, weak, recurrent } =
  propertyOf<State>();
const count = (d: Draft): void => void (d.x += 1);
const turn = (d: Draft): void => void (d.x = (d.x + 1) % 10);

/** What is no boolean, with the words for it. */
const answers: readonly (readonly [words: string, value: () => unknown])[] = [
  ["5", () => 5],
  ["0", () => 0],
  ["nothing", () => undefined],
  ["null", () => null],
  ['"yes"', () => "yes"],
  ["a promise", async () => true],
  ["a promise", async () => Promise.reject(new Error("late"))],
  [
    "a generator",
    function* () {
      yield true;
    },
  ],
  ["a function", () => () => true],
  ["an object", () => new Boolean(false)],
];

/** What an effect may not return. */
const effects: readonly (readonly [words: string, effect: (d: Draft) => unknown])[] = [
  ["an object", (d) => ({ ...d, x: d.x + 1 })],
  ["an object", (d) => (count(d), d)],
  ["1", (d) => (d.x += 1)],
  ["null", (d) => (count(d), null)],
  ["true", (d) => (count(d), true)],
  ["a promise", async (d) => count(d)],
  ["a promise", async () => Promise.reject(new Error("late"))],
  [
    "a generator",
    function* (d: Draft) {
      yield count(d);
    },
  ],
  ["a function", (d) => () => count(d)],
];

const withGuard = (guard: () => unknown) => [act<State>("count", guard as never, count)];
const withEffect = (effect: (d: Draft) => unknown) => [act<State>("count", (s) => s.x < 9, effect)];

describe.each(effects)("A6: an effect that returns %s", (words, effect) => {
  const text = `the effect of count returned ${words}: it must return nothing`;
  test.each(modes)("is refused by explore %s", async (flags) => {
    const build = () => hostile(State, {}, [{ x: 0 }], withEffect(effect));
    expectRefusal(await ask(build, `explore --scenario oracle/hostile ${flags}`), text);
  });

  test("is refused with the same words by both engines, and by a simulation", async () => {
    const { model } = toy(State, {}, [{ x: 0 }], {});
    const answer = await agree(
      toy(State, {}, model.init({}), { count: { guard: (s) => s.x < 9, effect: effect } }),
    );
    expect(answer).toEqual({ error: expect.stringMatching(new RegExp(`^recipe: ${text}`)) });
    const build = () => hostile(State, {}, [{ x: 0 }], withEffect(effect));
    expectRefusal(await ask(build, "simulate --scenario oracle/hostile --runs 2 --depth 3"), text);
  });
});

describe.each(answers)("A6: %s for an answer", (words, value) => {
  const text = (what: string): string => `${what} returned ${words}: it must return true or false`;

  test.each(modes)("is refused of a guard by explore %s", async (flags) => {
    const build = () => hostile(State, {}, [{ x: 0 }], withGuard(value));
    expectRefusal(await ask(build, `explore --scenario oracle/hostile ${flags}`), text("the guard of count"));
  });

  test("is refused of a constraint and of a guard on the successor, with the same words by both engines", async () => {
    const count1 = { guard: (s: State) => s.x < 9, effect: count };
    const problem = toy(State, {}, [{ x: 0 }], { count: count1 });
    const constraints = [{ id: "small", statement: "x is small", holds: untrue }];
    expect(await agree({ ...problem, constraints })).toHaveProperty(
      "error",
      expect.stringContaining(text("the constraint small")),
    );
    const [guarded] = problem.steps.map((each) => ({
      ...each,
      action: { ...each.action, guardAfter: untrue },
    }));
    expect(await agree({ ...problem, steps: [guarded] })).toHaveProperty(
      "error",
      expect.stringContaining(text("guardAfter of count")),
    );
  });

  const untrue = value as () => boolean;
  const live = { ...said, id: "p" };
  const fair = (fairness: Fairness<State>): Property<State> =>
    leadsTo({ ...live, from: (s) => s.x === 1, to: (s) => s.x === 8, fairness: [fairness] });
  const properties: Readonly<Record<string, readonly [what: string, property: Property<State>]>> = {
    invariant: ["holds of the property p", invariant({ ...live, holds: untrue })],
    antecedent: [
      "antecedent of the property p",
      invariant({ ...live, antecedent: untrue, holds: () => true }),
    ],
    sometimes: ["holds of the property p", sometimes({ ...live, holds: untrue })],
    step: ["holds of the property p", step({ ...live, holds: untrue })],
    "antecedent of a step": [
      "antecedent of the property p",
      step({ ...live, antecedent: untrue, holds: () => true }),
    ],
    from: ["from of the property p", leadsTo({ ...live, from: untrue, to: () => true })],
    to: ["to of the property p", leadsTo({ ...live, from: (s) => s.x === 1, to: untrue })],
    eventually: ["holds of the property p", eventually({ ...live, holds: untrue })],
    infinitelyOften: [
      "step of the property p",
      infinitelyOften({ ...live, step: untrue, fairness: [weak()] }),
    ],
    "a fairness condition of steps": [
      "the fairness condition WF(any step that is odd)",
      fair(weak({ only: { says: "is odd", when: untrue } })),
    ],
    "a fairness condition of states": [
      "the fairness condition []<>(it is odd)",
      fair(recurrent("it is odd", untrue)),
    ],
  };
  test.each(Object.keys(properties))("is refused of %s with the same words by both engines", async (kind) => {
    const [what, property] = properties[kind];
    const answer = await agree(toy(State, {}, [{ x: 0 }], { turn: { effect: turn } }, [property]));
    expect(answer).toHaveProperty("error", expect.stringContaining(text(what)));
  });
});

test("A6: and the types refuse it before anything runs", () => {
  const action = actionOf<State>();
  const spec = { actor: "-" } as const;
  const guard = (): boolean => true;
  const generator = function* (d: Draft) {
    yield count(d);
  };
  const declared = [
    action("fine", { ...spec, guard, effect: count }),
    action("fine", { ...spec, guard, effect: (d) => void (d.x += 1) }),
    action("fine", {
      ...spec,
      guard,
      effect: (d) => {
        d.x += 1;
      },
    }),
    // @ts-expect-error an effect that returns a state
    action("state", { ...spec, guard, effect: (d) => ({ ...d, x: 1 }) }),
    // @ts-expect-error an effect that returns a number
    action("number", { ...spec, guard, effect: (d) => (d.x += 1) }),
    // @ts-expect-error an asynchronous effect
    action("async", { ...spec, guard, effect: async (d) => count(d) }),
    // @ts-expect-error a generator
    action("generator", { ...spec, guard, effect: generator }),
    // @ts-expect-error an asynchronous guard
    action("guard", { ...spec, guard: async () => true, effect: count }),
    // @ts-expect-error a guard that answers a number
    action("guard", { ...spec, guard: (s) => s.x, effect: count }),
  ];
  const said = { id: "p", statement: "-" };
  const asked = [
    // @ts-expect-error an asynchronous property
    invariant({ ...said, holds: async () => true }),
    // @ts-expect-error a condition that answers a number
    recurrent("it is odd", (s) => s.x % 2),
  ];
  expect([declared.length, asked.length]).toEqual([9, 2]);
});

test("A6: what an effect returns is refused where it is learned, and never asked again", async () => {
  let calls = 0;
  const effect = (d: Draft): void => {
    calls++;
    d.x = 1;
  };
  const problem = toy(State, {}, [{ x: 0 }], { one: { guard: (s) => s.x < 2, effect: effect } });
  expect((await exploreFast(problem)).states).toBe(2);
  expect(calls).toBeLessThan(4);
});
