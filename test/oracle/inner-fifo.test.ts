import { describe, expect, test } from "vitest";
import { actionOf, exploreFast, int, problemOf, record, replay, withSymmetry, type ValueOf } from "#check";
import { increment } from "../../models/textbook/increment.ts";
import { emptyBehind, innerFifo, innerFifoScope, neverFour } from "../../models/textbook/inner-fifo.ts";
import { mutualExclusion, peterson } from "../../models/textbook/peterson.ts";
import { resumed } from "../trust/resumed.ts";
import { paranoid } from "../../src/doubt/paranoid.ts";
import { withinSwitches } from "../../src/methods/switches/switches.ts";
import { engines } from "../fixtures/engines.ts";

/*
 * tlaplus/Examples, specifications/SpecifyingSystems/manifest.json: FIFO/MCInnerFIFO.cfg has 3,864 distinct states, 9,660
 * generated and a depth of 11. TLC neither counts nor keeps states beyond a constraint, counts the start states among those
 * generated, and its depth counts states, not steps.
 */
const tlc = { distinct: 3864, generated: 9660, depth: 11 };

const problem = problemOf(innerFifo, innerFifoScope, [emptyBehind, neverFour]);
const satisfying = 3;

const modes = [
  ...engines,
  ["paranoid", paranoid(exploreFast)],
  ["resumed", (asked: typeof problem) => resumed(asked, 5)],
  ["within many switches", withinSwitches(exploreFast, 12)],
] as const;

describe.each(modes)("the buffer that its model bounds by a constraint, %s", (_, explore) => {
  test("has the counts that TLC publishes among the states that satisfy it", async () => {
    const found = await explore(problem as never);
    const { stop, states, constrained = 0, levels, findings } = found;
    expect(stop).toBe("constraint");
    expect(states - constrained).toBe(tlc.distinct);
    let last = 0;
    let id = 0;
    levels.forEach((size, depth) => {
      for (const end = id + size; id < end; id++)
        if ((found.state(id) as { length: number }).length <= satisfying) last = depth;
    });
    expect(last + 1).toBe(tlc.depth);
    expect(findings).toHaveLength(2);
  });

  test("judges the states beyond it as well, after a shortest run", async () => {
    const { findings } = await explore(problem as never);
    expect(findings[0].path).toBeUndefined();
    expect(replay(problem, findings[1].path!).steps).toHaveLength(8);
  });
});

test.each(engines)("takes the steps that TLC takes on the %s engine", async (_, explore) => {
  const { transitions } = await explore(problem);
  expect(transitions + problem.start.length).toBe(tlc.generated);
});

test("without the constraint the specification has more states than its slots", async () => {
  const { constraints: _, ...unbounded } = problem;
  await expect(exploreFast(unbounded)).rejects.toThrow(/declares no field q\[4\]/);
});

test("a constraint that no state is beyond leaves the search complete", async () => {
  const all = problemOf(
    { ...peterson, constraints: [{ id: "any", statement: "-", holds: () => true }] },
    { process: 2 },
    [mutualExclusion],
  );
  for (const [, explore] of engines) {
    const { stop, states, constrained, findings } = await explore(all);
    expect({ stop, states, constrained, findings: findings.length }).toEqual({
      stop: "exhausted",
      states: 42,
      constrained: 0,
      findings: 1,
    });
  }
});

test("a constraint that tells members apart is refused with symmetry", () => {
  type State = ReturnType<typeof increment.init>[number];
  const first = { id: "first", statement: "-", holds: (s: State) => s.thread[0].pc !== 3 };
  const all = { ...first, holds: (s: State) => s.thread.some(({ pc }) => pc !== 3) };
  const asked = (constraint: typeof first) =>
    withSymmetry(problemOf({ ...increment, constraints: [constraint] }, { thread: 3 }));
  expect(() => asked(first)).toThrow("thread: the property (beyond first) is not the same when thread 0");
  expect(asked(all).symmetry?.families).toEqual(["thread"]);
});

test("steps beyond a constraint are none that a bound on switches leaves out", async () => {
  const State = record({ x: int(0, 1), y: int(0, 1) });
  type State = ValueOf<typeof State>;
  const moves = (actor: "x" | "y", guard: (s: State) => boolean) =>
    actionOf<State>()(actor, {
      actor,
      guard,
      effect: (d) => {
        d[actor] = 1;
      },
    });
  const model = {
    name: "two",
    state: State,
    init: () => [{ x: 0, y: 0 }],
    actions: [moves("x", (s) => s.x + s.y === 0), moves("y", (s) => s.y === 0)],
    constraints: [{ id: "no-x", statement: "-", holds: (s: State) => s.x === 0 }],
  };
  const { stop, states, constrained } = await withinSwitches(exploreFast, 0)(problemOf(model, {}));
  expect({ stop, states, constrained }).toEqual({ stop: "constraint", states: 3, constrained: 1 });
});
