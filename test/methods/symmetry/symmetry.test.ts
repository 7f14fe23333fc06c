import { describe, expect, test } from "vitest";
import {
  actionOf,
  bool,
  CheckError,
  exploreFast,
  index,
  int,
  problemOf,
  propertyOf,
  record,
  vector,
  withSymmetry,
  type Action,
  type Problem,
  type ValueOf,
} from "#check";
import { symmetryOf } from "../../../src/methods/symmetry/symmetry-of.ts";
import { ewd840 } from "../../../models/textbook/ewd840.ts";
import { naivePhilosophers } from "../../../models/textbook/philosophers.ts";
import { resourceAllocator } from "../../../models/textbook/resource-allocator.ts";
import { agree } from "../../fixtures/agree.ts";
import { engines } from "../../fixtures/engines.ts";

const said = { statement: "-" };
const State = record({ at: vector("process", int(0, 3)), clock: int(0, 900), chosen: index("process") });
type State = ValueOf<typeof State>;
const action = actionOf<State>();
const { invariant, step, eventuallyAlways } = propertyOf<State>();

const rise = action("RISE", {
  ...said,
  actor: ({ i }) => `P${i}`,
  args: { i: "process" },
  guard: ({ at }, { i }) => at[i] < 3,
  effect: ({ at }, { i }) => {
    at[i] += 1;
  },
});

/** Some processes that rise to 3, and whatever else they are to do. */
const processes = (
  size: number,
  actions: readonly Action<State>[] = [],
  at: readonly number[] = Array.from({ length: size }, () => 0),
): Problem<State> => {
  const start = [
    { at, clock: 0, chosen: 0 },
    ...at.slice(1).map((_, i) => ({ at, clock: 0, chosen: i + 1 })),
  ];
  const model = { name: "processes", state: State, init: () => start, actions: [rise, ...actions] };
  return problemOf<State>(model, { process: size });
};
const asking = <S>(problem: Problem<S>, ...properties: Problem<S>["properties"]): Problem<S> => ({
  ...problem,
  properties,
});
/** Taken at its word, so that the search itself has to find out. */
const told = <S>(problem: Problem<S>): Problem<S> => ({
  ...problem,
  symmetry: symmetryOf(problem, ["process"]),
});
const families = <S>(problem: Problem<S>) => withSymmetry(problem).symmetry?.families;
const error = async <S>(problem: Problem<S>): Promise<string> => {
  const answer = await agree(problem);
  return "error" in answer ? answer.error : `no error, ${answer.found.states} states`;
};

test.each(engines)("five bits that flip have six orbits on the %s engine", async (_, explore) => {
  const Bits = record({ bit: vector("bit", bool) });
  const flip = actionOf<ValueOf<typeof Bits>>()("FLIP", {
    ...said,
    actor: "-",
    args: { i: "bit" },
    guard: () => true,
    effect: ({ bit }, { i }) => {
      bit[i] = !bit[i];
    },
  });
  const init = () => [{ bit: [false, false, false, false, false] }];
  const problem = problemOf({ name: "bits", state: Bits, init, actions: [flip] }, { bit: 5 });
  expect(await explore(problem)).toMatchObject({ states: 32, transitions: 160 });
  expect(await explore(withSymmetry(problem))).toMatchObject({ states: 6, transitions: 30 });
});

test.each(engines)("vectors over one family are permuted together on the %s engine", async (_, explore) => {
  const Split = record({
    pc: vector("thread", int(1, 3)),
    counter: int(0, 3),
    copy: vector("thread", int(0, 3)),
  });
  const split = actionOf<ValueOf<typeof Split>>();
  const actions = [
    split("Read", {
      ...said,
      actor: "-",
      args: { k: "thread" },
      guard: ({ pc }, { k }) => pc[k] === 1,
      effect: (d, { k }) => {
        d.copy[k] = d.counter;
        d.pc[k] = 2;
      },
    }),
    split("Write", {
      ...said,
      actor: "-",
      args: { k: "thread" },
      guard: ({ pc }, { k }) => pc[k] === 2,
      effect: (d, { k }) => {
        d.counter = d.copy[k] + 1;
        d.pc[k] = 3;
      },
    }),
  ];
  const init = () => [{ pc: [1, 1, 1], counter: 0, copy: [0, 0, 0] }];
  const problem = problemOf({ name: "split", state: Split, init, actions }, { thread: 3 });
  expect((await explore(withSymmetry(problem))).states).toBe(22);
});

describe("a family whose members are told apart is not used, and the reason is given", () => {
  const refusal = (problem: Problem<never>, families?: readonly string[]): string => {
    try {
      withSymmetry(problem, families);
    } catch (error) {
      if (error instanceof CheckError) return `${error.code}: ${error.message}`;
      throw error;
    }
    return "no error";
  };

  test("by a property that names one of them", () => {
    const first = invariant({ ...said, id: "first-rests", holds: ({ at }) => at[0] < 3 });
    expect(refusal(asking(processes(2), first) as never)).toBe(
      "model: processes has nothing interchangeable:\n" +
        "  process: the property first-rests is not the same when process 0 and 1 change places\n" +
        "  explore without --symmetry",
    );
  });

  test("by a property that is not symmetric as a whole either", () => {
    const sorted = invariant({
      ...said,
      id: "sorted",
      args: { a: "process", b: "process" },
      antecedent: (_, { a, b }) => a < b,
      holds: ({ at }, { a, b }) => at[a] <= at[b],
    });
    expect(refusal(asking(processes(2), sorted) as never)).toContain(
      "process: the property sorted is not the same when process 0 and 1 change places",
    );
  });

  test("by where they start, when they never change parts", () => {
    expect(refusal(processes(2, [], [0, 1]) as never)).toContain(
      "process: the start, in at[0], is not the same",
    );
    expect(families(processes(2, [], [1, 1]))).toEqual(["process"]);
  });

  test("by a step", () => {
    expect(refusal(problemOf(ewd840, { node: 3 }) as never)).toContain("node: InitiateProbe is not the same");
    expect(refusal(problemOf(naivePhilosophers, { philosopher: 4 }) as never)).toContain("philosopher: ");
  });

  test("by a property of steps that names one of them", () => {
    const first = step({ ...said, id: "first", holds: (_, after) => after.at[1] >= after.at[0] });
    expect(refusal(asking(processes(2), first) as never)).toContain("the property first is not the same");
    const rises = step({
      ...said,
      id: "rises",
      args: { i: "process" },
      holds: (before, after, _, { i }) => after.at[i] >= before.at[i],
    });
    expect(families(asking(processes(2), rises))).toEqual(["process"]);
  });

  test("by there being too many ways to name them", () => {
    expect(refusal(processes(8) as never)).toContain("process: 8 members have 40320 namings, more than 5040");
    const Two = record({ of: vector("client", bool), and: vector("resource", bool) });
    const start = { of: Array.from({ length: 6 }, () => true), and: Array.from({ length: 4 }, () => true) };
    const model = { name: "two", state: Two, init: () => [start], actions: [] };
    const both = problemOf(model, { client: 6, resource: 4 });
    expect(refusal(both as never, ["client", "resource"])).toContain(
      "resource: with client there are 720 x 24 = 17280 namings, more than 5040, the limit of --symmetry",
    );
  });

  test("by liveness, where symmetry shows nothing", () => {
    const stays = eventuallyAlways({ ...said, id: "stays", holds: ({ at }) => at[0] === 3 });
    expect(refusal(asking(processes(2), stays) as never)).toContain("stays is a liveness property");
  });

  test("by being another family than those asked for", () => {
    const problem = problemOf(resourceAllocator, { client: 2, resource: 2 });
    expect(withSymmetry(problem, ["client"]).symmetry).toMatchObject({
      families: ["client"],
      unused: [{ family: "resource", because: "not asked for" }],
    });
    expect(refusal(problem as never, ["clients"])).toContain(
      'unknown family "clients" (did you mean "client"?)',
    );
    const one = problemOf(resourceAllocator, { client: 1, resource: 2 });
    expect(refusal(one as never, ["client"])).toContain("there is one client in this scope");
  });
});

test("a property that is symmetric only as a whole is judged as a whole", async () => {
  const ordered = invariant({
    ...said,
    id: "never-both-up",
    args: { a: "process", b: "process" },
    antecedent: (_, { a, b }) => a < b,
    holds: ({ at }, { a, b }) => at[a] + at[b] < 6,
  });
  const problem = withSymmetry(asking(processes(3), ordered));
  expect([...(problem.symmetry?.joint ?? [])]).toEqual([0]);
  const { findings } = await exploreFast(problem);
  expect(findings[0]).toMatchObject({ path: { steps: { length: 6 } } });
});

describe("what is not symmetric where only the search comes is found by it, with one wording", () => {
  test("a step that can be taken only in an order of the processes that is not stored", async () => {
    const odd = action("ODD", {
      ...said,
      actor: "-",
      guard: ({ at }) => at[0] === 3 && at[1] === 2 && at[2] === 1,
      effect: (d) => {
        d.clock = 1;
      },
    });
    expect(await error(told(processes(3, [odd])))).toContain(
      "process: not interchangeable: ODD is not the same",
    );
  });

  test("a step that writes what was there already, to one of them", async () => {
    const lift = action("LIFT", {
      ...said,
      actor: "-",
      guard: ({ clock }) => clock === 0,
      effect: (d) => {
        d.at[0] = 3;
      },
    });
    const down = action("DOWN", {
      ...said,
      actor: "-",
      args: { i: "process" },
      guard: () => true,
      effect: (d, { i }) => {
        d.at[i] = 2;
      },
    });
    expect(await error(told(processes(2, [lift, down], [3, 3])))).toContain("LIFT is not the same");
  });

  test("a property that tells them apart late", async () => {
    const tick = action("TICK", {
      ...said,
      actor: "-",
      guard: ({ clock, at }) => clock < 900 && at.every((here) => here === 0),
      effect: (d) => {
        d.clock += 1;
      },
    });
    const late = invariant({
      ...said,
      id: "late",
      antecedent: ({ clock }) => clock === 899,
      holds: ({ at }) => at[0] === 0,
    });
    const problem = withSymmetry(asking(processes(2, [tick]), late));
    const message = await error(problem);
    expect(message).toContain("process: not interchangeable: the property late is not the same when");
    expect(message).toContain("explore without --symmetry");
  });
});
