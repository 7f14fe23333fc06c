import fc from "fast-check";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CheckError, problemOf, propertyOf, type Action, type Problem } from "#check";
import { watchNow } from "../../src/derive/evaluated.ts";
import { limitEvaluations } from "../../src/derive/evaluation-limit.ts";
import { main } from "../../src/command/program.ts";
import { endlessStepIn } from "../../src/problem/endless-step.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { engines } from "../fixtures/engines.ts";
import { fakeIo } from "../fixtures/io.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";
import { said } from "../fixtures/toy.ts";
import { counting, explorers, State } from "./counting.ts";

const { eventually, invariant, recurrent, step, weak } = propertyOf<State>();

/** Seconds of processor time. What ends here takes some millionths of it. */
const LIMIT = 0.05;
const why = `it has taken ${LIMIT} s of processor time and comes to no end`;

const spin = (): never => {
  for (;;);
};
/** Loops without end where n is 2, and looks at the state no more. */
const sick = ({ n }: State): boolean => (n === 2 ? spin() : true);

beforeEach(() => limitEvaluations(LIMIT));
afterEach(() => limitEvaluations(undefined));

describe.each(explorers)("B6: a loop that touches no field ends, %s", (_, explore) => {
  test.each<readonly [string, Partial<Action<State>>]>([
    ["a guard", { guard: (s) => sick(s) && s.n < 5 }],
    ["an effect", { effect: (d) => void (sick(d) && (d.n += 1)) }],
    [
      "an effect that has written",
      {
        effect: (d) => {
          d.n += 1;
          if (d.n === 3) spin();
        },
      },
    ],
    ["a guard on the successor", { guardAfter: (before) => sick(before) }],
  ])("B6: %s, as a verdict on the step, with the run to it", async (_, changes) => {
    const problem = counting(changes);
    const { stop, states, levels, endless } = await explore(problem);
    expect({ stop, states, levels, endless }).toEqual({
      stop: "violation",
      states: 3,
      levels: [1, 1, 1],
      endless: { start: 0, steps: [0, 0] },
    });
    expect(endlessStepIn(problem, { n: 2 })).toEqual({ step: problem.steps[0], why });
    expect(endlessStepIn(problem, { n: 1 })).toBeUndefined();
  });

  test.each([
    ["an invariant", invariant({ ...said, id: "p", holds: sick })],
    ["an antecedent", invariant({ ...said, id: "p", antecedent: sick, holds: () => true })],
    ["a step property", step({ ...said, id: "p", holds: (_, after) => sick(after) })],
  ])("B6: %s, as an error that names it, with the run to where it is asked", async (_, property) => {
    const error: unknown = await explore(counting({}, [property])).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CheckError);
    expect((error as CheckError).code).toBe("recipe");
    expect((error as CheckError).message).toContain(`${why}\n  in property p`);
    expect((error as CheckError).message).toContain("reached by count(by=1)");
  });
});

describe.each(engines)("B6: %s engine", (_, explore) => {
  test("B6: a condition of behaviours, and a property of them, that loop", async () => {
    const holds = ({ n }: State): boolean => n > 5;
    const live = counting({}, [eventually({ ...said, id: "live", holds: (s) => sick(s) && holds(s) })]);
    await expect(explore(live)).rejects.toThrow(`${why}\n  in property live`);
    const fair = counting({}, [
      eventually({ ...said, id: "fair", fairness: [weak(), recurrent("sick", sick)], holds }),
    ]);
    await expect(explore(fair)).rejects.toThrow(`${why}\n  in the fairness condition []<>(sick)`);
  });

  test("B6: what is slow and ends is never taken not to, however little of a processor it is given", async () => {
    const sleeper = new Int32Array(new SharedArrayBuffer(4));
    const sleep = (milliseconds: number): void => void Atomics.wait(sleeper, 0, 0, milliseconds);
    const sleeps = fc.record({
      guard: fc.constantFrom(0, 0, 120),
      before: fc.constantFrom(0, 0, 120),
      after: fc.constantFrom(0, 120, 300),
      holds: fc.constantFrom(0, 0, 120),
      at: fc.nat(4),
    });
    await fc.assert(
      fc.asyncProperty(sleeps, async ({ at, ...slow }) => {
        const pose = (pause: (milliseconds: number) => void): Problem<State> => {
          const pauseAt = ({ n }: State, milliseconds: number): void => {
            if (n === at) pause(milliseconds);
          };
          const changes: Partial<Action<State>> = {
            guard: (s) => {
              pauseAt(s, slow.guard);
              return s.n < 5;
            },
            effect: (d) => {
              pauseAt(d, slow.before);
              d.n += 1;
              // What was written before it was broken off is not written twice.
              if (d.n === at + 1) pause(slow.after);
            },
          };
          const holds = (s: State): boolean => {
            pauseAt(s, slow.holds);
            return s.n < 4;
          };
          return counting(changes, [invariant({ ...said, id: "p", holds })]);
        };
        limitEvaluations(LIMIT);
        const { stop, states, levels, findings } = await explore(pose(sleep));
        limitEvaluations(undefined);
        const is = await explore(pose(() => undefined));
        expect({ stop, states, levels, findings }).toEqual({
          stop: is.stop,
          states: is.states,
          levels: is.levels,
          findings: is.findings,
        });
      }),
      { numRuns: 12 },
    );
  });
});

test("B6: a limit that is no time is refused", () => {
  for (const seconds of [0, -1, NaN, Infinity, 3e6])
    expect(() => limitEvaluations(seconds)).toThrow(/seconds of processor time, more than 0/);
});

test("B6: the start of a model that loops", () => {
  const model = { name: "m", state: State, init: () => spin(), actions: [] };
  expect(() => problemOf(model, {})).toThrow(`${why}\n  in the start of the model "m"`);
});

const VARIABLE = "APICV_CHECK_EVALUATION_SECONDS";

/** The command line on a module whose guard and property are these. */
const run = async (line: string, guard: string, holds: string, seconds = String(LIMIT)) => {
  const file = join(temporaryFolder(), "mine.mjs");
  writeFileSync(
    file,
    `import { actionOf, int, propertyOf, record } from "apicv-check";
    import { scenarioOf } from "apicv-check/catalogue";
    const spin = () => { for (;;); };
    const count = actionOf()("count", { actor: "CPU0", guard: (s) => ${guard}, effect: (d) => { d.n += 1; } });
    const model = { name: "mine", state: record({ n: int(0, 9) }), init: () => [{ n: 0 }], actions: [count] };
    const below = propertyOf().invariant({ id: "below", statement: "-", holds: (s) => ${holds} });
    export default scenarioOf({ name: "my/loop", about: "-", scope: {}, model, properties: [below] });`,
  );
  const { io, written } = fakeIo();
  const before = process.env[VARIABLE];
  process.env[VARIABLE] = seconds;
  try {
    const code = await main(line.replace("FILE", file).split(" "), io, shipped);
    return { code, stdout: written.stdout.replaceAll(/\s+/g, " "), stderr: written.stderr };
  } finally {
    if (before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = before;
  }
};

const loops = "s.n === 2 ? spin() : s.n < 5";
const SAID = `every-step-ends violated after 2 steps, where count does not end: ${why}`;

test.each(["", "--reference", "--paranoid", "--por", "--switches 2", "--workers 2"])(
  "B6: in a module it is a verdict, which can be replayed: explore %s",
  async (flags) => {
    const { code, stdout, stderr } = await run(`explore FILE${flags && ` ${flags}`}`, loops, "true");
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toContain(SAID);
    expect(stdout).toContain("UNEXPECTED: holds was expected");
    expect(stdout).toContain("below unknown");
  },
);

test("B6: the run to a step that loops can be replayed", async () => {
  const { stdout } = await run("explore FILE --json", loops, "true");
  const [trace] = /my\/loop:\w+:every-step-ends:\w+/.exec(stdout)!;
  const again = await run(`replay ${trace} --file FILE`, loops, "true");
  expect([again.code, again.stderr]).toEqual([0, ""]);
  expect(again.stdout).toContain("every-step-ends: violated after 2 steps");
});

test("B6: check, simulate and properties of a module that loop", async () => {
  const gated = await run("check FILE", loops, "true");
  expect(gated.code).toBe(1);
  expect(gated.stdout).toContain("every-step-ends");
  const walked = await run("simulate FILE", loops, "true");
  expect([walked.code, walked.stderr]).toEqual([
    2,
    `apicv-check: ${why}\n  in the guard of count\n  in a walk that took count, count\n`,
  ]);
  for (const command of ["explore", "check", "simulate"]) {
    const { code, stderr } = await run(`${command} FILE`, "s.n < 5", "s.n === 2 ? spin() : true");
    expect([command, code]).toEqual([command, 2]);
    expect(stderr).toContain(`${why}\n  in property below`);
  }
});

test("B6: a limit in the environment that is none is refused, with the name of the variable", async () => {
  const { code, stdout, stderr } = await run("explore FILE", "s.n < 5", "true", "soon");
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`${VARIABLE}=soon: `);
});

test("B6: what this thread does after a command is watched as it was before", async () => {
  const before = watchNow();
  await run("explore FILE", "s.n < 5", "true", "5");
  expect(watchNow()).toBe(before);
});
