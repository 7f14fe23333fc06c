import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bool, exploreReference, int, problemOf, record, replay, type Domain, type Problem } from "#check";
import { inDirectory } from "../checkpoint/kept.ts";
import { counter } from "../fixtures/counter.ts";
import { run } from "../fixtures/io.ts";
import * as catalogue from "../../scenarios/index.ts";
import { posting } from "../fixtures/posting.ts";
import { arbitraryProblem } from "../laws/arbitrary-model.ts";
import { pathOf, scheduleOf } from "../../src/check/schedule.ts";
import { versionOf } from "../../src/check/model-version.ts";
import { leavesOf } from "../../src/derive/component.ts";
import type { Action } from "../../src/model/action.ts";
import type { PathKey } from "../../src/state-path.ts";
import { m13 } from "../../scenarios/mutations/timer.ts";
import { m1, m3 } from "../../scenarios/mutations/run-loop.ts";
import { timer } from "../../scenarios/timer/timer.ts";
import { timerModesWorld } from "../../scenarios/timer/timer-modes.ts";
import { worldWith } from "../../scenarios/world.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";

/** So few states are all in the sample. */
const FEW = 24;

const withActions = <S>(
  { model, scope, start, properties }: Problem<S>,
  actions: readonly Action<S>[],
): Problem<S> => problemOf({ ...model, actions }, scope, properties, start);

/** What can happen, as text: each transition by the state it leaves, its step and the state it reaches. */
const graphOf = async (problem: Problem<unknown>): Promise<string | undefined> => {
  const { model, scope } = problem;
  const found = await exploreReference(problem, { states: FEW + 1 });
  if (found.stop !== "exhausted" || found.states > FEW) return undefined;
  const moves = Array.from({ length: found.states }, (_, id) => found.state(id)).flatMap((state) =>
    problem.steps.map((step) => {
      if (!step.action.guard(state, step.args)) return "";
      const alone = problemOf({ ...model, actions: [step.action] }, scope, [], [state]);
      const { after } = replay(alone, { start: 0, steps: [0] }).steps[0];
      return JSON.stringify([state, step.action.name, after]);
    }),
  );
  return JSON.stringify(moves.filter((move) => move !== "").toSorted());
};

const put = (draft: unknown, path: readonly PathKey[], value: unknown): void => {
  const parent = path.slice(0, -1).reduce((here, key) => (here as Record<PathKey, never>)[key], draft);
  (parent as Record<PathKey, unknown>)[path.at(-1)!] = value;
};

/** The model with one action that assigns a value to one leaf behind all it did, or that has no guard. */
const changed = (problem: Problem<unknown>, at: number, leaf: number, code: number): Problem<unknown> => {
  const { model, scope } = problem;
  const leaves = leavesOf(model.state.node, scope);
  const { path, size, decode } = leaves[leaf % leaves.length];
  const actions = model.actions.map((action, i): Action<unknown> => {
    if (i !== at % model.actions.length) return action;
    if (code === 0) return { ...action, guard: () => true };
    const effect = (draft: unknown, args: never): void => {
      action.effect(draft as never, args);
      put(draft, path, decode(code % size));
    };
    return { ...action, effect: effect as Action<unknown>["effect"] };
  });
  return withActions(problem, actions);
};

describe("A11: the version covers what guards and effects do", () => {
  test("A11: a small model with one assignment more, or a guard dropped, has another version wherever that is seen", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryProblem,
        fc.nat(5),
        fc.nat(40),
        fc.nat(6),
        async (problem, at, leaf, code) => {
          if (leavesOf(problem.model.state.node, problem.scope).length === 0) return;
          const other = changed(problem, at, leaf, code);
          const [before, after] = [await graphOf(problem), await graphOf(other)];
          if (before === undefined || after === undefined || before === after) return;
          compared++;
          expect(versionOf(other)).not.toBe(versionOf(problem));
        },
      ),
      { numRuns: 300, seed: 11 },
    );
    expect(compared).toBeGreaterThan(30);
  });

  test.each([
    ["M1", timer.spec, m1],
    ["M3", timer.spec, m3],
    ["M13", timerModesWorld.spec, m13],
  ] as const)("A11: a kernel that never was (%s) has a version of its own", (_, world, patch) => {
    const versionWith = (given: object): string => {
      const scenario = worldWith(world, given);
      const wish = { guest: "td", set: ["nohzFull=on"] };
      const { model, start } = scenario.build(choiceOf(scenario as never, wish));
      return versionOf(problemOf(model, scenario.scope, [], start));
    };
    expect(versionWith(patch)).not.toBe(versionWith({}));
    expect(versionWith({})).toBe(versionWith({}));
  });

  test("A11: a conjunct that only tells apart what no near state shows is noticed where its leaf is read", () => {
    const State = record({ n: int(0, 500), odd: bool });
    type Far = { n: number; odd: boolean };
    const counting = (guard: (s: Far) => boolean): Problem<Far> => {
      const action: Action<Far> = {
        name: "UP",
        actor: () => "a",
        args: {},
        guard,
        effect: (d) => void (d.n += 1),
      };
      const model = { name: "far", state: State, init: () => [{ n: 0, odd: false }], actions: [action] };
      return problemOf<Far>(model, {}, []);
    };
    const [whole, dropped] = [counting((s) => s.n < 499 && !s.odd), counting((s) => s.n < 499 || s.odd)];
    expect(versionOf(whole)).not.toBe(versionOf(dropped));
  });
});

test("A11: a checkpoint is not gone on with by other rules, though no state that was found shows them", async () => {
  await inDirectory(async (dir) => {
    const into = `${dir}/kept`;
    const asked = (effect: (d: { n: number }) => void) => ({
      catalogue: { ...catalogue, scenarios: [counter({ last: 500, effect })] },
    });
    const { catalogue: before } = asked((d) => void (d.n += 1));
    const { catalogue: after } = asked((d) => void (d.n += d.n === 20 ? 2 : 1));
    const line = "explore --scenario oracle/counter";
    const first = await run(
      `${line} --depth 10 --max-states 5 --checkpoint ${into} --checkpoint-every 1s`,
      {},
      before,
    );
    expect(first).toMatchObject({ code: 3, stderr: "" });
    const resumed = await run(`${line} --depth 10 --resume ${into}`, {}, after);
    expect(resumed.code).toBe(2);
    expect(resumed.stderr).toMatch(/model version: [0-9a-f]{6} there, [0-9a-f]{6} here/);
    expect((await run(`${line} --depth 10 --resume ${into}`, {}, before)).code).toBe(0);
  });
});

describe("A11: what takes no part keeps versions and traces", () => {
  const { model, start } = posting.build({
    design: "sync-first",
    guest: "vmx",
    options: { notification: "ipi" },
  });
  const problem = problemOf(model, posting.scope, posting.properties, start) as unknown as Problem<unknown>;
  const never: Action<unknown> = {
    ...problem.model.actions[0],
    name: "POLL",
    guard: () => false,
  };
  const wider = { ...problem.model.state.node, fields: {} };
  const fields = (problem.model.state.node as { fields: object }).fields;
  const State = {
    ...problem.model.state,
    node: { ...wider, fields: { spare: int(0, 3).node, ...fields } },
  } as unknown as Domain<unknown>;
  const withField = problemOf<unknown>(
    { ...problem.model, state: State },
    problem.scope,
    problem.properties,
    problem.start.map((state) => ({ spare: 0, ...(state as object) })),
  );
  const others = {
    "an action that is never enabled": withActions(problem, [never, ...problem.model.actions]),
    "a field that nothing reads or writes": withField,
    "another order of the actions": withActions(problem, problem.model.actions.toReversed()),
  };

  test.each(Object.entries(others))("A11: %s", async (_, other) => {
    expect(versionOf(other)).toBe(versionOf(problem));
    const { findings } = await exploreReference(problem);
    const runs = findings.flatMap(({ path }) => (path === undefined ? [] : [path]));
    expect(runs.length).toBeGreaterThan(1);
    for (const path of runs) {
      const trace = replay(problem, path);
      const schedule = scheduleOf(problem, path, trace);
      const again = replay(other, pathOf(other, schedule));
      expect(again.steps.map(({ step }) => [step.action.name, step.args])).toEqual(
        trace.steps.map(({ step }) => [step.action.name, step.args]),
      );
      expect(scheduleOf(other, pathOf(other, schedule), again)).toBe(schedule);
    }
  });
});
