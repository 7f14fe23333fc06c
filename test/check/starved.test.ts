import { expect, test } from "vitest";
import { actionOf, int, problemOf, record, replay } from "#check";
import { starvedIn } from "../../src/check/starved.ts";

/** Two that turn a wheel with three places; a third that could stop it at place 0, a fourth anywhere. */
const State = record({ at: int(0, 2), stopped: int(0, 2) });
const action = actionOf<{ at: number; stopped: number }>();
const problem = problemOf(
  {
    name: "wheel",
    state: State,
    init: () => [{ at: 0, stopped: 0 }],
    actions: [
      action("turn", {
        actor: "turner",
        guard: (s) => s.stopped === 0,
        effect: (d) => void (d.at = (d.at + 1) % 3),
      }),
      action("stop", { actor: "some", guard: (s) => s.at === 0, effect: (d) => void (d.stopped = 1) }),
      action("halt", { actor: "any", guard: () => true, effect: (d) => void (d.stopped = 2) }),
      action("look", { actor: "idle", guard: () => true, effect: () => undefined }),
    ],
  },
  {},
);

test("starved is who could move and never does, all the time or again and again; what changes nothing is no move", () => {
  expect(starvedIn(problem, replay(problem, { start: 0, steps: [0, 0, 0], loopAt: 0 }))).toEqual([
    { actor: "any", always: true },
    { actor: "some", always: false },
  ]);
});

test("where all stops for ever those are starved that could go on", () => {
  expect(starvedIn(problem, replay(problem, { start: 0, steps: [0], loopAt: 1 }))).toEqual([
    { actor: "any", always: true },
    { actor: "turner", always: true },
  ]);
});

test("nobody is starved in a run that ends", () => {
  expect(starvedIn(problem, replay(problem, { start: 0, steps: [0] }))).toEqual([]);
});
