import { describe, expect, test } from "vitest";
import type { AnyScenario } from "#check";
import { below, counter, reaches, rises, type Counter } from "../fixtures/counter.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";

const engines = ["", "--reference"];
const explore = (scenario: AnyScenario, flags: string): Promise<Ran> =>
  run(`explore --scenario oracle/counter ${flags}`, {}, { ...catalogue, scenarios: [scenario] });

interface Report {
  readonly stop: string;
  readonly complete: boolean;
  readonly properties: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly trace: { readonly length: number } | null;
  }[];
}
/** Each property's verdict and the length of its run. */
const verdicts = async (scenario: AnyScenario, flags: string) => {
  const { stdout } = await explore(scenario, `${flags} --json`);
  const { properties } = JSON.parse(stdout) as Report;
  return properties.map(({ id, verdict, trace }) => [id, verdict, trace?.length ?? null]);
};

describe.each(engines)("S19: where a violation is makes no difference to its being found %s", (engine) => {
  test("in the start state", async () => {
    expect(await verdicts(counter({ properties: [below(0)] }), engine)).toEqual([["below-0", "violated", 0]]);
  });

  test("in the second of two start states", async () => {
    const scenario = counter({ start: [{ n: 0 }, { n: 7 }], properties: [below(7)] });
    expect(await verdicts(scenario, engine)).toEqual([["below-7", "violated", 0]]);
  });

  test("exactly at the bound, by a state and by the step to it; and one step beyond", async () => {
    const notTo3 = { ...rises, id: "not-to-3", holds: (_: unknown, after: { n: number }) => after.n !== 3 };
    const notTo4 = { ...rises, id: "not-to-4", holds: (_: unknown, after: { n: number }) => after.n !== 4 };
    const scenario = counter({ last: 9, properties: [below(3), notTo3, below(4), notTo4] as never });
    expect(await verdicts(scenario, `${engine} --depth 3`)).toEqual([
      ["below-3", "violated", 3],
      ["not-to-3", "violated", 3],
      ["below-4", "holds-to-bound", null],
      ["not-to-4", "holds-to-bound", null],
    ]);
  });

  test("in the one state without a next step", async () => {
    expect(await verdicts(counter({ last: 5, properties: [below(5)] }), engine)).toEqual([
      ["below-5", "violated", 5],
    ]);
  });

  test("for one choice of arguments only, the first or the last", async () => {
    const only = (chosen: number) => ({
      ...below(9),
      id: `only-${chosen}`,
      args: { v: [0, 1, 2] },
      holds: ({ n }: Counter, { v }: { readonly v?: unknown }) => v !== chosen || n < 2,
    });
    const properties = [only(0), only(1), only(2), only(3)];
    expect(await verdicts(counter({ properties }), engine)).toEqual([
      ["only-0", "violated", 2],
      ["only-1", "violated", 2],
      ["only-2", "violated", 2],
      ["only-3", "holds", null],
    ]);
  });

  test("after another property was violated, for each its own verdict", async () => {
    const properties = [below(2), below(4), reaches(1), below(9), rises];
    expect(await verdicts(counter({ last: 5, properties }), engine)).toEqual([
      ["below-2", "violated", 2],
      ["below-4", "violated", 4],
      ["reaches-1", "witnessed", 1],
      ["below-9", "holds", null],
      ["rises", "holds", null],
    ]);
  });
});

describe.each(engines)(
  "V6: what a recipe writes outside the schema is an error with the run to it %s",
  (engine) => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    test.each<readonly [string, unknown, string]>([
      ["out of range", 5001, "n = 5001 is outside int(0, 5000)"],
      ["below its range", -1, "n = -1 is outside int(0, 5000)"],
      ["a fraction", 0.5, "n = 0.5 is outside int(0, 5000)"],
      ["NaN", NaN, "n = NaN is outside int(0, 5000)"],
      ["infinite", Infinity, "n = Infinity is outside int(0, 5000)"],
      ["undefined", undefined, "n = undefined is outside int(0, 5000)"],
      ["null", null, "n = null is outside int(0, 5000)"],
      ["a word", "3", 'n = "3" is outside int(0, 5000)'],
      ["a big integer", 3n, "n = 3n is outside int(0, 5000)"],
      ["a record", { n: 3 }, "n = an object is outside int(0, 5000)"],
      ["an object that holds itself", cyclic, "n = an object is outside int(0, 5000)"],
    ])("%s", async (_, value, text) => {
      const effect = (d: { n: number }): void => {
        d.n = d.n < 2 ? d.n + 1 : (value as number);
      };
      const { code, stdout, stderr } = await explore(counter({ effect }), engine);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(text);
      expect(stderr).toContain("in COUNT, reached by COUNT, COUNT");
      expect(stderr).not.toMatch(/^\s+at /m);
    });

    test("a field that the schema does not have", async () => {
      const effect = (d: { n: number }): void => {
        (d as unknown as Record<string, number>)["m"] = d.n;
      };
      const { code, stdout, stderr } = await explore(counter({ effect }), engine);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(
        "the schema declares no field m: 0 is assigned to it\n  in COUNT, reached by no step",
      );
    });
  },
);

describe("V4: what was not exercised is said", () => {
  test("an action that is never enabled, and a property whose antecedent never occurs", async () => {
    const scenario = counter({
      last: 5,
      guard: ({ n }) => n < 0,
      properties: [{ ...below(9), id: "late", antecedent: ({ n }: Counter) => n > 7 }],
    });
    const { code, stdout } = await explore(scenario, "");
    expect(code).toBe(0);
    expect(stdout).toContain("No action fired.");
    expect(stdout).toMatch(/late +vacuous: its antecedent never occurs in the complete search/);
    expect(stdout).not.toMatch(/\bholds\b/);
  });

  test("one that was expected to hold is an unexpected verdict, strict or not", async () => {
    const scenario = counter({
      properties: [{ ...below(9), id: "late", antecedent: ({ n }: Counter) => n > 7 }],
      expected: [{ property: "late", verdict: "holds" }],
    });
    for (const flags of ["", "--strict"]) expect((await explore(scenario, flags)).code).toBe(1);
  });
});
