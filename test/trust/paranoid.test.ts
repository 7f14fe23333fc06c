import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exploreFast, problemOf, type AnyScenario, type Exploration, type Problem } from "#check";
import { oracles } from "../../models/textbook/index.ts";
import { outcomeOf } from "../../src/catalogue/outcome.ts";
import { posed } from "../../src/catalogue/answer.ts";
import type { Explore } from "../../src/problem/exploration.ts";
import { paranoid } from "../../src/doubt/paranoid.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { summary } from "../../src/report/summary.ts";
import { below, counter, reaches, rises } from "../fixtures/counter.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";
import { arbitraryProblem } from "../laws/arbitrary-model.ts";
import { arbitraryTiny } from "../liveness/arbitrary-tiny.ts";
import { enoughOf, runs } from "../fixtures/runs.ts";

const explore = (line: string, scenarios: readonly AnyScenario[] = oracles): Promise<Ran> =>
  run(`explore --scenario oracle/${line}`, {}, { ...catalogue, scenarios });
const words = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("explore --paranoid", () => {
  test("has the known answers of Peterson's lock, and says what was looked at again", async () => {
    const { code, stdout } = await explore("peterson --paranoid");
    expect(code).toBe(0);
    expect(words(stdout)).toContain("Paranoid: all 42 states and 76 transitions were met again");
    const plain = await explore("peterson");
    expect(words(plain.stdout)).not.toContain("Paranoid");
    const { paranoid, complete } = JSON.parse((await explore("peterson --paranoid --json")).stdout) as Record<
      string,
      unknown
    >;
    expect({ paranoid, complete }).toMatchObject({
      paranoid: { states: 42, transitions: 76, pairs: 76 * 11 },
      complete: true,
    });
    expect(JSON.parse((await explore("peterson --json")).stdout)).toHaveProperty("paranoid", null);
  });

  test("prints the violation that the search found", async () => {
    const { code, stdout } = await explore("two-phase-commit-hasty --paranoid");
    expect(code).toBe(0);
    expect(stdout).toMatch(/consistent +violated/);
    expect(stdout).toContain("Paranoid");
  });

  test("a search that a limit cut short is not looked at again, and says nothing of it", async () => {
    const { code, stdout } = await explore("peterson --paranoid --max-states 20");
    expect(code).toBe(3);
    expect(stdout).not.toContain("Paranoid");
    expect(stdout).not.toMatch(/\bholds\b/);
  });

  test.each([
    ["--symmetry", "at one of each class"],
    ["--por", "--por leaves steps out"],
    ["--reference", "which --reference is already"],
    ["--depth 3", "--depth bounds it"],
    ["--switches 1", "--switches bounds it"],
    ["--fail-fast", "--fail-fast may end it early"],
    ["--checkpoint d", "--checkpoint does not write down how much --paranoid has looked at again"],
    ["--resume d", "--paranoid takes nothing on trust, and --resume what was found before"],
    ["--workers 2", "--paranoid has one thread"],
  ])("with %s it is refused", async (flag, part) => {
    const { code, stdout, stderr } = await explore(`peterson --paranoid ${flag}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(part);
  });

  test("a guard that uses more than its state is refused", async () => {
    let calls = 0;
    const guard = ({ n }: { readonly n: number }): boolean => n < 5 && (n < 4 || calls++ % 7 !== 2);
    const { code, stdout, stderr } = await explore("counter --paranoid", [counter({ guard })]);
    expect(stdout).toBe("");
    expect([2, 70]).toContain(code);
    expect(stderr).toContain("not deterministic");
  });
});

test("where states and steps are many, steps are not verified to be independent, and it is said", async () => {
  const scenario = counter();
  const asked = { depth: null, switches: null, states: null, memoryBytes: null, seconds: null };
  const question = { scenario, choice: choiceOf(scenario, {}), properties: [], asked };
  const problem = posed(question);
  const said = async (most: number) => {
    const outcome = outcomeOf(question, problem, await paranoid(exploreFast, most)(problem));
    const effort = { seconds: 1, engine: "fast", workers: 1, peakMemoryBytes: 1, bytesPerState: 1 } as const;
    return words(summary(outcome, effort, []).join(" "));
  };
  expect(await said(5)).toContain("all 6 states and 5 transitions were met again");
  expect(await said(5)).toContain("was not verified: there are too many states");
  expect(await said(6)).not.toContain("was not verified");
});

test("a search that is stopped while it is looked at again, or its steps are verified, is one that was stopped", async () => {
  const problem = posed({
    scenario: counter(),
    choice: { options: {} },
    properties: [],
  });
  const stoppedAt = async (last: number) => {
    let pulses = 0;
    const found = await paranoid(exploreFast)(problem, {}, () => (pulses++ === last ? "time" : undefined));
    return { pulses, stop: found.stop, doubted: found.doubted };
  };
  const whole = await stoppedAt(-1);
  expect(whole).toMatchObject({ stop: "exhausted", doubted: { states: 6, pairs: 0 } });
  expect(whole.pulses).toBeGreaterThan(3);
  for (let last = 0; last < whole.pulses; last++)
    expect(await stoppedAt(last)).toEqual({ pulses: last + 1, stop: "time", doubted: undefined });
});

test("on generated models it finds nothing wrong", async () => {
  const any = fc.oneof(
    arbitraryProblem,
    arbitraryTiny.map(({ problem }) => problem as Problem<unknown>),
  );
  let looked = 0;
  await fc.assert(
    fc.asyncProperty(any, async (problem) => {
      let full: Exploration<unknown>;
      try {
        full = await exploreFast(problem, { states: 200 });
      } catch {
        return fc.pre(false);
      }
      fc.pre(full.stop === "exhausted");
      const { doubted } = await paranoid(exploreFast)(problem);
      expect(doubted).toMatchObject({ states: full.states, transitions: full.transitions });
      looked++;
    }),
    { numRuns: runs(300) },
  );
  expect(looked).toBeGreaterThan(enoughOf(100));
});

describe("an engine that is wrong is found out", () => {
  const { model, scope, properties, start } = (() => {
    const scenario = counter({ last: 6, properties: [below(4), reaches(3), rises, below(9)] });
    return { ...scenario, ...scenario.build({ options: {} }) };
  })();
  const problem = problemOf(model, scope, properties, start);
  type Lie = (found: Exploration<unknown>) => Partial<Exploration<unknown>>;
  const lying =
    (lie: Lie): Explore =>
    async <S>(of: Problem<S>) => {
      const found = await exploreFast(of);
      return { ...found, ...(lie(found) as Partial<Exploration<S>>) };
    };
  const finding =
    (place: number, change: object): Lie =>
    ({ findings }) => ({
      findings: findings.map((each, i) => (i === place ? { ...each, ...change } : each)),
    });

  test("the truth is not", async () => {
    const { doubted } = await paranoid(lying(() => ({})))(problem);
    expect(doubted).toMatchObject({ states: 7, transitions: 6 });
  });

  test.each<readonly [string, Lie]>([
    ["a state is missing", ({ levels }) => ({ states: 6, levels: levels.slice(0, -1) })],
    ["a state is another one", ({ state }) => ({ state: (id) => (id === 4 ? { n: 40 } : state(id)) })],
    ["a state is there twice", ({ state }) => ({ state: (id) => state(id === 4 ? 3 : id) })],
    ["two states changed places", ({ state }) => ({ state: (id) => state([0, 1, 2, 4, 3, 5, 6][id]) })],
    ["a transition is missing", () => ({ transitions: 5 })],
    ["a step was counted once too often", () => ({ fired: [7] })],
    ["a new state was counted for nobody", () => ({ newStates: [5] })],
    ["a level is said to be deeper", ({ levels }) => ({ levels: [...levels.slice(0, -2), 0, 1, 1] })],
    ["a dead state is forgotten", () => ({ deadlocks: 0 })],
    ["an antecedent was not counted", finding(3, { antecedent: 6 })],
    ["a violation is not reported", finding(0, { path: undefined })],
    ["a violation is reported that is none", finding(3, { path: { start: 0, steps: [0, 0] } })],
    ["a run is not the shortest", finding(0, { path: { start: 0, steps: [0, 0, 0, 0, 0] } })],
    ["a witness is not reported", finding(1, { path: undefined })],
    ["a step property is said to be broken", finding(2, { path: { start: 0, steps: [0] } })],
  ])("%s", async (_, lie) => {
    await expect(paranoid(lying(lie))(problem)).rejects.toThrow(
      expect.objectContaining({ code: "internal" }),
    );
  });

  test("two states that are equally deep changed places", async () => {
    const peterson = oracles.find(({ name }) => name === "oracle/peterson")!;
    const { model: lock, start: first } = peterson.build({ options: {} });
    const swapped = [0, 2, 1];
    const lie: Lie = ({ state }) => ({ state: (id) => state(swapped[id] ?? id) });
    const open = problemOf(lock, peterson.scope, [], first);
    await expect(paranoid(lying(lie))(open)).rejects.toThrow("its state 1 is not the 1th that is met");
  });

  test("a behaviour that goes on for ever was overlooked, or made up", async () => {
    const live = fc.sample(arbitraryTiny, { seed: 7, numRuns: 60 }).map(({ problem: each }) => each);
    let [overlooked, made] = [0, 0];
    for (const each of live) {
      const { findings } = await exploreFast(each);
      const broken = findings[0].path !== undefined;
      const lie = finding(0, { path: broken ? undefined : { start: 0, steps: [], loopAt: 0 } });
      await expect(paranoid(lying(lie))(each)).rejects.toThrow(/on the plain graph/);
      if (broken) overlooked++;
      else made++;
    }
    expect(Math.min(overlooked, made)).toBeGreaterThan(10);
  });
});
