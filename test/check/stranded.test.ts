import { describe, expect, test } from "vitest";
import {
  actionOf,
  bool,
  exploreFast,
  exploreReference,
  oneOf,
  problemOf,
  record,
  reduced,
  vector,
  withSymmetry,
  type Action,
  type Problem,
  type Thread,
  type ValueOf,
} from "#check";
import type { Explore } from "../../src/problem/exploration.ts";
import { strandedIn, strandedText, type Stranded } from "../../src/check/stranded.ts";

const State = record({
  lock: bool,
  thread: vector("thread", record({ pc: oneOf("IDLE", "WANT", "HELD", "DONE"), irq: bool, flag: bool })),
});
type State = ValueOf<typeof State>;
const action = actionOf<State>();
const moving = (
  name: string,
  from: State["thread"][number]["pc"],
  to: State["thread"][number]["pc"],
  also: { readonly guard?: (s: State) => boolean; readonly lock?: boolean } = {},
): Action<State> =>
  action(name, {
    actor: ({ t }) => `CPU${t}`,
    args: { t: "thread" },
    guard: (s, { t }) => s.thread[t].pc === from && !s.thread[t].irq && (also.guard?.(s) ?? true),
    effect: (d, { t }) => {
      d.thread[t].pc = to;
      if (also.lock !== undefined) d.lock = also.lock;
    },
  });

const begin = moving("begin", "IDLE", "WANT");
const lock = moving("lock", "WANT", "HELD", { guard: ({ lock }) => !lock, lock: true });
const unlock = moving("unlock", "HELD", "DONE", { lock: false });
const again = moving("again", "DONE", "IDLE");
const irqOf = (actor: (t: number) => string): Action<State> =>
  action("handle_irq", {
    actor: ({ t }) => actor(t),
    args: { t: "thread" },
    guard: (s, { t }) => s.thread[t].irq,
    effect: (d, { t }) => void (d.thread[t].irq = false),
  });
const raise = action("raise", {
  actor: "device",
  args: { t: "thread" },
  guard: (s, { t }) => s.thread[t].pc === "WANT",
  effect: (d, { t }) => void (d.thread[t].irq = true),
});

const everything = [begin, lock, unlock, again];
const usual: Thread = { leaf: "thread.pc", rest: ["IDLE"] };

const without = (
  left: readonly Action<State>[],
  takesPart: readonly Action<State>[] = everything.filter((one) => !left.includes(one)),
  threads: readonly Thread[] = [usual],
  members = 2,
): Problem<State> =>
  problemOf(
    {
      name: "locks",
      state: State,
      init: ({ thread }) => [
        {
          lock: false,
          thread: Array.from({ length: thread }, () => ({ pc: "IDLE", irq: false, flag: false })),
        },
      ],
      actions: takesPart,
      leftOut: { actions: left, threads },
    },
    { thread: members },
  );

const look = async (problem: Problem<State>, explore: Explore = exploreFast): Promise<readonly Stranded[]> =>
  strandedIn(problem, await explore(problem));
const placesOf = (stranded: readonly Stranded[]): readonly string[] =>
  stranded.map(({ thread, at, actions }) => `${thread} ${at} ${actions.join()}`);

describe("a thread that stands still only since an action is left out", () => {
  const both = (at: string, name: string): readonly string[] => [
    `thread[0].pc ${at} ${name}`,
    `thread[1].pc ${at} ${name}`,
  ];

  test.each([
    ["the reference", exploreReference],
    ["fast", exploreFast],
  ])("is named with where it stands and what would go on: %s", async (_, explore) => {
    const stranded = await look(without([unlock]), explore);
    expect(placesOf(stranded)).toEqual(both("HELD", "unlock"));
    expect(stranded.map(({ path }) => path.steps.length)).toEqual([2, 2]);
    expect(placesOf(await look(without([again]), explore))).toEqual(both("DONE", "again"));
  });

  test("is named also in a reduced search, and up to symmetry by a thread that stands for all", async () => {
    expect(placesOf(await look(reduced(without([unlock]))))).toEqual(both("HELD", "unlock"));
    const found = await look(withSymmetry(without([unlock])));
    expect(new Set(found.map(({ at }) => at))).toEqual(new Set(["HELD"]));
  });

  test("is not one that waits for another, however long", async () => {
    expect(await look(without([begin], [lock, unlock, again]))).toEqual([]);
    const interrupted = action("begin", {
      actor: "CPU0",
      guard: (s) => s.thread[0].pc === "IDLE",
      effect: (d) => {
        d.thread[0].pc = "WANT";
        d.thread[0].irq = true;
      },
    });
    const hasty = action("hasty", {
      actor: "CPU0",
      guard: (s) => s.thread[0].pc === "WANT" && s.thread[0].irq,
      effect: (d) => void (d.thread[0].pc = "HELD"),
    });
    const takesPart = [interrupted, irqOf(() => "device"), lock];
    const places = async (...parts: readonly Action<State>[]): Promise<readonly string[]> =>
      placesOf(await look(without([hasty], parts, [{ ...usual, rest: ["IDLE", "HELD"] }], 1)));
    expect(await places(...takesPart)).toEqual([]);
    expect(await places(interrupted, lock)).toEqual(["thread[0].pc WANT hasty"]);
  });

  test("is not one that nothing left out could move either", async () => {
    expect(await look(without([], [begin]))).toEqual([]);
    expect(await look(without([again], [begin]))).toEqual([]);
  });

  test("is not one at rest", async () => {
    expect(await look(without([unlock], undefined, [{ ...usual, rest: ["IDLE", "HELD"] }]))).toEqual([]);
    expect(placesOf(await look(without([begin], [], [{ ...usual, rest: [] }])))).toEqual(
      both("IDLE", "begin"),
    );
  });

  test("is one whose next step has to wait for another of the same actor, and not of another", async () => {
    const takesPart = [...everything, raise];
    const own = irqOf((t) => `CPU${t}`);
    expect(placesOf(await look(without([own], takesPart, [usual], 1)))).toEqual([
      "thread[0].pc WANT handle_irq",
    ]);
    expect(await look(without([irqOf(() => "device")], takesPart, [usual], 1))).toEqual([]);
  });

  test("what a left out action does beyond the schema is no way to go on", async () => {
    const wild = action("wild", {
      actor: "CPU0",
      guard: (s) => s.thread[0].pc === "HELD",
      effect: (d) => void (d.thread[0].pc = "NOWHERE" as never),
    });
    expect(await look(without([wild], [begin, lock]))).toEqual([]);
  });

  test("is looked for only where a model says what it leaves out", async () => {
    const { leftOut: _, ...model } = without([unlock]).model;
    const problem = problemOf(model, { thread: 1 });
    expect(strandedIn(problem, await exploreFast(problem))).toEqual([]);
  });
});

test("where a thread stands is a leaf and a value of the state, or refused with the nearest", () => {
  const posed = (thread: Thread) => () => without([unlock], undefined, [thread]);
  expect(posed({ leaf: "thread.cp", rest: [] })).toThrow(
    'unknown leaf "thread.cp" (did you mean "thread.pc"?)',
  );
  expect(posed({ leaf: "thread.pc", rest: ["IDEL"] })).toThrow('unknown value "IDEL" (did you mean "IDLE"?)');
  expect(posed({ leaf: "thread.pc", rest: [], by: ["lock"] })).toThrow('unknown leaf "lock"');
  expect(posed({ leaf: "thread.pc", rest: [], by: ["thread.flag"] })).not.toThrow();
});

test("in words two are named, and how many more", () => {
  const one = { thread: "a", at: "X", actions: ["f"], path: { start: 0, steps: [] } };
  expect(strandedText([])).toBeNull();
  expect(strandedText([one])).toBe("a stands at X for ever: f would go on");
  expect(strandedText([{ ...one, actions: ["f", "g", "h"] }, one, one])).toBe(
    "a stands at X for ever: f, g and 1 more would go on, a stands at X for ever: f would go on and 1 more",
  );
});
