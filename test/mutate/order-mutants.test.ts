import { describe, expect, test } from "vitest";
import { actionOf, int, oneOf, propertyOf, record, scenarioOf, vector, type ValueOf } from "#check";
import { answer } from "../../src/catalogue/answer.ts";
import { exploreFast } from "../../src/explore.ts";
import { problemOf } from "../../src/problem/exploration.ts";
import { mutantsOf } from "../../src/mutate/mutants.ts";

const places = ["STORE", "COPY", "DONE", "OTHER"] as const;
const State = record({
  thread: vector("thread", record({ pc: oneOf(...places), copy: int(0, 2) })),
  value: int(0, 2),
});
type State = ValueOf<typeof State>;
const action = actionOf<State>();
const property = propertyOf<State>();
const of = { actor: ({ t }: { readonly t: number }) => `T${t}`, args: { t: "thread" } } as const;

/** Stores a value, then copies it, or else goes another way. */
const straight = scenarioOf<State>({
  name: "straight",
  about: "a store, then a copy of what was stored",
  scope: { thread: 1 },
  model: {
    name: "straight",
    state: State,
    init: () => [{ thread: [{ pc: "STORE", copy: 0 }], value: 0 }],
    actions: [
      action("store", {
        ...of,
        guard: ({ thread }, { t }) => thread[t].pc === "STORE",
        effect: (d, { t }) => {
          d.value++;
          d.thread[t].pc = "COPY";
        },
      }),
      action("copy", {
        ...of,
        guard: ({ thread }, { t }) => thread[t].pc === "COPY",
        effect: (d, { t }) => {
          d.thread[t].copy = d.value;
          d.thread[t].pc = "DONE";
        },
      }),
      action("turn_away", {
        ...of,
        guard: ({ thread }, { t }) => thread[t].pc === "COPY",
        effect: (d, { t }) => void (d.thread[t].pc = "OTHER"),
      }),
    ],
  },
  properties: [
    property.invariant({
      id: "copies-what-was-stored",
      statement: "Whoever is done has copied what was stored.",
      holds: ({ thread, value }) => thread.every(({ pc, copy }) => pc !== "DONE" || copy === value),
    }),
  ],
});

/** What the states of a mutant are, and which it has of how many. */
const statesOf = async (id: string): Promise<readonly string[]> => {
  const { problem, exploration } = await answer(straight);
  const { model, scope, properties, start } = problem;
  const mutant = mutantsOf(problem, exploration).find((one) => one.id === id);
  const actions = model.actions.map((one) => mutant!.mutated(one));
  const found = await exploreFast(problemOf({ ...model, actions }, scope, properties, start));
  return Array.from({ length: found.states }, (_, at) => {
    const { thread, value } = found.state(at) as State;
    return `${thread[0].pc} value=${value} copy=${thread[0].copy}`;
  });
};

describe("mutants of the order of steps", () => {
  test("are of steps of which one leads where the next begins, and of writes that all ways share", async () => {
    const { problem, exploration } = await answer(straight);
    const ids = mutantsOf(problem, exploration).map(({ id }) => id);
    expect(ids.filter((id) => / is taken after | one step /.test(id))).toEqual([
      "store: is taken after copy, from STORE to DONE",
      "store: is taken after turn_away, from STORE to OTHER",
      // Nobody leads to STORE, and no one goes on from DONE; from COPY another goes on, who copies nothing.
      "store: writes value one step later",
    ]);
  });

  test("take the second of two steps first, and whoever else goes on from between them still does", async () => {
    expect(await statesOf("store: is taken after copy, from STORE to DONE")).toEqual([
      "STORE value=0 copy=0",
      "COPY value=0 copy=0",
      "DONE value=1 copy=0",
      "OTHER value=0 copy=0",
    ]);
  });

  test("leave a write to every step that goes on from there", async () => {
    expect(await statesOf("store: writes value one step later")).toEqual([
      "STORE value=0 copy=0",
      "COPY value=0 copy=0",
      "DONE value=1 copy=1",
      "OTHER value=1 copy=0",
    ]);
  });
});
