import { describe, expect, test } from "vitest";
import {
  exploreFast,
  exploreReference,
  int,
  problemOf,
  propertyOf,
  record,
  vector,
  type ValueOf,
} from "#check";
import { askAgain } from "../../src/doubt/determinism.ts";
import { Views } from "../../src/derive/view.ts";
import { reduced } from "../../src/methods/por/reduced.ts";
import { agree } from "../fixtures/agree.ts";
import { said, toy } from "../fixtures/toy.ts";
import { act, ask, expectRefusal, hostile, modes } from "./ask.ts";

const State = record({ x: int(0, 9), inner: record({ y: int(0, 9) }), list: vector("vcpu", int(0, 9)) });
type State = ValueOf<typeof State>;
const scope = { vcpu: 2 };
const start: State = { x: 0, inner: { y: 0 }, list: [0, 0] };
const { invariant, sometimes, step, eventually, recurrent } = propertyOf<State>();

/** Remembers what `make` gave by the identity of what it was given, as `memoize-one` and its kind do. */
const remembered = <T extends object, R>(make: (of: T) => R): ((of: T) => R) => {
  const known = new WeakMap<T, { readonly made: R }>();
  return (of) => {
    const made = known.get(of) ?? { made: make(of) };
    known.set(of, made);
    return made.made;
  };
};

/** The whole state, one of its records, one of its vectors: each is an object that something may be remembered of. */
const parts: Readonly<Record<string, () => (state: State) => number>> = {
  "the state": () => remembered((s) => s.x),
  "a record of the state": () => {
    const read = remembered((inner: State["inner"]) => inner.y);
    return (s) => read(s.inner);
  },
  "a vector of the state": () => {
    const read = remembered((list: State["list"]) => list[1]);
    return (s) => read(s.list);
  },
};
const count = (read: (state: State) => number) =>
  act<State>(
    "count",
    (s) => read(s) < 9,
    (d: { x: number; inner: { y: number }; list: number[] }) => {
      d.x += 1;
      d.inner.y += 1;
      d.list[1] += 1;
    },
  );

describe.each(Object.entries(parts))("A1: what is remembered by identity of %s", (_, reader) => {
  test.each(modes)("in a property does not answer for another state: explore %s", async (flags) => {
    const build = () => {
      const read = reader();
      const twice = remembered((s: State) => read(s) * 2);
      const property = invariant({ ...said, id: "p", holds: (s) => twice(s) < 10 });
      return hostile(State, scope, [start], [count((s) => s.x)], [property]);
    };
    const { stdout } = await ask(build, `explore --scenario oracle/hostile ${flags}`);
    expect(stdout).toMatch(/violated/);
    expect(stdout).toMatch(/5 steps/);
  });

  test.each(modes)("in a guard does not answer for another state: explore %s", async (flags) => {
    const build = () =>
      hostile(
        State,
        scope,
        [start],
        [count(reader())],
        [sometimes({ ...said, id: "nine", holds: (s) => s.x === 9 })],
      );
    const { code, stdout } = await ask(build, `explore --scenario oracle/hostile ${flags}`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/10 states/);
    expect(stdout).toMatch(/witnessed|holds/);
  });

  test("means the same in both engines, step properties and liveness among them", async () => {
    const read = reader();
    const properties = [
      step({ ...said, id: "rises", holds: (before, after) => read(after) === read(before) + 1 }),
      step({
        ...said,
        id: "again",
        antecedent: (before) => read(before) > 3,
        holds: (_, after) => read(after) > 4,
      }),
      eventually({
        ...said,
        id: "seven",
        holds: (s) => read(s) === 7,
        fairness: [recurrent("it ends", (s) => read(s) === 9)],
      }),
    ];
    const answer = await agree(
      toy(
        State,
        scope,
        [start],
        { count: { guard: (s) => read(s) < 9, effect: count(read).effect } },
        properties,
      ),
    );
    expect(answer).toHaveProperty("found.states", 10);
    expect(answer).toHaveProperty("found.findings.0.antecedent", 9);
    expect(answer).toHaveProperty("found.findings.1.antecedent", 5);
  });
});

test("A1: what one property remembers of a state is read for each that uses it", async () => {
  const sum = remembered((s: State) => s.x + s.inner.y);
  const properties = [
    step({ ...said, id: "one", holds: (before) => sum(before) < 100 }),
    step({ ...said, id: "two", holds: (before) => sum(before) < 5 }),
  ];
  const problem = toy(
    State,
    scope,
    [start],
    {
      x: { guard: (s) => s.x < 9, effect: (d: { x: number }) => void (d.x += 1) },
      y: {
        guard: (s) => s.inner.y < 9,
        effect: (d: { inner: { y: number } }) => void (d.inner.y += 1),
      },
    },
    properties,
  );
  expect(await agree(problem)).toHaveProperty("found.findings.1.path.steps.length", 6);
});

test("A1: partial-order reduction learns of no step from what it remembers of another state", () => {
  const both = (read: (s: State) => number, y: (s: State) => number) =>
    toy(State, scope, [start], {
      x: { guard: (s) => read(s) < 3, effect: (d: { x: number }) => void (d.x += 1) },
      y: {
        guard: (s) => y(s) < 3,
        effect: (d: { inner: { y: number } }) => void (d.inner.y += 1),
      },
    });
  const plain = reduced(
    both(
      (s) => s.x,
      (s) => s.inner.y,
    ),
  );
  const remembering = reduced(
    both(
      remembered((s) => s.x),
      remembered((s) => s.inner.y),
    ),
  );
  expect(JSON.stringify(remembering.dependence)).toBe(JSON.stringify(plain.dependence));
});

test("A1: a state that is kept beyond its evaluation can be read no more in the fast engine", async () => {
  let kept: State | undefined;
  const guard = (s: State): boolean => (kept ??= s).x < 9 && s.x < 9;
  const problem = toy(State, scope, [start], {
    count: { guard, effect: (d: { x: number }) => void (d.x += 1) },
  });
  await expect(exploreFast(problem)).rejects.toThrow(/reads a state that it was shown before/);
});

test("A1: a view is a new object in each round, and in all else as plain as a state", () => {
  const values = [3, 4, 5, 6];
  const views = new Views(State, scope, {
    get: (leaf) => values[leaf],
    set: (leaf, value) => void (values[leaf] = value as number),
  });
  const plain = { x: 3, inner: { y: 4 }, list: [5, 6] };
  const { view } = views;
  expect(view).toEqual(plain);
  expect(views.view).toBe(view);
  expect(view.inner).toBe(view.inner);
  expect(Object.keys(view)).toEqual(Object.keys(plain));
  expect(Object.values(view.inner)).toEqual([4]);
  expect(Object.entries(view.list)).toEqual(Object.entries(plain.list));
  expect(JSON.stringify(view)).toBe(JSON.stringify(plain));
  expect({ ...view.inner }).toEqual(plain.inner);
  expect([...view.list, ...view.list.map((n) => n + 1)]).toEqual([5, 6, 6, 7]);
  expect(Array.isArray(view.list)).toBe(true);
  expect([view.list.length, view.list.at(-1), view.list.indexOf(6), view.list[-1]]).toEqual([
    2,
    6,
    1,
    undefined,
  ]);
  expect("x" in view && !("z" in view) && Object.hasOwn(view, "x")).toBe(true);
  const { inner, list } = view;
  views.renew();
  const { view: next } = views;
  expect([next === view, next.inner === inner, next.list === list]).toEqual([false, false, false]);
  for (const old of [() => view.x, () => inner.y, () => list[0], () => view.inner])
    expect(old).toThrow(/was shown before/);
});

describe("A1: what is asked again is compared with what the search found", () => {
  const counter = record({ n: int(0, 99) });
  type Counter = ValueOf<typeof counter>;
  const asked = propertyOf<Counter>();
  const properties = [
    asked.invariant({ ...said, id: "p", holds: ({ n }) => n < 50 }),
    asked.invariant({ ...said, id: "q", antecedent: ({ n }) => n % 2 === 0, holds: () => true }),
    asked.step({ ...said, id: "r", antecedent: ({ n }) => n > 60, holds: (before) => before.n < 70 }),
  ];
  const problem = toy(
    counter,
    {},
    [{ n: 0 }],
    {
      count: { guard: ({ n }) => n < 99, effect: (d: Counter & { n: number }) => void (d.n += 1) },
    },
    properties,
  );
  const engines = { exploreFast, exploreReference };

  test.each(Object.keys(engines) as (keyof typeof engines)[])("%s: findings", async (engine) => {
    const found = await engines[engine](problem);
    const lie = (place: number, finding: object) => () =>
      askAgain(problem, {
        ...found,
        told: () => undefined,
        findings: found.findings.map((one, i) => (i === place ? finding : one)) as never,
      });
    expect(lie(0, found.findings[0])).not.toThrow();
    for (const lied of [lie(0, { antecedent: 100 }), lie(1, { antecedent: 0 }), lie(2, { antecedent: 38 })])
      expect(lied).toThrow(/asked again in the state .* property [pqr] .* the search/);
    const fired = () => askAgain(problem, { ...found, told: () => undefined, fired: [0] });
    expect(fired).toThrow(/count is enabled, and was never taken in the search/);
  });

  test.each(Object.keys(engines) as (keyof typeof engines)[])(
    "%s: successors, antecedents and violations of a state",
    async (engine) => {
      const found = await engines[engine](problem);
      const told = found.told!(0)!;
      expect(told).toEqual({ said: [1, 1, 0], moves: [{ step: 0, after: { n: 1 }, bits: [0, 0, 0] }] });
      const lie = (other: object) => () =>
        askAgain(problem, {
          ...found,
          told: (id: number) => (id === 0 ? { ...told, ...other } : found.told!(id)),
        });
      expect(lie({})).not.toThrow();
      for (const lied of [
        lie({ moves: [] }),
        lie({ moves: [{ ...told.moves[0], after: { n: 2 } }] }),
        lie({ moves: [{ ...told.moves[0], bits: [0, 0, 3] }] }),
        lie({ said: [3, 1, 0] }),
        lie({ said: [1, 0, 0] }),
      ])
        expect(lied).toThrow(/does not answer as it did in the search/);
    },
  );

  test("and of a few states, all is counted again", async () => {
    const small = problemOf({ ...problem.model, init: () => [{ n: 90 }] }, {}, properties);
    const found = await exploreFast(small);
    const lie = (changes: object) => () => askAgain(small, { ...found, told: () => undefined, ...changes });
    expect(lie({})).not.toThrow();
    for (const changes of [{ transitions: 8 }, { fired: [8] }, { deadlocks: 0 }, { newStates: [3] }])
      expect(lie(changes)).toThrow(/the engine is wrong, or/);
  });
});

test("A1: simulate and replay ask in states of their own", async () => {
  const build = () => {
    const twice = remembered((s: State) => s.x * 2);
    return hostile(
      State,
      scope,
      [start],
      [count((s) => s.x)],
      [invariant({ ...said, id: "p", holds: (s) => twice(s) < 10 })],
    );
  };
  const { stdout } = await ask(build, "simulate --scenario oracle/hostile --runs 3 --depth 9");
  expect(stdout).toMatch(/violated/);
  const token = /oracle\/hostile:\S+/.exec(stdout)?.[0];
  expect(token).toBeDefined();
  const again = await ask(build, `replay ${token}`);
  expect(again.stdout).toMatch(/p/);
  expect(again.stderr).toBe("");
  expectRefusal(await ask(build, `replay ${token}x`), /./);
});

test.each(["", "--reference"])("A1: up to symmetry as well: explore --symmetry %s", async (flags) => {
  const Two = record({ list: vector("vcpu", record({ x: int(0, 4) })) });
  type Two = ValueOf<typeof Two>;
  const build = () => {
    const at = remembered((s: Two) => s.list.map(({ x }) => x));
    const count = act<Two>(
      "count",
      (s, { v }) => at(s)[Number(v)] < 4,
      (d: { list: { x: number }[] }, { v }: { v: number }) => void (d.list[v].x += 1),
      { v: "vcpu" },
    );
    const below = propertyOf<Two>().invariant({
      ...said,
      id: "p",
      holds: (s) => at(s).reduce((sum, x) => sum + x, 0) < 6,
    });
    return hostile(Two, scope, [{ list: [{ x: 0 }, { x: 0 }] }], [count], [below]);
  };
  const { stdout } = await ask(build, `explore --scenario oracle/hostile --symmetry ${flags}`);
  expect(stdout).toMatch(/violated after 6 steps/);
  expect(stdout).toMatch(/15 (states|orbits)/);
});
