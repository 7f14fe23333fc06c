import { describe, expect, test } from "vitest";
import { exploreFast, exploreReference, problemOf, type AnyScenario, type Problem } from "#check";
import { confirm } from "../../src/check/confirm.ts";
import { coverageOf } from "../../src/check/coverage.ts";
import { below, counter, reaches, rises } from "../fixtures/counter.ts";

const posed = (scenario: AnyScenario): Problem<unknown> => {
  const { model, start } = scenario.build({ options: {} });
  return problemOf(model, scenario.scope, scenario.properties, start);
};

describe("a run that an engine hands over is not believed", () => {
  const problem = posed(counter({ last: 5, properties: [below(3), rises] }));
  const property = problem.properties[0];

  test("a run that ends in a violation is confirmed", () => {
    const { trace } = confirm(problem, property, { start: 0, steps: [0, 0, 0] });
    expect(trace.steps.at(-1)?.after).toEqual({ n: 3 });
  });

  test("one that ends before or is impossible is an internal error", () => {
    for (const steps of [[0, 0], [0, 0, 0, 0, 0, 0], [1], []])
      expect(() => confirm(problem, property, { start: 0, steps })).toThrow(
        expect.objectContaining({ code: "internal" }),
      );
  });

  test("a step property is judged by the last step", () => {
    expect(() => confirm(problem, problem.properties[1], { start: 0, steps: [0] })).toThrow(/does not end/);
    expect(() => confirm(problem, problem.properties[1], { start: 0, steps: [] })).toThrow(/does not end/);
  });
});

describe.each([
  ["reference", exploreReference],
  ["fast", exploreFast],
] as const)("runs to a violation, %s engine", (_, explore) => {
  const length = async (scenario: AnyScenario, depth?: number): Promise<readonly (number | undefined)[]> => {
    const problem = posed(scenario);
    const { findings } = await explore(problem, depth === undefined ? {} : { depth });
    return findings.map(({ path }, place) =>
      path === undefined ? undefined : confirm(problem, problem.properties[place], path).trace.steps.length,
    );
  };

  test("a violation in the start state has length 0", async () => {
    expect(await length(counter({ properties: [below(0)] }))).toEqual([0]);
  });

  test("a violation exactly at the depth bound is found, one step beyond is not", async () => {
    expect(await length(counter({ properties: [below(3), below(4)] }), 3)).toEqual([3, undefined]);
  });

  test("a violation only in a state without a next step is found", async () => {
    expect(await length(counter({ last: 5, properties: [below(5)] }))).toEqual([5]);
  });

  test("each property gets its own run", async () => {
    expect(await length(counter({ properties: [below(2), below(4), reaches(1), below(9)] }))).toEqual([
      2,
      4,
      1,
      undefined,
    ]);
  });

  test("an action that never fires is listed", async () => {
    const problem = posed(counter({ last: 0 }));
    expect(coverageOf(problem, await explore(problem))).toEqual({
      actions: [{ name: "COUNT", fired: 0, newStates: 0 }],
      neverFired: ["COUNT"],
    });
  });
});
