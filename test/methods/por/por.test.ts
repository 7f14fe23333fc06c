import { describe, expect, test } from "vitest";
import {
  bool,
  CheckError,
  exploreFast,
  exploreReference,
  int,
  propertyOf,
  record,
  reduced,
  vector,
  verifyIndependence,
  type Problem,
} from "#check";
import { Dependences } from "../../../src/methods/por/conditional-dependence.ts";
import type { CodeOf, StepDependence } from "../../../src/problem/dependence.ts";
import { withinSwitches } from "../../../src/methods/switches/switches.ts";
import { agree } from "../../fixtures/agree.ts";
import { Planted } from "./planted.ts";
import { said, toy } from "../../fixtures/toy.ts";

interface Two {
  readonly a: number;
  readonly b: number;
}
const Two = record({ a: int(0, 3), b: int(0, 3) });
const of = propertyOf<Two>();
const start = [{ a: 0, b: 0 }];
/** Counts a leaf up to `to`, or round for ever. */
const count = (leaf: keyof Two, to: number, round = false) => ({
  guard: (s: Two) => round || s[leaf] < to,
  effect: (d: { -readonly [K in keyof Two]: number }) => {
    d[leaf] = (d[leaf] + 1) % (to + 1);
  },
});

describe("what partial-order reduction leaves out", () => {
  test("of independent counters it keeps one order, and the one state without a next step", async () => {
    const problem = toy(Two, {}, start, { A: count("a", 3), B: count("b", 3) });
    const answer = await agree(reduced(problem));
    expect(answer).toMatchObject({ found: { states: 7, transitions: 6, deadlocks: 1, stop: "exhausted" } });
    expect(await exploreFast(problem)).toMatchObject({ states: 16, transitions: 24, deadlocks: 1 });
  });

  test("not a run in which a leaf that looks local passes through a value that an invariant reads", async () => {
    const apart = of.invariant({
      ...said,
      id: "apart",
      antecedent: ({ a }) => a === 1,
      holds: ({ b }) => b !== 2,
    });
    const problem = toy(Two, {}, start, { A: count("a", 3), B: count("b", 3) }, [apart]);
    const answer = await agree(reduced(problem));
    expect(answer).toMatchObject({ found: { findings: [{ path: { start: 0 } }] } });
  });

  test("not a step that another one, private and without end, could put off for ever", async () => {
    const never = of.invariant({ ...said, id: "never", holds: ({ b }) => b === 0 });
    const problem = toy(Two, {}, start, { A: count("a", 1, true), B: count("b", 1) }, [never]);
    for (const explore of [exploreFast, exploreReference])
      expect((await explore(reduced(problem))).findings[0].path?.steps.at(-1)).toBe(1);
  });

  test("not a step that a step property looks at", async () => {
    const inOrder = of.step({
      ...said,
      id: "in-order",
      antecedent: (before, after) => before.b !== after.b,
      holds: ({ a }) => a === 0 || a === 3,
    });
    const problem = toy(Two, {}, start, { A: count("a", 3), B: count("b", 3) }, [inOrder]);
    const answer = await agree(reduced(problem));
    expect(answer).toHaveProperty("found.findings.0.path");
  });

  test("not the error of a step that throws", async () => {
    const problem = toy(Two, {}, start, {
      A: count("a", 3),
      B: { guard: ({ a, b }: Two) => a === 1 && b === 0, effect: () => [].at(0)!["none"] },
      C: count("b", 3),
    });
    const messages = [exploreFast, exploreReference].map(async (explore) => explore(reduced(problem)));
    for (const message of messages) await expect(message).rejects.toThrow(/in B, reached by A/);
  });

  test("not an error that a step throws, or a step property about it, behind steps that no property sees", async () => {
    const never = of.invariant({ ...said, id: "never", holds: ({ a }) => a < 3 });
    const fussy = of.step({
      ...said,
      id: "fussy",
      antecedent: (before, after) => before.b === 3 && before.a === after.a,
      holds: () => [].at(0)!["none"],
    });
    const throws = { guard: ({ b }: Two) => b === 3, effect: () => [].at(0)!["none"] };
    const stands = { guard: ({ b }: Two) => b === 3, effect: () => undefined };
    // A goes round and holds all that the invariant can see; B leads to the error.
    const steps = { A: count("a", 2, true), B: count("b", 3) };
    for (const [properties, C] of [
      [[never], throws],
      [[never, fussy], stands],
    ] as const)
      for (const explore of [exploreFast, exploreReference])
        await expect(explore(reduced(toy(Two, {}, start, { ...steps, C }, properties)))).rejects.toThrow(
          /in C, reached by .*B/,
        );
  });

  test("nothing where a step has more runs than can be looked at", async () => {
    const Bits = record({ bit: vector("bit", bool), a: int(0, 3) });
    const problem = toy<{ readonly bit: readonly boolean[]; readonly a: number }>(
      Bits,
      { bit: 14 },
      [{ bit: Array.from({ length: 14 }, () => false), a: 0 }],
      {
        SUM: {
          guard: ({ bit, a }) => bit.filter(Boolean).length === 2 && a < 3,
          effect: (d: { a: number }) => void d.a++,
        },
        SET: {
          args: { b: "bit" },
          guard: ({ bit }, { b }) => !bit[Number(b)] && bit.filter(Boolean).length < 3,
          effect: (d: { bit: boolean[] }, { b }) => void (d.bit[Number(b)] = true),
        },
      },
    );
    const [full, part] = [await exploreFast(problem), await exploreFast(reduced(problem))];
    expect(part).toMatchObject({ states: full.states, deadlocks: full.deadlocks });
  });
});

describe("partial-order reduction is refused", () => {
  const problem = toy(Two, {}, start, { A: count("a", 3), B: count("b", 3) });
  const refusal = async (ask: () => unknown): Promise<CheckError> => {
    try {
      await ask();
    } catch (error) {
      if (error instanceof CheckError) return error;
      throw error;
    }
    throw new Error("it was not refused");
  };

  test("with a liveness property", async () => {
    const done = of.eventually({ ...said, id: "done", fairness: [], holds: ({ a }) => a === 3 });
    const error = await refusal(() => reduced({ ...problem, properties: [done] }));
    expect(error).toMatchObject({ code: "usage" });
    expect(error.message).toContain("done is a liveness property");
  });

  test.each([
    ["depth", (asked: Problem<Two>) => exploreFast(asked, { depth: 2 })],
    ["depth", (asked: Problem<Two>) => exploreReference(asked, { depth: 2 })],
    ["switches", (asked: Problem<Two>) => withinSwitches(exploreFast, 1)(asked)],
  ])("with a bound on %s", async (bound, explore) => {
    const error = await refusal(() => explore(reduced(problem)));
    expect(error).toMatchObject({ code: "usage" });
    expect(error.message).toContain(`a bound on ${bound}`);
  });
});

describe("brute force finds a wrong declaration", () => {
  const seen = of.sometimes({ ...said, id: "seen", holds: ({ a, b }) => a === 2 && b === 1 });
  const problem = toy(
    Two,
    {},
    start,
    {
      A: count("a", 3),
      B: count("b", 3),
      // Depends on A's leaf, and is enabled by B.
      C: { guard: ({ a, b }) => b === 1 && a < 3, effect: (d: { a: number }) => void (d.a = 3) },
    },
    [seen],
  );
  const verified = (step: number, plant: (move: StepDependence, code: CodeOf) => StepDependence) =>
    verifyIndependence(problem, new Planted(new Dependences(problem), step, plant));
  const lose =
    <K extends "dependent" | "enabling">(key: K, value: readonly never[] | readonly (readonly never[])[]) =>
    (move: StepDependence): StepDependence =>
      key in move ? { ...move, [key]: value } : move;

  test("of a step that another depends on, after a third", async () => {
    // B leads to C, on which A depends.
    const forgets = (move: StepDependence, code: CodeOf): StepDependence =>
      move.enabled ? { ...move, leaves: [0, 1], dependent: code(1) === 0 ? [] : move.dependent } : move;
    await expect(verified(0, forgets)).rejects.toThrow(
      /A is said not to depend on B, then C, .*\n.*reached by no step/,
    );
  });
  test("of none in a sound one", async () => {
    expect(await verified(0, (move) => move)).toMatchObject({ states: 16 });
  });
  test("of a step that another depends on", async () => {
    await expect(verified(0, lose("dependent", []))).rejects.toThrow(
      /A is said not to depend on C, .*\n.*reached by/,
    );
  });
  test("of a step that enables another", async () => {
    await expect(verified(2, lose("enabling", [[]]))).rejects.toThrow("B is said not to enable C, but does");
  });
  test("of a step that a property sees", async () => {
    const advances = (move: StepDependence): StepDependence =>
      move.enabled ? { ...move, advances: true } : move;
    await expect(verified(1, advances)).rejects.toThrow("B is said to advance, but a property sees it");
  });
  test("of a step that a property sees after others on which it does not depend", async () => {
    const advances = (move: StepDependence, code: CodeOf): StepDependence =>
      move.enabled ? { ...move, leaves: [...new Set([...move.leaves, 0])], advances: code(0) === 0 } : move;
    await expect(verified(1, advances)).rejects.toThrow(
      "B is said not to depend on A, then A, but is visible after it",
    );
  });
  test("of changes that are others than those made", async () => {
    const changes = (move: StepDependence): StepDependence =>
      move.enabled ? { ...move, changes: new Map() } : move;
    await expect(verified(2, changes)).rejects.toThrow("C is said to make other changes than it does");
  });
  test("of leaves that are fewer than it depends on", async () => {
    const leaves = (move: StepDependence): StepDependence => ({
      ...move,
      leaves: move.leaves.filter((leaf) => leaf !== 1),
    });
    await expect(verified(2, leaves)).rejects.toThrow("C depends on b in a way that it was not said to");
  });
  test("of a step that goes round in a circle", async () => {
    const round = toy(Two, {}, start, { A: count("a", 1, true) });
    const advances = (move: StepDependence): StepDependence =>
      move.enabled ? { ...move, advances: true } : move;
    await expect(verifyIndependence(round, new Planted(new Dependences(round), 0, advances))).rejects.toThrow(
      "a cycle of states",
    );
  });
  test("of a step that does more than it may", async () => {
    const sound = new Dependences(problem);
    const steps = sound.touches.steps.map((touch, id) =>
      id === 1 ? { ...touch!, writes: new Map() } : touch,
    );
    await expect(
      verifyIndependence(problem, new Dependences(problem, { ...sound.touches, steps })),
    ).rejects.toThrow("B writes b in a way that it was not said to");
  });
});
