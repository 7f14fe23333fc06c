import { describe, expect, test } from "vitest";
import { problemOf, propertyOf, replay } from "#check";
import { jugs, neverMeasured } from "../../models/textbook/die-hard.ts";
import { engines } from "../fixtures/engines.ts";
import { testRow } from "./row.ts";

const measured = (gallons: number) =>
  propertyOf<{ readonly amount: readonly number[] }>().sometimes({
    id: "measured",
    statement: "-",
    holds: (s) => s.amount.includes(gallons),
  });

describe("die hard", () => {
  testRow("3 and 5 gallons measure 4", {
    model: jugs([3, 5]),
    scope: { jug: 2 },
    properties: [neverMeasured(4), measured(4)],
    states: 16,
    transitions: 96,
    depth: 7,
    dead: 0,
    loops: 38,
    levels: [1, 2, 3, 2, 2, 2, 2, 2],
    fired: { Fill: 32, Empty: 32, Pour: 32 },
    found: { "never-4-gallons": 6, measured: 6 },
    seen: { measured: 2 },
  });
  testRow("3, 5 and 8 gallons measure 4", {
    model: jugs([3, 5, 8]),
    scope: { jug: 3 },
    properties: [neverMeasured(4), measured(4)],
    states: 160,
    transitions: 1920,
    depth: 11,
    dead: 0,
    loops: 646,
    found: { "never-4-gallons": 6, measured: 6 },
    seen: { measured: 36 },
  });
  testRow("3, 6 and 9 gallons never measure 4", {
    model: jugs([3, 6, 9]),
    scope: { jug: 3 },
    properties: [neverMeasured(4)],
    states: 24,
    transitions: 288,
    depth: 4,
    dead: 0,
    loops: 138,
    found: {},
  });
  testRow("3, 3 and 5 gallons measure 4", {
    model: jugs([3, 3, 5]),
    scope: { jug: 3 },
    properties: [neverMeasured(4), measured(4)],
    states: 80,
    transitions: 960,
    depth: 10,
    dead: 0,
    loops: 356,
    found: { "never-4-gallons": 5, measured: 5 },
    seen: { measured: 12 },
  });

  test.each(engines)("the only solution in six steps, on the %s engine", async (_, explore) => {
    const problem = problemOf(jugs([3, 5]), { jug: 2 }, [neverMeasured(4)]);
    const { path } = (await explore(problem)).findings[0];
    const trace = replay(problem, path!);
    expect(trace.steps.map(({ step, after }) => [step.action.name, ...after.amount])).toEqual([
      ["Fill", 0, 5],
      ["Pour", 3, 2],
      ["Empty", 0, 2],
      ["Pour", 2, 0],
      ["Fill", 2, 5],
      ["Pour", 3, 4],
    ]);
  });
});
