import { expect, test } from "vitest";
import { actionOf, exploreReference, int, problemOf, propertyOf, record, type ValueOf } from "#check";

const State = record({ clock: record({ hour: int(0, 11) }) });
type State = ValueOf<typeof State>;
const action = actionOf<State>();
const tick = action("tick", {
  actor: "clock",
  guard: () => true,
  effect: (d) => {
    d.clock.hour = (d.clock.hour + 1) % 12;
  },
});
const { invariant } = propertyOf<State>();

test("a clock has twelve states and reaches eleven in eleven steps", async () => {
  const model = { name: "clock", state: State, init: () => [{ clock: { hour: 0 } }], actions: [tick] };
  const below = invariant({
    id: "below-11",
    statement: "",
    holds: (s) => s.clock.hour < 11,
  });
  const found = await exploreReference(problemOf(model, {}, [below]));
  expect(found).toMatchObject({ stop: "exhausted", states: 12, transitions: 12, deadlocks: 0 });
  expect(found.findings[0]?.path?.steps).toHaveLength(11);
});
