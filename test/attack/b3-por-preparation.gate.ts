import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  bool,
  exploreFast,
  exploreReference,
  int,
  propertyOf,
  record,
  reduced,
  shelve,
  vector,
  verifyIndependence,
  type Problem,
  type Property,
} from "#check";
import { touchesOf } from "../../src/methods/por/prepare.ts";
import { reducedUnless } from "../../src/methods/por/reduced.ts";
import { agree } from "../fixtures/agree.ts";
import { said, toy } from "../fixtures/toy.ts";
import { catalogue, run } from "../fixtures/io.ts";
import { share } from "../fixtures/runs.ts";

/** `b` is 0 as long as `a` is even, and 1 as long as it is odd: a loop may rely on that. */
interface Parity {
  readonly a: number;
  readonly b: number;
}
const Parity = record({ a: int(0, 9), b: int(0, 1) });
type Draft = { -readonly [K in keyof Parity]: number };
/** Takes steps of two until it meets a number; for ever where one is even and the other odd. */
const meet = (from: number, to: number): boolean => {
  let at = from;
  while (at !== to) at = (at + 2) % 10;
  return true;
};
const counts = {
  UP: { guard: ({ a }: Parity) => a < 8, effect: (d: Draft) => void (d.a += 2) },
  TURN: { guard: ({ a }: Parity) => a === 8, effect: (d: Draft) => void Object.assign(d, { a: 1, b: 1 }) },
};
const posed = (
  more: Parameters<typeof toy<Parity>>[3],
  properties: readonly Property<Parity>[] = [],
): Problem<Parity> => toy<Parity>(Parity, {}, [{ a: 0, b: 0 }], { ...counts, ...more }, properties);
const { invariant, step } = propertyOf<Parity>();
const idle = { guard: ({ a }: Parity) => a === 9, effect: () => undefined };
const endless: readonly (readonly [what: string, named: string, problem: Problem<Parity>])[] = [
  ["a recipe", "WAIT", posed({ WAIT: { effect: ({ a, b }: Draft) => void meet(a, b) } })],
  [
    "a recipe that reads and writes all the time",
    "WRITE",
    posed({
      WRITE: {
        guard: ({ a }) => a > 0,
        effect: (d: Draft) => {
          const was = d.a;
          while (d.a !== d.b) d.a = (d.a + 2) % 10;
          d.a = was;
        },
      },
    }),
  ],
  ["a guard", "WAIT", posed({ WAIT: { guard: ({ a, b }) => meet(a, b), effect: () => undefined } })],
  [
    "an invariant",
    "meets",
    posed({}, [invariant({ ...said, id: "meets", holds: ({ a, b }) => meet(a, b) })]),
  ],
  [
    "a property of steps",
    "TURN",
    posed({}, [step({ ...said, id: "meets", holds: ({ a, b }) => meet(a, b) })]),
  ],
];

/** What it takes a second to find out that it does not end, once. */
const parts = new Map<Problem<Parity>, Problem<Parity>>();
const partOf = (problem: Problem<Parity>): Problem<Parity> => {
  const part = parts.get(problem) ?? reduced(problem);
  parts.set(problem, part);
  return part;
};
/** By night all kinds. */
const kinds = share === 1 ? endless : endless.filter((_, i) => i % 2 === 0);

describe("B3: what ends in every state, but not with values that no state has together", () => {
  test.each(kinds)("%s", async (_, named, problem) => {
    const part = partOf(problem);
    expect(part.dependence).toBeUndefined();
    expect(part.notReduced).toBe(`${named} does not end with some values that leaves might have together`);
    const { state: _state, row: _row, codes: _codes, path: _path, ...full } = await exploreReference(problem);
    expect(full).toMatchObject({ states: 10, stop: "exhausted" });
    const answer = await agree(part);
    expect(answer).toMatchObject({ found: { states: 10, levels: full.levels, findings: full.findings } });
  });

  test("brute force verifies that too, and finds no fault", async () => {
    expect(await verifyIndependence(endless[0][2])).toMatchObject({ stop: "exhausted", states: 10 });
  });

  test("what ends is reduced as ever", () => {
    const part = reduced(posed({ IDLE: idle }));
    expect(part.notReduced).toBeUndefined();
    expect(part.dependence).toBeDefined();
  });

  test("the bounds that are refused where steps are left out are refused here too", async () => {
    await expect(exploreFast(partOf(endless[0][2]), { depth: 3 })).rejects.toThrow("a bound on depth");
  });

  describe("explore --por", () => {
    const scenario = (problem: Problem<Parity>) =>
      shelve<Parity>({
        name: "oracle/parity",
        about: "Goes by two",
        options: [],
        scope: {},
        start: "zero",
        properties: problem.properties,
        expected: [],
        build: () => ({ model: problem.model, start: problem.start }),
      });
    const low = invariant({ ...said, id: "low", holds: ({ a }) => a < 10 });
    const explore = (line: string, more: Parameters<typeof posed>[0]) =>
      run(
        `explore --scenario oracle/parity --por ${line}`,
        {},
        { ...catalogue, scenarios: [scenario(posed(more, [low]))] },
      );
    const hangs = { WAIT: { effect: ({ a, b }: Draft) => void meet(a, b) } };

    test("says why nothing was left out, in words and as data, and gives the verdict of the whole search", async () => {
      const dir = mkdtempSync(join(tmpdir(), "apicv-check-"));
      const { code, stdout } = await explore(`--report json=${join(dir, "it.json")}`, hangs);
      const { reductions } = JSON.parse(readFileSync(join(dir, "it.json"), "utf8")) as {
        readonly reductions: unknown;
      };
      rmSync(dir, { recursive: true });
      expect(code).toBe(0);
      const words = stdout.replaceAll(/\s+/g, " ");
      expect(words).toContain("Not reduced by --por: WAIT does not end with some values");
      expect(words).toContain("10 states, ");
      expect(words).not.toContain("reduced graph");
      expect(words).toContain("low holds: complete search");
      expect(reductions).toEqual({
        symmetry: false,
        por: false,
        notReduced: "WAIT does not end with some values that leaves might have together",
      });
    });

    test("says as data where it was reduced", async () => {
      const { stdout } = await explore("--json", { IDLE: idle });
      expect(JSON.parse(stdout)).toMatchObject({ reductions: { symmetry: false, por: true } });
    });

    test("ends at the time limit while it finds out what steps may do", async () => {
      const late = {
        now: (
          (clock) => () =>
            (clock += 1e6)
        )(0),
      };
      const args = `explore --scenario oracle/parity --por --time-limit 1s`;
      const world = { ...catalogue, scenarios: [scenario(posed(hangs, [low]))] };
      const { code, stdout } = await run(args, late, world);
      expect(code).toBe(3);
      expect(stdout).toContain("the search was stopped before it began");
    });
  });
});

describe("B3: what takes long to find out", () => {
  const Bits = record({ bit: vector("bit", bool), a: int(0, 3) });
  interface Bits {
    readonly bit: readonly boolean[];
    readonly a: number;
  }
  const count = (bit: readonly boolean[]): number => bit.filter(Boolean).length;
  /** 1,835 states, and a million combinations of what each step reads. */
  const many = toy<Bits>(Bits, { bit: 14 }, [{ bit: Array.from({ length: 14 }, () => false), a: 0 }], {
    SUM: {
      guard: ({ bit, a }) => count(bit) === 2 && a < 3,
      effect: (d: { a: number }) => void d.a++,
    },
    SET: {
      args: { b: "bit" },
      guard: ({ bit }, { b }) => !bit[Number(b)] && count(bit) < 3,
      effect: (d: { bit: boolean[] }, { b }) => void (d.bit[Number(b)] = true),
    },
  });

  test("is not found out, and nothing is left out", async () => {
    const part = reduced(many);
    expect(part.notReduced).toBe("what its steps may do would take too long to find out");
    expect(await exploreFast(part)).toMatchObject({ states: 1835, stop: "exhausted" });
  });

  test("counters of many values are no such thing: each value is looked at once", () => {
    const Two = record({ a: int(0, 599), b: int(0, 599) });
    const steps = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        `COUNT${i}`,
        { guard: ({ a }: Parity) => a < 599, effect: (d: Draft) => void (d.a += 1) },
      ]),
    );
    const problem = toy<Parity>(Two, {}, [{ a: 0, b: 0 }], steps);
    expect(touchesOf(problem)).toMatchObject({ runs: 20 * 600 });
    expect(reduced(problem).dependence).toBeDefined();
  });

  test("one step that can be told nothing of leaves the others reducible", () => {
    const Three = record({ a: int(0, 200), b: int(0, 200), c: int(0, 3) });
    interface Three extends Parity {
      readonly c: number;
    }
    const problem = toy<Three>(Three, {}, [{ a: 0, b: 0, c: 0 }], {
      A: { guard: ({ a }) => a < 200, effect: (d: { a: number }) => void d.a++ },
      B: { guard: ({ b }) => b < 200, effect: (d: { b: number }) => void d.b++ },
      C: { guard: ({ a, b, c }) => c === 0 && a + b === 7, effect: (d: { c: number }) => void d.c++ },
    });
    const { steps } = touchesOf(problem);
    expect(steps.map((touch) => touch !== undefined)).toEqual([true, true, false]);
  });

  test("the pulse is asked meanwhile, and a stop leaves the question as it was", async () => {
    const asked: unknown[] = [];
    const part = await reducedUnless(many, (progress) => {
      asked.push(progress);
      return asked.length === 3 ? "interrupted" : undefined;
    });
    expect(asked).toHaveLength(3);
    expect(part).toMatchObject({ notReduced: "the search was stopped before it began" });
    expect(part.dependence).toBeUndefined();
  });

  test("steps that read more leaves than there are calls within calls", async () => {
    const Wide = record({ rows: vector("row", vector("column", vector("depth", bool))), n: int(0, 1) });
    interface Wide {
      readonly rows: readonly (readonly (readonly boolean[])[])[];
      readonly n: number;
    }
    const rows = Array.from({ length: 64 }, () =>
      Array.from({ length: 64 }, () => Array.from({ length: 3 }, () => false)),
    );
    const problem = toy<Wide>(Wide, { row: 64, column: 64, depth: 3 }, [{ rows, n: 0 }], {
      UP: {
        guard: (s) => s.n < 1 && !s.rows.some((row) => row.some((cells) => cells.some(Boolean))),
        effect: (d: { n: number }) => void d.n++,
      },
    });
    expect(await exploreFast(reduced(problem))).toMatchObject({ states: 2 });
    expect(await verifyIndependence(problem)).toMatchObject({ states: 2 });
  });
});
