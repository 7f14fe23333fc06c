import { describe, expect, test } from "vitest";
import { oracles } from "../../models/textbook/index.ts";
import type { MutantResult } from "../../src/mutate/mutate-worlds.ts";
import { pretending } from "../../src/mutate/pretending.ts";
import { surveyed } from "../../src/mutate/survey.ts";
import { catalogue, run } from "../fixtures/io.ts";

const mutate = (line: string) => run(`mutate ${line} --quiet`, {}, { ...catalogue, scenarios: oracles });
const resultsOf = async (line: string): Promise<readonly MutantResult[]> => {
  const { code, stdout, stderr } = await mutate(`${line} --json`);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { readonly results: readonly MutantResult[] }).results;
};
const verdictsOf = async (line: string) =>
  Object.fromEntries((await resultsOf(line)).map(({ mutant, verdict }) => [mutant, verdict]));

describe("mutate", () => {
  test("says which property tells, and after how many steps", async () => {
    const verdicts = await verdictsOf("peterson");
    const told = (steps: number) => ({ kind: "killed", by: "mutual-exclusion", steps });
    expect(verdicts).toMatchObject({
      "a1: does not write process[].wants": told(8),
      "a3: does not look at process[].wants in its guard": { kind: "killed" },
      // Less happens, and what still does is right.
      "a3: is never taken": { kind: "survived" },
    });
    expect(Object.keys(verdicts)).toHaveLength(31);
  });

  test("leaves open what is larger than it may be, and says so of a whole world", async () => {
    const { stdout } = await mutate("two-phase-commit --max-states 10");
    expect(stdout).toContain("Not asked, since these worlds have more states than --max-states allows:");
    expect(stdout).toContain("oracle/two-phase-commit");
  });

  test("is refused where there is no such world", async () => {
    const { code, stderr } = await mutate("petersen");
    expect(stderr).toContain('did you mean "peterson"');
    expect(code).toBe(2);
  });
});

test("a state reads as pretended, and else as it is, and is not changed", () => {
  const state = { a: { b: 1, c: [2, 3] }, d: 4 };
  const seen = pretending(state, [
    { path: ["a", "c", 1], value: 9 },
    { path: ["d"], value: 8 },
  ]);
  expect(structuredClone({ ...seen, a: { b: seen.a.b, c: [...seen.a.c] } })).toEqual({
    a: { b: 1, c: [2, 9] },
    d: 8,
  });
  expect(seen.a.c.map((n) => n + 1)).toEqual([3, 10]);
  expect(Object.entries(seen.a.c)).toEqual([
    ["0", 2],
    ["1", 9],
  ]);
  expect(state).toEqual({ a: { b: 1, c: [2, 3] }, d: 4 });
});

test("a mutant is killed by one world, and equivalent only if it is so in all", () => {
  const of = (world: string, kind: "survived" | "equivalent" | "open") => ({
    world,
    version: "000000",
    mutant: "m",
    actor: "CPU",
    verdict: { kind },
  });
  const killed = { ...of("c", "open"), verdict: { kind: "killed", by: "p", steps: 3 } as const };
  const kindOf = (...results: readonly MutantResult[]) => surveyed(results)[0].kind;
  expect(kindOf(of("a", "equivalent"), of("b", "equivalent"))).toBe("equivalent");
  expect(kindOf(of("a", "equivalent"), of("b", "survived"))).toBe("survived");
  expect(kindOf(of("a", "survived"), of("b", "open"))).toBe("open");
  expect(kindOf(of("a", "survived"), killed, of("b", "open"))).toBe("killed");
});
