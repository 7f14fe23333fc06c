import { describe, expect, test } from "vitest";
import { exploreFast, exploreReference, int, problemOf, propertyOf, record, type ValueOf } from "#check";
import { confirm } from "../../src/check/confirm.ts";
import type { Action } from "../../src/model/action.ts";

const said = { statement: "-" };

/** Counts in three digits, so that no component has many values. */
const digits = (base: number) => {
  const State = record({
    high: record({ n: int(0, base - 1) }),
    middle: record({ n: int(0, base - 1) }),
    low: record({ n: int(0, base - 1) }),
  });
  interface State {
    readonly high: { readonly n: number };
    readonly middle: { readonly n: number };
    readonly low: { readonly n: number };
  }
  const numberOf = ({ high, middle, low }: State): number => (high.n * base + middle.n) * base + low.n;
  const count = (last: number): Action<State> => ({
    ...said,
    name: "count",
    actor: () => "counter",
    args: {},
    guard: (s) => numberOf(s) < last,
    effect: (d) => {
      d.low.n = (d.low.n + 1) % base;
      if (d.low.n > 0) return;
      d.middle.n = (d.middle.n + 1) % base;
      if (d.middle.n === 0) d.high.n += 1;
    },
  });
  const start = [{ high: { n: 0 }, middle: { n: 0 }, low: { n: 0 } }];
  const problem = (last: number) => {
    const { invariant, leadsTo, weak } = propertyOf<State>();
    const properties = [
      invariant({ ...said, id: "below-last", holds: (s) => numberOf(s) < last }),
      leadsTo({
        ...said,
        id: "ends",
        fairness: [weak()],
        from: (s) => numberOf(s) === 0,
        to: (s) => numberOf(s) === last,
      }),
    ];
    const model = { name: "digits", state: State, init: () => start, actions: [count(last)] };
    return problemOf(model, {}, properties, start);
  };
  return { problem };
};

test("F2: more states than a Set or Map holds, 17,173,512 of them, each counted once", async () => {
  const base = 258;
  const Counters = record({ a: int(0, base - 1), b: int(0, base - 1), c: int(0, base - 1) });
  const count = (field: "a" | "b" | "c"): Action<ValueOf<typeof Counters>> => ({
    ...said,
    name: `count-${field}`,
    actor: () => field,
    args: {},
    guard: (s) => s[field] < base - 1,
    effect: (d) => {
      d[field] += 1;
    },
  });
  const start = [{ a: 0, b: 0, c: 0 }];
  const actions = [count("a"), count("b"), count("c")];
  const model = { name: "counters", state: Counters, init: () => start, actions };
  const { invariant } = propertyOf<ValueOf<typeof Counters>>();
  const last = invariant({ ...said, id: "below-last", holds: ({ a, b, c }) => a + b + c < 3 * (base - 1) });
  const found = await exploreFast(problemOf(model, {}, [last], start));
  expect([found.stop, found.states, found.transitions, found.deadlocks]).toEqual([
    "exhausted",
    base ** 3,
    3 * (base - 1) * base ** 2,
    1,
  ]);
  expect(found.levels.length).toBe(3 * (base - 1) + 1);
  expect(found.findings[0].antecedent).toBe(base ** 3);
  expect(found.findings[0].path?.steps.length).toBe(3 * (base - 1));
});

describe.each([
  ["fast", exploreFast],
  ["reference", exploreReference],
] as const)("F3: a chain of 100,001 states, liveness included, %s engine", (_, explore) => {
  test("overflows no stack, and its run is confirmed", async () => {
    const last = 100_000;
    const problem = digits(50).problem(last);
    const found = await explore(problem);
    expect([found.stop, found.states, found.levels.length, found.deadlocks]).toEqual([
      "exhausted",
      last + 1,
      last + 1,
      1,
    ]);
    const { path } = found.findings[0];
    expect(confirm(problem, problem.properties[0], path!).trace.steps.length).toBe(last);
    expect(found.findings[1].path).toBeUndefined();
  });
});
