import { expect, test } from "vitest";
import type { Action } from "#check";
import { startHrtimer } from "../../../models/kvm/actions/timer/tmict.ts";
import type { State } from "../../../models/kvm/state.ts";
import { scenarios } from "../../../scenarios/index.ts";
import { timer } from "../../../scenarios/timer/timer.ts";
import { worldWith } from "../../../scenarios/world.ts";
import { choiceOf } from "../../../src/catalogue/choice.ts";

const choice = choiceOf(
  scenarios.find(({ name }) => name === timer.name)!,
  {},
);
const startWith = (replaced: Partial<Action<State>>) =>
  worldWith(timer.spec, { replace: [{ ...startHrtimer, ...replaced }] }).build(choice);

test("a world is booted once, and anew where an action of the boot is another", () => {
  const [start] = timer.build(choice).start;
  expect(timer.build(choice).start[0]).toBe(start);
  expect(worldWith(timer.spec, {}).build(choice).start[0]).toBe(start);
  expect(start.host.nohzFull).toBe(false);

  const tickless: Action<State>["effect"] = (d, args) => {
    startHrtimer.effect(d, args);
    d.host.nohzFull = true;
  };
  expect(startWith({ effect: tickless }).start[0].host.nohzFull).toBe(true);
  expect(startWith({ guard: () => false })).toMatchObject({
    start: [],
    unreachable: expect.stringMatching(/hrtimer_start is refused$/) as string,
  });

  expect(timer.build(choice).start[0]).toBe(start);
});
