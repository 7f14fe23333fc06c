import fc from "fast-check";
import { expect, test } from "vitest";
import type { Explore } from "../../src/problem/exploration.ts";
import {
  actionNamed,
  actionOf,
  amend,
  bool,
  exploreFast,
  exploreReference,
  extendOf,
  int,
  problemOf,
  propertyOf,
  record,
  split,
  variant,
  vector,
  type Model,
  type ValueOf,
} from "#check";
import { runs } from "../fixtures/runs.ts";

const State = record({ thread: vector("thread", record({ done: bool })), counter: int(0, 3) });
type State = ValueOf<typeof State>;
const action = actionOf<State>();

const add = action("add", {
  actor: ({ k }) => `thread ${k}`,
  args: { k: "thread" },
  guard: (s, { k }) => !s.thread[k].done,
  effect: (d, { k }) => {
    d.counter += 1;
    d.thread[k].done = true;
  },
});

const counting: Model<State> = {
  name: "counting",
  state: State,
  init: ({ thread }) => [{ thread: Array.from({ length: thread }, () => ({ done: false })), counter: 0 }],
  actions: [add],
};
const scope = { thread: 3 };

const everyIncrementCounts = propertyOf<State>().invariant({
  id: "every-increment-counts",
  statement: "The counter is the number of threads that are done",
  holds: (s) => s.counter === s.thread.filter(({ done }) => done).length,
});

test("an amendment is the guard, the recipe before, the effect and the recipe after, in one step", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ below: fc.nat(4), before: fc.nat(3), after: fc.nat(3) }),
      async ({ below, before, after }) => {
        const by = (n: number, k: number, was: number): number => (was + n + k) % 4;
        const amended = amend(add, {
          guard: (s) => s.counter < below,
          before: (d, { k }) => {
            const was = d.counter;
            d.counter = by(before, k, was) % 3;
            return was;
          },
          after: (d, { k }, was) => {
            d.counter = by(after, k, d.counter + was);
          },
        });
        const written = action("add", {
          actor: ({ k }) => `thread ${k}`,
          args: { k: "thread" },
          guard: (s, { k }) => !s.thread[k].done && s.counter < below,
          effect: (d, { k }) => {
            const was = d.counter;
            d.thread[k].done = true;
            d.counter = by(after, k, (by(before, k, was) % 3) + 1 + was);
          },
        });
        const found = async (one: typeof add, explore: Explore) => {
          const model = variant(counting, "amended", { replace: [one] });
          const { states, transitions } = await explore(problemOf(model, scope, []));
          return [states, transitions];
        };
        const expected = await found(written, exploreReference);
        expect(await found(amended, exploreFast)).toEqual(expected);
        expect(await found(amended, exploreReference)).toEqual(expected);
      },
    ),
    { numRuns: runs(100) },
  );
});

test("an amendment that says nothing leaves the recipes as they are, and the action untouched", () => {
  const same = amend(add, {});
  expect(same).toEqual(add);
  amend(add, { guard: () => false });
  expect(add.guard(counting.init({ thread: 1 })[0], { k: 0 })).toBe(true);
});

test("what an effect may not return is refused although something follows it", async () => {
  const bad = amend({ ...add, effect: () => 5 as never }, { after: () => undefined });
  const problem = problemOf(variant(counting, "bad", { replace: [bad] }), scope, []);
  await expect(exploreFast(problem)).rejects.toThrow(/returned 5/);
});

const extend = extendOf(State);
const wide = extend("thread", { at: int(0, 1), copy: int(0, 3) }, { at: 0, copy: 0 });
type Wide = ValueOf<typeof wide.state>;

test("a split action loses what the atomic one does not, and in one thread does the same", async () => {
  const parts = split<Wide, { readonly k: "thread" }>(
    add,
    [
      {
        name: "load",
        effect: (d, { k }) => {
          d.thread[k].copy = d.counter;
        },
      },
      {
        name: "store",
        effect: (d, { k }) => {
          d.counter = d.thread[k].copy + 1;
          d.thread[k].done = true;
          d.thread[k].copy = 0;
        },
      },
    ],
    {
      read: (s, { k }) => s.thread[k].at,
      write: (d, { k }, at) => {
        d.thread[k].at = at;
      },
    },
  );
  const model: Model<Wide> = {
    name: "split",
    state: wide.state,
    init: (sizes) => counting.init(sizes).map(wide.widen),
    actions: parts,
  };
  const ends = async <S extends State>(one: Model<S>, thread: number) => {
    const { findings } = await exploreFast(problemOf(one, { thread }, [everyIncrementCounts]));
    return findings[0].path?.steps.length;
  };
  expect(await ends(counting, 3)).toBeUndefined();
  expect(await ends(model, 1)).toBeUndefined();
  expect(await ends(model, 2)).toBe(4);
  expect(parts.map(({ name, args }) => [name, args])).toEqual([
    ["load", { k: "thread" }],
    ["store", { k: "thread" }],
  ]);
});

test("a split into one step, a field that is there, and an action that is not are refused by name", () => {
  const place = { read: () => 0, write: () => undefined };
  expect(() => split(add, [{ name: "whole", effect: () => undefined }], place)).toThrow(
    /add is split into 1 steps/,
  );
  expect(() => extend("thread", { done: bool }, { done: false })).toThrow(/thread has a field done already/);
  expect(() => extend("tread" as "thread", { more: bool }, { more: false })).toThrow(
    /did you mean "thread"\?/,
  );
  expect(() => extend("counter" as "thread", { more: bool }, { more: false })).toThrow(
    /counter has no fields/,
  );
  expect(() => actionNamed([add], "ad")).toThrow(/did you mean "add"\?/);
});
