import { describe, expect, test } from "vitest";
import {
  actionOf,
  count,
  none,
  problemOf,
  record,
  replay,
  set,
  subsetOf,
  withSymmetry,
  type ValueOf,
} from "#check";
import { allAcross, missionariesAndCannibals } from "../../models/textbook/missionaries.ts";
import { peterson } from "../../models/textbook/peterson.ts";
import { resourceAllocator } from "../../models/textbook/resource-allocator.ts";
import { engines } from "../fixtures/engines.ts";

describe.each(engines)("on the %s engine", (_, explore) => {
  /*
   * Amarel, On representations of problems of reasoning about actions, 1968, counting heads instead of people: 16 of 32
   * states can be reached, and the shortest solution takes 11 crossings, which is also the trace that TLC finds for
   * tlaplus/Examples MissionariesAndCannibals.
   */
  test("missionaries and cannibals cross the river in 11 steps by way of the 16 known states", async () => {
    const problem = problemOf(missionariesAndCannibals, { person: 6 }, [allAcross]);
    const { stop, states, state, findings } = await explore(problem);
    expect(stop).toBe("exhausted");
    const heads = Array.from({ length: states }, (_, id) => {
      const { boatIsEast, east } = state(id);
      return [boatIsEast, count(east & 0b000111), count(east & 0b111000)].join();
    });
    expect(new Set(heads).size).toBe(16);
    const { steps } = replay(problem, findings[0].path!);
    expect(steps).toHaveLength(11);
  });

  /* Known of Peterson's algorithm: 42 states, 76 transitions (tlaplus/Examples locks_auxiliary_vars). */
  test("Peterson's algorithm has its counts where it waits by a guard on the successor", async () => {
    const model = {
      ...peterson,
      actions: peterson.actions.map(({ guard, ...action }) => ({
        ...action,
        guard: () => true,
        guardAfter: (before: never, _: unknown, args: never) => guard(before, args),
      })),
    };
    const { stop, states, transitions, deadlocks } = await explore(problemOf(model as never, { process: 2 }));
    expect({ stop, states, transitions, deadlocks }).toEqual({
      stop: "exhausted",
      states: 42,
      transitions: 76,
      deadlocks: 0,
    });
  });

  /* Known of the allocator: 50 classes of its 400 states, under both permutations (TLC with SYMMETRY). */
  test("the allocator has its counts where the empty set is an argument that its guards refuse", async () => {
    const model = {
      ...resourceAllocator,
      actions: resourceAllocator.actions.map((action) => ({
        ...action,
        args: { c: "client", of: subsetOf("resource") },
        guard: (s: never, args: never) => (args as { of: number }).of !== none && action.guard(s, args),
      })),
    };
    const problem = problemOf(model as never, { client: 3, resource: 2 });
    const { states, transitions } = await explore(problem);
    expect({ states, transitions }).toEqual({ states: 400, transitions: 1632 });
    const symmetric = withSymmetry(problem);
    expect(symmetric.symmetry?.families).toEqual(["client", "resource"]);
    expect((await explore(symmetric)).states).toBe(50);
  });

  test("an argument is each of the 2^n subsets, the empty one among them", async () => {
    const State = record({ chosen: set("member") });
    const choose = actionOf<ValueOf<typeof State>>()("Choose", {
      actor: "anybody",
      args: { of: subsetOf("member") },
      guard: () => true,
      effect: (d, { of }) => {
        d.chosen = of;
      },
    });
    const model = { name: "subsets", state: State, init: () => [{ chosen: none }], actions: [choose] };
    const { states, transitions, fired } = await explore(problemOf(model, { member: 4 }));
    expect({ states, transitions, empty: fired[0] }).toEqual({ states: 16, transitions: 256, empty: 16 });
  });
});
