import { expect, test } from "vitest";
import {
  forgetDelivered,
  forgetHistory,
  forgetInService,
  forgetMessageHistory,
  forgetPinHistory,
  type Forget,
} from "../../../models/kvm/validation/forgetting.ts";
import { forgettable } from "../../../scenarios/validation/forgettable.ts";
import { messageWorlds } from "../../../scenarios/validation/message.ts";
import { pinWorlds } from "../../../scenarios/validation/pin.ts";
import { runLoopWorlds } from "../../../scenarios/validation/run-loop.ts";
import { timerWorlds } from "../../../scenarios/validation/timer.ts";
import { dispatchedExit, exitOfOthers, handledExit, notFollowed, notInjected } from "./forgotten-runs.ts";

test("of history that is kept which a property looks at, with what that depends on, and no other", () => {
  const all = [...forgetHistory, forgetDelivered];
  const names = timerWorlds[0].problem().model.actions.map(({ name }) => name);
  const kept = (id: string): readonly string[] => {
    const may = forgettable(all, [id], names);
    return all.filter((one) => !may.includes(one)).flatMap(({ fields }) => fields);
  };
  expect(kept("no-pending-timer-in-guest")).toEqual([]);
  expect(kept("arming-injected-once")).toEqual(["timer[].ghost.injections", "timer[].ghost.rearmed"]);
  expect(kept("arming-taken-once")).toContain("vcpu[].irr");
  expect(forgettable(all, ["not-recorded"], names)).toEqual([]);
});

const apart = (forget: Forget, ...more: readonly Forget["effect"][]): readonly Forget["effect"][] => [
  ...more,
  handledExit,
  ...[...forgetHistory, forget].map(({ effect }) => effect),
];

const worlds = [
  ...timerWorlds.map((world) => ({ world, differ: apart(forgetDelivered, exitOfOthers) })),
  ...pinWorlds.map((world) => ({ world, differ: apart(forgetPinHistory) })),
  ...messageWorlds.map((world) => ({ world, differ: apart(forgetMessageHistory) })),
  ...runLoopWorlds.map((world) => ({ world, differ: apart(forgetInService, dispatchedExit, notInjected) })),
].map((each) => ({ ...each, name: each.world.name }));

test.each(worlds)(
  "what is forgotten keeps nothing that is seen from happening: $name",
  ({ world, differ }) => {
    expect([...notFollowed(world, differ, 600)]).toEqual([]);
  },
);
