import { expect, test } from "vitest";
import { actionOf, bool, int, record, type ValueOf } from "#check";
import { noticedIn } from "../../src/check/noticed.ts";
import { replay } from "../../src/check/trace.ts";
import { problemOf } from "../../src/problem/exploration.ts";

const State = record({ flag: bool, count: int(0, 9), seen: int(0, 9), other: bool });
type State = ValueOf<typeof State>;
const action = actionOf<State>();

const model = {
  name: "mailbox",
  state: State,
  init: () => [{ flag: false, count: 0, seen: 0, other: false }],
  actions: [
    action("write", { actor: "writer", guard: () => true, effect: (d) => void (d.count = 5) }),
    action("raise", { actor: "writer", guard: () => true, effect: (d) => void (d.flag = true) }),
    action("reads", { actor: "reader", guard: (s) => s.flag, effect: (d) => void (d.seen = d.count) }),
    action("idle", { actor: "other", guard: () => true, effect: (d) => void (d.other = !d.other) }),
    action("lower", { actor: "other", guard: () => true, effect: (d) => void (d.flag = false) }),
  ],
};
const problem = problemOf(model, {});
const noticed = (...steps: readonly number[]) => noticedIn(problem, replay(problem, { start: 0, steps }));

test("a step notices what lets it be taken, and what it would have done otherwise without", () => {
  expect(noticed(0, 1, 3, 2)).toEqual([
    { from: 0, to: 3, path: "count" },
    { from: 1, to: 3, path: "flag" },
  ]);
});

test("only the first to notice is told, nobody notices own steps, and nothing is noticed that was changed again", () => {
  expect(noticed(1, 2, 2)).toEqual([{ from: 0, to: 1, path: "flag" }]);
  expect(noticed(0, 3, 3)).toEqual([]);
  expect(noticed(1, 4, 1, 2)).toEqual([{ from: 2, to: 3, path: "flag" }]);
});
