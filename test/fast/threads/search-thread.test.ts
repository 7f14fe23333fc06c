import { expect, test } from "vitest";
import { int, record, vector, type Draft, type Problem, type ValueOf } from "#check";
import { Control, phases } from "../../../src/fast/threads/control.ts";
import { SearchThread } from "../../../src/fast/threads/search-thread.ts";
import { Search } from "../../../src/fast/search/search.ts";
import { widen } from "../../../src/fast/search/widening.ts";
import { sharedMemory } from "../../../src/fast/values/memory.ts";
import { Tally } from "../../../src/fast/threads/tally.ts";
import { toy } from "../../fixtures/toy.ts";

const Axes = record({ at: vector("axis", int(0, 3)) });
type Axes = ValueOf<typeof Axes>;
const problem = toy<Axes>(Axes, { axis: 3 }, [{ at: [0, 0, 0] }], {
  step: {
    args: { i: "axis" },
    guard: ({ at }, { i }) => at[Number(i)] < 3,
    effect: (d: Draft<Axes>, { i }) => {
      d.at[Number(i)]++;
    },
  },
});

/** One thread, and the search that it is a thread of: with some values met, one state stored and room for the others. */
const aloneOn = <S>(problem: Problem<S>, met: readonly S[]) => {
  const search = new Search(problem, {}, sharedMemory);
  search.begin();
  for (const state of met) search.space.intern(state);
  widen(search);
  search.visited.rebuild(search.space.layout, 100, search.store);
  search.store.reserve(100);
  const { store, visited, learnedModel } = search;
  const control = new Control(0);
  const tally = new Tally(problem.steps.length, 0);
  const peer = new SearchThread(problem, learnedModel, { control, store, visited }, tally);
  /** Has a chunk expanded, in slices of one state, while there is room for so many states. */
  const expand = async (from: number, to: number, room: number): Promise<number> => {
    control.cut(from, to, 1, store.count, room);
    control.begin(phases.expand);
    await peer.run();
    store.count = control.states;
    return control.left.from;
  };
  return { expand, search, store, control, tally };
};
const alone = () =>
  aloneOn(
    problem,
    [0, 1, 2, 3].map((value) => ({ at: [value, value, value] })),
  );

test("a thread stores the successors of a chunk in order, and counts them", async () => {
  const { expand, store, control, tally } = alone();
  expect(await expand(0, 1, 100)).toBe(1);
  expect([store.count, control.counted]).toEqual([4, { transitions: 3, dead: 0 }]);
  expect(await expand(1, 4, 100)).toBe(4);
  expect([store.count, control.counted]).toEqual([10, { transitions: 9, dead: 0 }]);
  expect([...tally.fired]).toEqual([4, 4, 4]);
  expect([...tally.newStates]).toEqual([2, 3, 4]);
});

test("what it left to the first thread for want of room, it finds when it comes again", async () => {
  const { expand, store, control, tally } = alone();
  expect(await expand(0, 1, 3)).toBe(0);
  expect([store.count, control.counted, [...tally.fired]]).toEqual([
    1,
    { transitions: 0, dead: 0 },
    [0, 0, 0],
  ]);
  expect(await expand(0, 1, 100)).toBe(1);
  expect([store.count, [...tally.fired]]).toEqual([4, [1, 1, 1]]);
  expect(await expand(1, 4, 8)).toBe(2);
  expect(store.count).toBe(7);
  expect(await expand(2, 4, 100)).toBe(4);
  expect(store.count).toBe(10);
});

test("what it let through before states were packed anew, it knows no more", async () => {
  const Pair = record({ a: int(0, 4), b: int(0, 3) });
  type Pair = ValueOf<typeof Pair>;
  const ways: readonly (readonly [from: Pair, to: Pair])[] = [
    [
      { a: 0, b: 0 },
      { a: 1, b: 1 },
    ],
    [
      { a: 1, b: 1 },
      { a: 1, b: 0 },
    ],
  ];
  const from = ({ a, b }: Pair): Pair | undefined => ways.find(([from]) => from.a === a && from.b === b)?.[1];
  const pairs = toy<Pair>(Pair, {}, [{ a: 0, b: 0 }], {
    go: {
      guard: (s) => from(s) !== undefined,
      effect: (d: Draft<Pair>) => void Object.assign(d, from(d)),
    },
  });
  const met = [0, 1, 2, 3].map((b) => ({ a: b % 2, b }));
  const { expand, search, store } = aloneOn(pairs, met);
  expect(await expand(0, 1, 100)).toBe(1);
  const [packed] = store.chunk(1).subarray(store.at(1));
  for (const a of [2, 3, 4]) search.space.intern({ a, b: 0 });
  widen(search);
  search.revisit();
  expect(await expand(1, 2, 100)).toBe(2);
  expect(store.count).toBe(3);
  expect(search.state(2)).toEqual({ a: 1, b: 0 });
  // Packed as it is now, it looks as the state before it did then.
  expect(store.chunk(2)[store.at(2)]).toBe(packed);
});
