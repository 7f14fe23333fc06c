import { describe, expect, test } from "vitest";
import { exploreFast, int, problemOf, record, type Exploration, type ValueOf } from "#check";
import { askAgain } from "../../src/doubt/determinism.ts";
import { confirm } from "../../src/check/confirm.ts";
import type { Action } from "../../src/model/action.ts";
import { below, counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";

/** A model whose recipe, guard or property gets a number that may be another one each time. */
const moodyBy = {
  recipe: (next: () => number) =>
    counter({ last: 40, effect: (d) => void (d.n = Math.min(50, d.n + 1 + (next() % 2))) }),
  guard: (next: () => number) => counter({ last: 40, guard: ({ n }) => n < 40 && next() % 2 === 0 }),
  property: (next: () => number) =>
    counter({
      last: 40,
      properties: [{ ...below(100), id: "moody", antecedent: () => next() % 2 === 1, holds: () => true }],
    }),
};
/** Numbers from where a recipe must not take them. */
const sources: Readonly<Record<string, () => () => number>> = {
  "a variable that outlives a run of it": () => {
    let calls = 0;
    return () => calls++;
  },
  chance: () => () => Math.floor(Math.random() * 2 ** 20),
  "the time": () => () => Math.floor(performance.now() * 1e6),
};

describe.each(Object.entries(moodyBy))("S18: a %s that uses", (what, model) => {
  test.each(Object.keys(sources))("%s is refused, whatever the engine", async (source) => {
    for (const flag of ["", "--reference"]) {
      const scenarios = [model(sources[source]())];
      const line = `explore --scenario oracle/counter ${flag}`;
      const { code, stdout, stderr } = await run(line, {}, { ...catalogue, scenarios });
      expect(stdout).toBe("");
      expect(stderr).toMatch(/not deterministic/);
      expect([2, 70]).toContain(code);
      expect(stderr).toContain(what === "property" ? "property moody" : "COUNT");
    }
  });
});

const State = record({ n: int(0, 9) });
const act = (effect: (d: { n: number }) => void): Action<{ readonly n: number }> => ({
  name: "act",
  actor: () => "-",
  args: {},
  guard: ({ n }) => n < 5,
  effect,
});
const problemWith = (effect: (d: { n: number }) => void) =>
  problemOf(
    { name: "toy", state: State, init: () => [], actions: [act(effect)] },
    {},
    [below(3)],
    [{ n: 0 }],
  );

test("a guard that reads less the next time is found out by the fast engine as it learns", async () => {
  let asked = 0;
  const Two = record({ n: int(0, 9), m: int(0, 9) });
  type Two = ValueOf<typeof Two>;
  const tick: Action<Two> = {
    ...act(() => undefined),
    name: "tick",
    guard: (s) => s.m < 3,
    effect: (d) => {
      d.m += 1;
    },
  };
  const lazy: Action<Two> = {
    ...act(() => undefined),
    guard: (s) => s.n < 9 && (asked++ > 1 || s.m < 9),
    effect: () => undefined,
  };
  const model = { name: "toy", state: Two, init: () => [], actions: [lazy, tick] };
  await expect(exploreFast(problemOf(model, {}, [], [{ n: 0, m: 0 }]))).rejects.toThrow(
    /reads or does different things in equal states/,
  );
});

test("every step of a run that is printed is taken twice", () => {
  let calls = 0;
  const steady = problemWith((d) => void (d.n += 3));
  expect(confirm(steady, steady.properties[0], { start: 0, steps: [0] }).trace.steps).toHaveLength(1);
  const moody = problemWith((d) => void (d.n += calls++ < 1 ? 3 : 4));
  expect(() => confirm(moody, moody.properties[0], { start: 0, steps: [0] })).toThrow(
    /^the recipe of act does not do the same each time/,
  );
});

test("what an engine found is not believed where taking its runs again shows something else", async () => {
  const problem = problemWith((d) => void (d.n += 1));
  const found = await exploreFast(problem);
  const lie = (changes: Partial<Exploration<{ readonly n: number }>>) => () =>
    askAgain(problem, { ...found, ...changes });
  expect(lie({})).not.toThrow();
  for (const changes of [
    { path: (id: number) => found.path(id === 4 ? 3 : id) },
    { path: () => ({ start: 0, steps: [0, 0, 0, 0, 0, 0, 0] }) },
    { state: () => ({ n: 0 }) },
  ])
    expect(lie(changes)).toThrow(expect.objectContaining({ code: "internal" }));
});

const Long = record({ n: int(0, 60) });
type Long = ValueOf<typeof Long>;
/** Counts to 40; from its third time on at 1 it does something else, if it is `fickle`. */
const counting = (fickle = false): Action<Long> => {
  let times = 0;
  return {
    ...act(() => undefined),
    guard: ({ n }) => n < 40,
    effect: (d: { n: number }) => void (d.n += d.n === 1 && times++ >= 2 && fickle ? 2 : 1),
  };
};
const lookedAgain = async (action: Action<Long>): Promise<void> => {
  const model = { name: "long", state: Long, init: () => [], actions: [action] };
  const problem = problemOf(model, {}, [], [{ n: 0 }]);
  askAgain(problem, await exploreFast(problem));
};

test("an action is asked in every order, though another of its name was", async () => {
  await lookedAgain(counting());
  await expect(lookedAgain(counting(true))).rejects.toThrow(
    /^the guard or recipe of act does not do the same/,
  );
});

test("an action that was asked in every order is asked again in a few states of another search", async () => {
  const asked = [0, 0];
  const guard = ({ n }: Long): boolean => {
    if (n < asked.length) asked[n]++;
    return n < 40;
  };
  const action = { ...counting(), guard };
  await lookedAgain(action);
  const [start, next] = asked.splice(0, 2, 0, 0);
  await lookedAgain(action);
  // What is kept of it answers the first time, and two orders are left.
  expect(asked[0]).toBe(start - 1);
  expect(asked[1]).toBeLessThan(next);
});

test("an action that does something else in the next search, in states where it is not asked in every order, is found out", async () => {
  let changed = false;
  const action = {
    ...counting(),
    effect: (d: { n: number }) => void (d.n += changed && d.n === 17 ? 2 : 1),
  };
  await lookedAgain(action);
  await lookedAgain(action);
  changed = true;
  await expect(lookedAgain(action)).rejects.toThrow(expect.objectContaining({ code: "internal" }));
});

test("a wrong run is found out by what is kept of its steps", async () => {
  const action = counting();
  const model = { name: "long", state: Long, init: () => [], actions: [action] };
  const problem = problemOf(model, {}, [], [{ n: 0 }]);
  const found = await exploreFast(problem);
  for (let times = 0; times < 2; times++) askAgain(problem, { ...found, state: (id) => found.state(id) });
  const path = (id: number) => found.path(id === 40 ? 39 : id);
  expect(() => askAgain(problem, { ...found, state: (id) => found.state(id), path })).toThrow(
    expect.objectContaining({ code: "internal" }),
  );
});
