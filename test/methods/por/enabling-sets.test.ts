import { describe, expect, test } from "vitest";
import { exploreFast, exploreReference, int, propertyOf, record, reduced, verifyIndependence } from "#check";
import { Dependences } from "../../../src/methods/por/conditional-dependence.ts";
import type { CodeOf, StepDependence } from "../../../src/problem/dependence.ts";
import { Planted } from "./planted.ts";
import { said, toy } from "../../fixtures/toy.ts";

/**
 * What kvm/overview has in RTC interrupts: `TAKE` asks whether two leaves are the same, and only then for a third. So it
 * waits for those two at first, and once the third has a value that it does not need, for that one.
 */
const Four = record({ p: int(0, 1), q: int(0, 1), third: int(0, 2), x: int(0, 2) });
interface Four {
  readonly p: number;
  readonly q: number;
  readonly third: number;
  readonly x: number;
}
type Draft = { -readonly [K in keyof Four]: number };
const start = { p: 0, q: 1, third: 0, x: 0 };
const steps = ["OTHER", "BLOCK", "FREE", "SET_P", "SET_Q", "TAKE"] as const;
const [, , FREE, SET_P, SET_Q, TAKE] = steps.map((_, id) => id);
const never = propertyOf<Four>().invariant({ ...said, id: "never", holds: ({ x }) => x !== 2 });
const problem = toy<Four>(
  Four,
  {},
  [start],
  {
    OTHER: { guard: (s) => s.x === 0, effect: (d: Draft) => void (d.x = 1) },
    BLOCK: { guard: (s) => s.third === 0, effect: (d: Draft) => void (d.third = 1) },
    FREE: { guard: (s) => s.third === 1, effect: (d: Draft) => void (d.third = 2) },
    SET_P: { guard: (s) => s.p === 0, effect: (d: Draft) => void (d.p = 1) },
    SET_Q: { guard: (s) => s.q === 1, effect: (d: Draft) => void (d.q = 0) },
    TAKE: {
      guard: (s) => s.p === s.q && s.third !== 1 && s.x === 0,
      effect: (d: Draft) => void (d.x = 2),
    },
  },
  [never],
);
const dependence = new Dependences(problem);
const codeIn =
  (state: Four): CodeOf =>
  (leaf) =>
    [state.p, state.q, state.third, state.x][leaf];
const planted = (plant: (move: StepDependence, code: CodeOf) => StepDependence) =>
  new Planted(dependence, TAKE, plant);
/** Says in the start state that TAKE waits for these alone. */
const waitsFor = (set: readonly number[]) =>
  planted((move, code) =>
    !move.enabled && [0, 1, 2].every((leaf) => code(leaf) === codeIn(start)(leaf))
      ? { ...move, enabling: [set] }
      : move,
  );

describe("what a disabled step waits for is chosen in one state, and may be said otherwise after a step that is left out", () => {
  test("as it is here", () => {
    expect(dependence.move(TAKE, codeIn(start))).toMatchObject({ enabling: [[SET_P, SET_Q]] });
    expect(dependence.move(TAKE, codeIn({ ...start, third: 1 }))).toMatchObject({ enabling: [[FREE]] });
  });

  test("and brute force finds no fault with that", async () => {
    expect(await verifyIndependence(problem)).toMatchObject({ states: 33, stop: "exhausted" });
  });

  test("and steps are left out, but no dead state and no violation", async () => {
    const full = await exploreReference(problem);
    for (const explore of [exploreFast, exploreReference]) {
      const part = await explore(reduced(problem));
      expect([full.states, part.states]).toEqual([33, 25]);
      expect([full.deadlocks, part.deadlocks]).toEqual([2, 2]);
      expect(part.findings[0]).toHaveProperty("path");
    }
  });

  test("but one that waits for the third leaf too early loses both, and is refused", async () => {
    const wrong = planted((move) =>
      move.enabled || !move.enabling.some((set) => set.includes(SET_P))
        ? move
        : { ...move, enabling: [[FREE]] },
    );
    const part = await exploreFast({ ...problem, dependence: wrong });
    expect(part).toMatchObject({ stop: "exhausted", deadlocks: 1 });
    expect(part.findings[0]).not.toHaveProperty("path");
    await expect(verifyIndependence(problem, wrong)).rejects.toThrow(
      "SET_P is said not to enable TAKE, but does",
    );
  });

  test.each([
    ["SET_P", [SET_Q]],
    ["SET_Q", [SET_P]],
  ])("and one that forgets %s is refused", async (forgotten, set) => {
    await expect(verifyIndependence(problem, waitsFor(set))).rejects.toThrow(
      `${forgotten} is said not to enable TAKE, but does`,
    );
  });

  test("and so is one that is wrong only after several steps", async () => {
    const blocked = planted((move, code) =>
      !move.enabled && code(0) !== code(1) && code(2) === 1
        ? { ...move, enabling: [[SET_Q]], leaves: [0, 1, 2, 3] }
        : move,
    );
    await expect(verifyIndependence(problem, blocked)).rejects.toThrow(
      /(SET_P, then FREE|FREE, then SET_P) is said not to enable TAKE, but does\n {2}in the state reached by BLOCK/,
    );
  });
});
