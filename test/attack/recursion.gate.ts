import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CheckError, exploreFast, problemOf, propertyOf, type AnyScenario, type Problem } from "#check";
import { engines } from "../fixtures/engines.ts";
import { endlessStepIn } from "../../src/problem/endless-step.ts";
import { below, counter, type Counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";
import { said } from "../fixtures/toy.ts";
import { counting, explorers, State } from "./counting.ts";

const { eventually, invariant, recurrent, step, weak } = propertyOf<State>();

const endless = (depth: number): boolean => endless(depth + 1) && endless(depth + 2);
/** Recurses without end where n is 2. */
const sick = ({ n }: State): boolean => (n === 2 ? endless(0) : true);

/** Loops without end where n is 2. */
const loops = (s: State): boolean => {
  let rounds = 0;
  while (s.n === 2) rounds++;
  return rounds === 0 && s.n < 5;
};

const why = "it recurses without end, or too deep: the call stack is full";
const steps: readonly (readonly [string, Problem<State>])[] = [
  ["a guard", counting({ guard: (s) => sick(s) && s.n < 5 })],
  ["an effect", counting({ effect: (d) => void (sick(d) && (d.n += 1)) })],
];
const properties: readonly (readonly [string, Problem<State>, string])[] = [
  ["an invariant", counting({}, [invariant({ ...said, id: "p", holds: sick })]), "property p"],
  [
    "an antecedent, with arguments",
    counting({}, [invariant({ ...said, id: "p", args: { k: [7] }, antecedent: sick, holds: () => true })]),
    'property p {"k":7}',
  ],
  [
    "a step property",
    counting({}, [step({ ...said, id: "p", holds: (_, after) => sick(after) })]),
    "property p",
  ],
];
describe.each(explorers)("B6: a step that does not end is where the search ends, %s", (_, explore) => {
  test.each(steps)("B6: %s that recurses", async (_, problem) => {
    const { stop, states, levels, frontier, endless } = await explore(problem);
    expect({ stop, states, levels, frontier, endless }).toEqual({
      stop: "violation",
      states: 3,
      levels: [1, 1, 1],
      frontier: 1,
      endless: { start: 0, steps: [0, 0] },
    });
    expect(endlessStepIn(problem, { n: 2 })).toEqual({ step: problem.steps[0], why });
    expect(endlessStepIn(problem, { n: 1 })).toBeUndefined();
  });

  test("B6: an effect that loops, and reads and writes its draft", async () => {
    const effect = (d: { n: number }): void => {
      while (d.n === 2) d.n = 2;
      d.n += 1;
    };
    const { model, ...rest } = counting({ effect });
    const { endless, states } = await explore({ ...rest, model: { ...model, mostAccesses: 1000 } });
    expect({ endless, states }).toEqual({ endless: { start: 0, steps: [0, 0] }, states: 3 });
  });

  test.each([
    ["a guard", { guard: loops }],
    ["a guard on the successor", { guardAfter: (before: State) => loops(before) }],
  ])("B6: %s that loops, and reads the state", async (_, changes) => {
    const { model, ...rest } = counting(changes);
    const problem = { ...rest, model: { ...model, mostAccesses: 1000 } };
    const { endless, states, stop } = await explore(problem);
    expect({ endless, states, stop }).toEqual({
      endless: { start: 0, steps: [0, 0] },
      states: 3,
      stop: "violation",
    });
    expect(endlessStepIn(problem, { n: 2 })).toEqual({
      step: problem.steps[0],
      why: "it reads and writes the state 1000 times and comes to no end",
    });
  });

  test("B6: but not one beyond the bound", async () => {
    for (const [, problem] of steps) {
      const { stop, endless } = await explore(problem, { depth: 2 });
      expect([stop, endless]).toEqual(["depth", undefined]);
    }
  });
});

test("B6: an effect may read and write as often as its model says, by either engine's count", async () => {
  const accesses = fc.record({ reads: fc.nat(9), writes: fc.nat(9), most: fc.integer({ min: 1, max: 18 }) });
  await fc.assert(
    fc.asyncProperty(accesses, async ({ reads, writes, most }) => {
      const problem = counting({
        effect: (d) => {
          let read = 0;
          for (let i = 0; i < reads; i++) read += d.n;
          for (let i = 0; i < writes; i++) d.n = read < 0 ? 8 : 5;
        },
      });
      for (const [, explore] of engines) {
        const limited = { ...problem, model: { ...problem.model, mostAccesses: most } };
        expect((await explore(limited)).endless !== undefined).toBe(reads + writes > most);
      }
    }),
    { numRuns: 40 },
  );
});

test("B6: a guard and a property may read as often as their model says, by either engine's count", async () => {
  const reads = fc.record({ guard: fc.nat(9), antecedent: fc.nat(4), holds: fc.nat(4) });
  const often = (s: State, times: number): boolean => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += s.n;
    return sum >= 0;
  };
  await fc.assert(
    fc.asyncProperty(reads, fc.integer({ min: 2, max: 9 }), async (reads, most) => {
      const { model, ...rest } = counting({ guard: (s) => often(s, reads.guard) }, [
        invariant({
          ...said,
          id: "p",
          antecedent: (s) => often(s, reads.antecedent),
          holds: (s) => often(s, reads.holds),
        }),
      ]);
      const problem = { ...rest, model: { ...model, mostAccesses: most } };
      const error = async (explore: (typeof engines)[number][1]): Promise<unknown> => {
        try {
          const { endless, stop } = await explore(problem, { depth: 2 });
          return { endless, stop };
        } catch (error) {
          return (error as Error).message;
        }
      };
      const [is, ...others] = await Promise.all(engines.map(([, explore]) => error(explore)));
      const looks = reads.antecedent + reads.holds > most;
      expect(typeof is === "string").toBe(looks);
      expect(looks || (is as { endless: unknown }).endless !== undefined).toBe(looks || reads.guard > most);
      for (const other of others) expect(other).toEqual(is);
    }),
    { numRuns: 40 },
  );
});

test("B6: without a number of its own a guard may read the state a million times, in the fast engine", async () => {
  const problem = counting({ guard: loops });
  const { endless } = await exploreFast(problem);
  expect(endless).toEqual({ start: 0, steps: [0, 0] });
});

describe.each(explorers)(
  "B6: a property that loops is called so, with the run to where it does, %s",
  (_, explore) => {
    test.each([
      ["an invariant", invariant({ ...said, id: "p", holds: loops })],
      ["a step property", step({ ...said, id: "p", holds: (_, after) => loops(after) })],
    ])("B6: %s", async (_, property) => {
      const { model, ...rest } = counting({}, [property]);
      const error: unknown = await explore({ ...rest, model: { ...model, mostAccesses: 1000 } }).catch(
        (error: unknown) => error,
      );
      expect((error as CheckError).code).toBe("recipe");
      expect((error as CheckError).message).toContain("comes to no end\n  in property p");
      expect((error as CheckError).message).toContain("reached by count(by=1)");
    });
  },
);

describe.each(explorers)(
  "B6: a property that recurses is called so, with the run to where it does, %s",
  (_, explore) => {
    test.each(properties)("B6: %s", async (_, problem, where) => {
      const error: unknown = await explore(problem).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(CheckError);
      expect((error as CheckError).code).toBe("recipe");
      expect((error as CheckError).message).toContain(`${why}\n  in ${where}`);
      expect((error as CheckError).message).toContain("reached by count(by=1)");
    });
  },
);

test.each(engines)(
  "B6: a property and a condition of behaviours that recurse, %s engine",
  async (_, explore) => {
    const holds = ({ n }: State): boolean => n > 5;
    const live = counting({}, [eventually({ ...said, id: "live", holds: (s) => sick(s) && holds(s) })]);
    await expect(explore(live)).rejects.toThrow(`${why}\n  in property live`);
    const fair = counting({}, [
      eventually({ ...said, id: "fair", fairness: [weak(), recurrent("sick", sick)], holds }),
    ]);
    await expect(explore(fair)).rejects.toThrow(`${why}\n  in the fairness condition []<>(sick)`);
  },
);

test("B6: a start and an actor that recurse", () => {
  const actor = (): string => String(endless(0));
  expect(() => counting({ actor })).toThrow(`${why}\n  in the actor of count(by=1)`);
  const model = { name: "m", state: State, init: () => [{ n: Number(endless(0)) }], actions: [] };
  expect(() => problemOf(model, {})).toThrow(`${why}\n  in the start of the model "m"`);
});

const guard = ({ n }: Counter): boolean => (n === 2 ? endless(0) : n < 5);
const world = counter({ guard, properties: [below(9)] });

test("B6: on the command line it is a verdict on the step, with the run to it", async () => {
  for (const flags of ["", "--reference", "--paranoid", "--switches 2", "--por"]) {
    const { code, stdout, stderr } = await run(`explore ${flags}`, {}, { ...catalogue, scenarios: [world] });
    expect([flags, code, stderr]).toEqual([flags, 1, ""]);
    const text = stdout.replaceAll(/\s+/g, " ");
    expect(text).toContain(`every-step-ends violated after 2 steps, where COUNT does not end: ${why}`);
    expect(text).toContain("UNEXPECTED: holds was expected");
    expect(text).toContain("below-9 unknown");
    expect(text).toContain("Incomplete: stopped where a step does not end");
    expect(text).not.toContain("--fail-fast");
    const [trace] = /oracle\/counter:\S+:every-step-ends:\S+/.exec(stdout)!;
    const again = await run(`replay ${trace}`, {}, { ...catalogue, scenarios: [world] });
    expect([again.code, again.stderr]).toEqual([0, ""]);
    expect(again.stdout).toContain("every-step-ends: violated after 2 steps");
  }
});

test("B6: on the command line a guard that loops is such a verdict, too", async () => {
  const waits = counter({
    guard: (s) => {
      let rounds = 0;
      while (s.n === 2) rounds++;
      return rounds === 0 && s.n < 5;
    },
    properties: [below(9)],
  });
  const { code, stdout } = await run("explore", {}, { ...catalogue, scenarios: [waits] });
  expect(code).toBe(1);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    "every-step-ends violated after 2 steps, where COUNT does not end: it reads and writes the state 1000000 times",
  );
});

test("B6: a gate fails where a step does not end, and the version of such a model is found", async () => {
  const looping = counter({
    effect: (d) => {
      while (d.n === 3) d.n = 3;
      d.n += 1;
    },
    properties: [below(9)],
    expected: [{ property: "below-9", verdict: "holds" }],
  });
  const build: AnyScenario["build"] = (choice) => {
    const { model, ...rest } = looping.build(choice);
    return { ...rest, model: { ...model, mostAccesses: 1000 } };
  };
  const { code, stdout } = await run("check", {}, { ...catalogue, scenarios: [{ ...looping, build }] });
  expect(code).toBe(1);
  expect(stdout).toContain("every-step-ends");
});

test("B6: a property that recurses is an error of the model, exit code 2, and asks for no report", async () => {
  const properties = [{ ...below(9), holds: ({ n }: Counter): boolean => (n === 2 ? endless(0) : true) }];
  for (const flags of ["", "--reference", "--paranoid"]) {
    const { code, stderr } = await run(
      `explore ${flags}`,
      {},
      { ...catalogue, scenarios: [counter({ properties })] },
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`${why}\n  in property below-9\n  in COUNT, reached by COUNT`);
    expect(stderr).not.toContain("report");
  }
});
