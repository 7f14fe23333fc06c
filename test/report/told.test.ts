import { expect, test } from "vitest";
import { actionOf, int, problemOf, propertyOf, record, type ValueOf } from "#check";
import { racingPair } from "../../src/check/racing-pair.ts";
import { replay } from "../../src/check/trace.ts";
import { lostBy } from "../../src/report/run/lost.ts";
import { toldOf } from "../../src/report/run/told.ts";

/** A flag that one actor clears and another waits for: set too late, what is sent is lost. */
const State = record({ ready: int(0, 1), sent: int(0, 1), got: int(0, 1), turns: int(0, 9) });
type State = ValueOf<typeof State>;
const action = actionOf<State>();
const model = {
  name: "mail",
  state: State,
  init: () => [{ ready: 0, sent: 0, got: 0, turns: 0 }],
  actions: [
    action("send", {
      actor: "sender",
      guard: ({ sent }) => sent === 0,
      effect: (d) => {
        d.sent = 1;
        if (d.ready === 1) d.got = 1;
      },
    }),
    action("listen", {
      actor: "receiver",
      guard: ({ ready }) => ready === 0,
      effect: (d) => void (d.ready = 1),
    }),
    action("idle", { actor: "clock", guard: ({ turns }) => turns < 9, effect: (d) => void (d.turns += 1) }),
  ],
};
const nothingLost = propertyOf<State>().invariant({
  id: "nothing-lost",
  statement: "What is sent is got.",
  holds: ({ ready, sent, got }) => !(ready === 1 && sent === 1 && got === 0),
});
const problem = problemOf(model, {}, [nothingLost]);
const [SEND, LISTEN, IDLE] = [0, 1, 2];
const runOf = (steps: readonly number[]) => replay(problem, { start: 0, steps });

test("what was lost is told: what the step does otherwise in the other order, found by taking it", () => {
  const trace = runOf([SEND, IDLE, LISTEN]);
  const decided = { property: nothingLost, args: {} } as const;
  const pair = racingPair(problem, trace, decided)!;
  expect(pair).toEqual({ first: 0, later: [2] });
  // It listens all the same, whoever comes first: nothing of it is lost.
  expect(lostBy(problem, trace, pair)).toBeUndefined();
  const other = lostBy(problem, runOf([LISTEN, SEND]), { first: 0, later: [1] })!;
  expect(other.changed.map(({ path }) => path)).toEqual(["sent", "got"]);
  expect(other.otherwise.map(({ path }) => path)).toEqual(["sent"]);
  expect(toldOf(problem, runOf([LISTEN, SEND]), "rest", "breaks", other)).toEqual([
    "From rest, receiver takes 1, listen (ready 0>1).",
    "Then sender takes 2, send (sent 0>1, got 0>1); 2 breaks it.",
    "Step 2, send, changes sent 0>1, got 0>1; before 1, listen, it would have changed sent 0>1.",
  ]);
});

test("five sentences at most, whether something was lost or not, and each names its steps", () => {
  const trace = runOf([LISTEN, ...Array(3).fill(IDLE), SEND, ...Array(2).fill(IDLE)]);
  const turns = [...trace.steps, ...trace.steps, ...trace.steps];
  const long = { ...trace, steps: turns };
  const lost = lostBy(problem, trace, { first: 0, later: [4] });
  expect(lost).toBeDefined();
  for (const given of [undefined, lost]) {
    const told = toldOf(problem, long, "rest", "breaks", given);
    expect(told).toHaveLength(5);
    for (const sentence of told) expect(sentence).toMatch(/\d/);
    expect(told[1]).toMatch(/^\d+-\d+ are \d+ turns of /);
  }
});
