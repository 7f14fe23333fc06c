import { expect, test } from "vitest";
import { actionOf, exploreFast, int, problemOf, propertyOf, record, type Model, type ValueOf } from "#check";

const State = record({ n: int(0, 200_000) });
type State = ValueOf<typeof State>;

const far = 100_000;
const chain: Model<State> = {
  name: "chain",
  state: State,
  init: () => [{ n: 0 }],
  actions: [
    actionOf<State>()("next", {
      actor: "CPU0",
      guard: ({ n }) => n < far,
      effect: (d) => {
        d.n++;
      },
    }),
  ],
};
const { invariant, eventually, weak } = propertyOf<State>();
const said = { statement: "-" };

test("a chain of 100,001 values of one component is as deep as it is long", async () => {
  const properties = [
    invariant({ ...said, id: "never-far", holds: ({ n }) => n < far }),
    eventually({
      ...said,
      id: "far-in-the-end",
      fairness: [weak({ action: "next" })],
      holds: ({ n }) => n === far,
    }),
  ];
  const { stop, states, transitions, levels, deadlocks, findings } = await exploreFast(
    problemOf(chain, {}, properties),
  );
  expect({ stop, states, transitions, depth: levels.length - 1, deadlocks }).toEqual({
    stop: "exhausted",
    states: far + 1,
    transitions: far,
    depth: far,
    deadlocks: 1,
  });
  expect(findings[0].path?.steps.length).toBe(far);
  expect(findings[1].path).toBeUndefined();
});
