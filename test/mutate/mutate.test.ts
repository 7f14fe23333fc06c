import { describe, expect, test } from "vitest";
import { actionOf, bool, propertyOf, record, scenarioOf, type ValueOf } from "#check";
import { oracles } from "../../models/textbook/index.ts";
import type { MutantResult } from "../../src/mutate/mutate-worlds.ts";
import { pretending } from "../../src/mutate/pretending.ts";
import { surveyed } from "../../src/mutate/survey.ts";
import { catalogue, run } from "../fixtures/io.ts";

const Bits = record({ up: bool, guarded: bool, side: bool, spoilt: bool });
type Bits = ValueOf<typeof Bits>;
const action = actionOf<Bits>();
const property = propertyOf<Bits>();
const low: Bits = { up: false, guarded: false, side: false, spoilt: false };
const by = { actor: "CPU", args: {} };
/** Small, and with mutants of which a property says something else, though nothing is violated. */
const bits = scenarioOf<Bits>({
  name: "bits",
  about: "bits that are set and flipped",
  scope: {},
  model: {
    name: "bits",
    state: Bits,
    init: () => [low, { ...low, side: true }],
    actions: [
      action("raise", {
        ...by,
        guard: ({ up }) => !up,
        effect: (d) => {
          d.up = true;
          d.guarded = true;
        },
      }),
      action("spoil", {
        ...by,
        guard: ({ spoilt }) => !spoilt,
        effect: (d) => {
          d.spoilt = true;
          d.guarded = d.up;
        },
      }),
      action("flip", { ...by, guard: () => true, effect: (d) => void (d.side = !d.side) }),
    ],
  },
  properties: [
    property.invariant({
      id: "up-is-guarded",
      statement: "What is up is guarded.",
      antecedent: ({ up }) => up,
      holds: ({ guarded }) => guarded,
    }),
    property.invariant({
      id: "never-spoilt",
      statement: "Nothing is spoilt.",
      holds: ({ spoilt }) => !spoilt,
    }),
    property.step({
      id: "a-flip-leaves-the-rest",
      statement: "A flip leaves the rest as it is.",
      antecedent: (before, after) => before.side !== after.side,
      holds: (before, after) => before.up === after.up,
    }),
  ],
});

const scenarios = [...oracles, bits];
const parts = { raising: ["raise"], flipping: ["flip"] };
const mutate = (line: string) => run(`mutate ${line} --quiet`, {}, { ...catalogue, scenarios, parts });
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
    expect(Object.keys(verdicts)).toHaveLength(43);
  });

  test("counts a kill where more is violated, and other changes of a verdict apart", async () => {
    const { stdout } = await mutate("bits --json");
    const { rate, results } = JSON.parse(stdout) as {
      readonly rate: unknown;
      readonly results: readonly MutantResult[];
    };
    expect(Object.fromEntries(results.map(({ mutant, verdict }) => [mutant, verdict]))).toMatchObject({
      // Nobody gets to where the antecedent is true.
      "raise: is never taken": { kind: "changed", by: "up-is-guarded", says: "vacuous" },
      // What was violated no longer is.
      "spoil: is never taken": { kind: "changed", by: "never-spoilt", says: "holds" },
      // It is raised again where it is up, which nobody sees; what it writes here was so before.
      "raise: does not look at up in its guard": { kind: "equivalent" },
      "spoil: does not write guarded": { kind: "equivalent" },
      "raise: does not write guarded": { kind: "killed", by: "up-is-guarded", steps: 1 },
      // The same states, as often taken, and it leads elsewhere.
      "flip: does not write side": {
        kind: "changed",
        by: "a-flip-leaves-the-rest",
        says: "vacuous",
      },
    });
    expect(rate).toEqual({ differ: 9, killed: 1, changed: 8 });
    expect((await mutate("bits")).stdout.split("\n", 1)[0]).toBe(
      "12 mutants: 1 killed, 8 changed, 3 equivalent, 0 survived, 0 open; killed of those that differ: 11.1 % (1 of 9), with other changes of a verdict 100.0 % (9 of 9)",
    );
  });

  test("says the rate of each part, and what tells each mutant", async () => {
    const { stdout } = await mutate("bits");
    const lines = stdout.split("\n").map((line) => line.trim());
    expect(lines.slice(lines.indexOf("By part:") + 1, lines.indexOf("By world:") - 1)).toEqual([
      "flipping: 2 mutants: 0 killed, 2 changed, 0 equivalent, 0 survived, 0 open; killed of those that differ: 0.0 % (0 of 2), with other changes of a verdict 100.0 % (2 of 2)",
      "raising: 5 mutants: 1 killed, 3 changed, 1 equivalent, 0 survived, 0 open; killed of those that differ: 25.0 % (1 of 4), with other changes of a verdict 100.0 % (4 of 4)",
      "of none: 5 mutants: 0 killed, 3 changed, 2 equivalent, 0 survived, 0 open; killed of those that differ: 0.0 % (0 of 3), with other changes of a verdict 100.0 % (3 of 3)",
    ]);
    expect(lines).toContain("raise: does not write guarded: up-is-guarded after 1 step, in bits");
    expect(lines).toContain("raise: is never taken: up-is-guarded (vacuous), in bits");
    const { stdout: json } = await mutate("bits --json");
    expect(JSON.parse(json)).toMatchObject({ parts: { flipping: { killed: 0 } } });
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
    asked: "000000",
    mutant: "m",
    action: "raise",
    actor: "CPU",
    verdict: { kind },
  });
  const killed = { ...of("c", "open"), verdict: { kind: "killed", by: "p", steps: 3 } as const };
  const kindOf = (...results: readonly MutantResult[]) => surveyed(results)[0].kind;
  expect(kindOf(of("a", "equivalent"), of("b", "equivalent"))).toBe("equivalent");
  expect(kindOf(of("a", "equivalent"), of("b", "survived"))).toBe("survived");
  expect(kindOf(of("a", "survived"), of("b", "open"))).toBe("open");
  expect(kindOf(of("a", "survived"), killed, of("b", "open"))).toBe("killed");
  const sooner = { ...of("e", "open"), verdict: { kind: "killed", by: "q", steps: 2 } as const };
  expect(surveyed([killed, sooner])[0].told).toEqual({ world: "e", by: "q", steps: 2, says: null });
  const parts = { bits: ["raise"], rest: ["raise", "spoil"] };
  expect(surveyed([killed], parts)[0].part).toBe("bits");
  expect(surveyed([killed], { rest: ["spoil"] })[0]).toMatchObject({ part: null });
  const changed = { ...of("d", "open"), verdict: { kind: "changed", by: "p", says: "vacuous" } as const };
  expect(kindOf(of("a", "open"), changed)).toBe("changed");
  expect(kindOf(changed, killed)).toBe("killed");
});
