import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  actionOf,
  bool,
  oneOf,
  problemOf,
  propertyOf,
  record,
  replay,
  type Problem,
  type ValueOf,
} from "#check";
import { lastAvoidable } from "../../src/check/avoidable.ts";
import { breakingOf, racingPair, type Decided } from "../../src/check/racing-pair.ts";
import { exploreFast } from "../../src/explore.ts";
import { takerOf } from "../../src/problem/plain-step.ts";
import { arbitraryPrograms } from "../laws/arbitrary-programs.ts";
import { runs } from "../fixtures/runs.ts";

/** A wake-up that is lost: the sleeper looks for work and sleeps, the waker leaves work and wakes who sleeps. */
const State = record({
  sleeper: oneOf("LOOKS", "WILL_SLEEP", "SLEEPS", "AWAKE"),
  waker: oneOf("LEAVES", "WAKES", "DONE"),
  work: bool,
});
type State = ValueOf<typeof State>;
const action = actionOf<State>();
const actions = [
  action("look", {
    actor: "sleeper",
    guard: (s) => s.sleeper === "LOOKS",
    effect: (d) => void (d.sleeper = d.work ? "AWAKE" : "WILL_SLEEP"),
  }),
  action("sleep", {
    actor: "sleeper",
    guard: (s) => s.sleeper === "WILL_SLEEP",
    effect: (d) => void (d.sleeper = "SLEEPS"),
  }),
  action("leave", {
    actor: "waker",
    guard: (s) => s.waker === "LEAVES",
    effect: (d) => {
      d.work = true;
      d.waker = "WAKES";
    },
  }),
  action("wake", {
    actor: "waker",
    guard: (s) => s.waker === "WAKES",
    effect: (d) => {
      if (d.sleeper === "SLEEPS") d.sleeper = "AWAKE";
      d.waker = "DONE";
    },
  }),
];
const wakes = propertyOf<State>().invariant({
  id: "wakes",
  statement: "-",
  holds: (s) => !(s.waker === "DONE" && s.sleeper === "SLEEPS"),
});
const init = (): State[] => [{ sleeper: "LOOKS", waker: "LEAVES", work: false }];
const lost = problemOf({ name: "lost wake-up", state: State, init, actions }, {}, [wakes]);
const decided = { property: wakes, args: {} };
const runOf = (...names: readonly string[]) =>
  replay(lost, {
    start: 0,
    steps: names.map((name) => lost.steps.findIndex(({ action: { name: known } }) => known === name)),
  });

describe("a lost wake-up", () => {
  const trace = runOf("look", "leave", "wake", "sleep");

  test("is decided by who comes first, waking or sleeping", () => {
    expect(racingPair(lost, trace, decided)).toEqual({ first: 2, later: [3] });
  });

  test("can be avoided until nobody is left to wake", () => {
    expect(lastAvoidable(lost, trace, decided)).toMatchObject({
      after: 2,
      by: { actor: "sleeper" },
      cut: false,
    });
  });
});

/** Every run found that breaks the invariant of threads, with what it breaks. */
const broken = async (problem: Problem<unknown>) => {
  const [property] = problem.properties as unknown as readonly [Decided<unknown>["property"]];
  const { findings } = await exploreFast(problem);
  const [{ path }] = findings;
  return path === undefined ? [] : [{ trace: replay(problem, path), decided: { property, args: {} } }];
};

test("the steps of a racing pair in the other order break nothing, or cannot all be taken", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryPrograms, async (problem) => {
      for (const { trace, decided: about } of await broken(problem)) {
        const pair = racingPair(problem, trace, about);
        if (pair === undefined) continue;
        const { first, later, stops } = pair;
        const places = trace.steps.map((_, i) => i);
        const order = [
          ...places.slice(0, first),
          ...later,
          ...places.slice(first).filter((place) => !later.includes(place)),
        ];
        let state = trace.start;
        let stopped: number | undefined;
        for (const place of order) {
          const { step } = trace.steps[place];
          const after = takerOf(problem)(step, state)?.after;
          if (after === undefined) {
            stopped = place;
            break;
          }
          expect(breakingOf(about)(state, after, step)).toBe(false);
          state = after;
        }
        expect(stopped).toBe(stops);
        expect(new Set([first, later.at(-1)!].map((place) => trace.steps[place].step.actor)).size).toBe(2);
      }
    }),
    { numRuns: runs(300) },
  );
});

test("after the last point from which a violation could be avoided every continuation breaks the property", async () => {
  let early = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryPrograms, async (problem) => {
      const take = takerOf(problem);
      for (const { trace, decided: about } of await broken(problem)) {
        // These threads end: there are no cycles.
        const isDoomed = (state: unknown): boolean => {
          const next = problem.steps.flatMap((step) => {
            const after = take(step, state)?.after;
            return after === undefined ? [] : [{ step, after }];
          });
          return (
            next.length > 0 &&
            next.every(({ step, after }) => breakingOf(about)(state, after, step) || isDoomed(after))
          );
        };
        const states = [trace.start, ...trace.steps.map(({ after }) => after)].slice(0, -1);
        const last = lastAvoidable(problem, trace, about);
        expect(last?.cut ?? false).toBe(false);
        expect(last?.after ?? -1).toBe(states.findLastIndex((state) => !isDoomed(state)));
        if (last !== undefined && last.after < states.length - 1) early += 1;
      }
    }),
    { numRuns: runs(300) },
  );
  expect(early).toBeGreaterThan(0);
});
