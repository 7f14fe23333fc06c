import { describe, expect, test } from "vitest";
import { about, actionOf, bool, int, propertyOf, record, vector, type ValueOf } from "#check";
import { scenarioOf } from "../../src/catalogue/plain-scenario.ts";
import { actionsIn, propertiesIn } from "../../src/command/find/inventory.ts";
import { recordPaths } from "../../src/command/find/record-paths.ts";
import { touchingIn } from "../../src/command/find/touching.ts";
import { actionPaths } from "../../scenarios/action-paths.ts";
import { shipped } from "../../scenarios/shipped.ts";

const catalogue = await shipped();

describe("what was recorded of the worlds that ship (npm run paths records it anew)", () => {
  test("is of every action and property that there is, and of no other", async () => {
    const actions = (await actionsIn(catalogue)).map(({ item }) => item.name);
    expect(Object.keys(actionPaths.actions)).toEqual(actions.toSorted());
    const properties = propertiesIn(catalogue).map(({ item }) => item.id);
    expect(Object.keys(actionPaths.properties)).toEqual(properties.toSorted());
  });

  test("names fields that there are", async () => {
    const fields = new Set((await touchingIn(catalogue)).fields.map(({ item }) => item.path));
    for (const { reads, writes } of [actionPaths.actions, actionPaths.properties].flatMap(
      Object.values<{ reads: string; writes: string }>,
    ))
      for (const path of `${reads} ${writes}`.split(" ").filter((one) => one !== ""))
        expect(fields).toContain(path);
  });

  test("every action writes something", () => {
    const idle = Object.entries(actionPaths.actions).filter(([, { writes }]) => writes === "");
    expect(idle.map(([name]) => name)).toEqual([]);
  });

  test("is what the actions of one world do now", () => {
    const scenarios = catalogue.scenarios.filter(({ name }) => name === "kvm/f5-tdcr");
    const { actions } = recordPaths({ scenarios });
    expect(Object.keys(actions).length).toBeGreaterThan(20);
    for (const [name, { reads, writes }] of Object.entries(actions)) {
      const kept = actionPaths.actions[name];
      expect(kept.reads.split(" ")).toEqual(expect.arrayContaining(reads.split(" ")));
      expect(kept.writes.split(" ")).toEqual(expect.arrayContaining(writes.split(" ")));
    }
  });
});

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
  const { actions, properties } = recordPaths({
    scenarios: [
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
        ],
      }),
    ],
  });

  test("an action: what it reads where it is enabled, behind every branch, and what it writes", () => {
    expect(actions).toEqual({
      take: { reads: "lock thread[].seen thread[].tries", writes: "lock thread[].done" },
    });
  });

  test("properties: both states of a step, whatever action it is; both parts of leads-to", () => {
    expect(properties).toEqual({
      "only-take-locks": { reads: "lock thread[].tries", writes: "" },
      "done-in-the-end": { reads: "thread[].done thread[].seen", writes: "" },
    });
  });
});
