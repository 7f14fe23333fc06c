import { describe, expect, test } from "vitest";
import { about, actionOf, bool, int, propertyOf, record, vector, type ValueOf } from "#check";
import { scenarioOf } from "../../src/catalogue/plain-scenario.ts";
import { recordPaths } from "../../src/command/find/record-paths.ts";
import { fieldsNamed, touchingIn } from "../../src/command/find/touching.ts";

describe("recording", () => {
  const State = record({
    lock: bool,
    thread: vector("thread", record({ tries: int(0, 3), done: about("It is done.", bool), seen: bool })),
    never: bool,
  });
  type State = ValueOf<typeof State>;
  const action = actionOf<State>();
  const take = action("take", {
    actor: "threads",
    args: { t: "thread" },
    guard: (s, { t }) => !s.lock && s.thread[t].tries === 3,
    effect: (d, { t }) => {
      d.lock = true;
      if (d.thread[t].seen) d.thread[1 - t].done = true;
    },
  });
  const { step, leadsTo } = propertyOf<State>();
  const scenarios = [
    scenarioOf<State>({
      name: "toy/lock",
      about: "a lock",
      model: { name: "lock", state: State, init: () => [], actions: [take] },
      scope: { thread: 2 },
      properties: [
        step({
          id: "only-take-locks",
          statement: "Only take locks.",
          antecedent: (before, after) => !before.lock && after.lock,
          holds: (_before, after, taken) => taken.action === "take" && after.thread[0].tries === 3,
        }),
        leadsTo({
          id: "done-in-the-end",
          statement: "Who is seen is done.",
          from: (s) => s.thread[0].seen,
          to: (s) => s.thread[0].done,
        }),
        step({
          id: "second-leaves-tries",
          statement: "The second thread leaves the tries of the first.",
          antecedent: (_before, _after, taken) => taken.action === "take" && taken.args["t"] === 1,
          holds: (before, after) => before.thread[0].tries === after.thread[0].tries,
        }),
      ],
    }),
  ];
  const { actions, properties } = recordPaths({ scenarios });

  test("an action: what it reads where it is enabled, behind every branch, and what it writes", () => {
    expect(actions).toEqual({
      take: { reads: "lock thread[].seen thread[].tries", writes: "lock thread[].done" },
    });
  });

  test("properties: both states of a step, whatever action it is; both parts of leads-to", () => {
    expect(properties).toEqual({
      "only-take-locks": { reads: "lock thread[].tries", writes: "" },
      "done-in-the-end": { reads: "thread[].done thread[].seen", writes: "" },
      "second-leaves-tries": { reads: "thread[].tries", writes: "" },
    });
  });

  test("what is known is not recorded again, what is missing is recorded when it is asked for", async () => {
    const { take: _, ...none } = actions;
    const known = {
      actions: { ...none, gone: { reads: "", writes: "lock" } },
      properties: { "only-take-locks": { reads: "", writes: "" } },
    };
    expect(recordPaths({ scenarios }, known)).toEqual({
      actions: { ...known.actions, take: actions["take"] },
      properties: { ...properties, ...known.properties },
    });
    const catalogue = {
      scenarios,
      claims: { columns: [], messages: [], claims: [] },
      paths: () => Promise.resolve(known),
    };
    const touching = await touchingIn(catalogue);
    const [done] = fieldsNamed(touching, "thread[0].done");
    expect(touching.writers(done)).toEqual(["take"]);
    expect(touching.properties(done)).toEqual(["done-in-the-end"]);
  });
});
