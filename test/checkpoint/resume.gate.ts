import fc from "fast-check";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scenarios } from "../../scenarios/index.ts";
import { holdsCheckpoint } from "../../src/checkpoint/files.ts";
import { applicable } from "../../src/catalogue/outcome.ts";
import {
  actionOf,
  exploreFast,
  int,
  problemOf,
  record,
  type Bounds,
  type Model,
  type Problem,
  type ValueOf,
} from "#check";
import type { Pulse } from "../../src/problem/exploration.ts";
import { reduced } from "../../src/methods/por/reduced.ts";
import { withinSwitches } from "../../src/methods/switches/switches.ts";
import { withSymmetry } from "../../src/methods/symmetry/choose-families.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { arbitraryProblem } from "../laws/arbitrary-model.ts";
import { all, exploreInto, inDirectory, resumeFrom } from "./kept.ts";
import { runs, share } from "../fixtures/runs.ts";

/** Stops a search at the pulse numbered `pulses`. */
const stopAt = (pulses: number): Pulse => {
  let seen = 0;
  return () => (++seen > pulses ? "interrupted" : undefined);
};

/** Expects a search that is stopped now and then, and gone on with, to find what an uninterrupted one finds. */
const sameWhenResumed = async <S>(problem: Problem<S>, pulses: readonly number[], bounds: Bounds = {}) => {
  const whole = all(await exploreFast(problem, bounds));
  await inDirectory(async (dir) => {
    const [first = 1, ...others] = pulses;
    await exploreInto(dir, problem, bounds, { after: Infinity, pulse: stopAt(first) });
    // What ends a search in its start states leaves nothing to go on with.
    if (!holdsCheckpoint(dir)) return expect(whole).toMatchObject({ stop: "violation", transitions: 0 });
    for (const more of others) await resumeFrom(dir, problem, bounds, { on: true, pulse: stopAt(more) });
    expect(all(await resumeFrom(dir, problem, bounds))).toEqual(whole);
  });
  return whole;
};

const shipped = (name: string, design?: string): Problem<unknown> => {
  const scenario = scenarios.find((candidate) => candidate.name === name)!;
  const choice = choiceOf(scenario, design === undefined ? {} : { design });
  const built = scenario.build(choice);
  const { model, start } = built;
  const properties = applicable({ scenario, choice, properties: scenario.properties }, built);
  return problemOf(model, scenario.scope, properties, start);
};

describe("a search that goes on from a checkpoint finds what an uninterrupted one finds", () => {
  test("on generated models, stopped anywhere", async () => {
    const pulses = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 3 });
    const bounds = fc.record({ depth: fc.nat({ max: 8 }), failFast: fc.boolean() }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(arbitraryProblem, pulses, bounds, async (problem, pulses, bounds) => {
        let whole: unknown;
        try {
          whole = await exploreFast(problem, { states: 400, ...bounds });
        } catch {
          fc.pre(false);
        }
        expect(whole).toBeDefined();
        await sameWhenResumed(problem, pulses, { states: 400, ...bounds });
      }),
      { numRuns: runs(50) },
    );
  });

  test("on generated models, whose limit of states is raised", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryProblem, fc.integer({ min: 1, max: 40 }), async (problem, states) => {
        try {
          fc.pre(states >= problem.start.length);
          await exploreFast(problem, { states: 400 });
        } catch {
          fc.pre(false);
        }
        const whole = all(await exploreFast(problem, { states: 400 }));
        await inDirectory(async (dir) => {
          await exploreInto(dir, problem, { states }, { after: Infinity });
          expect(all(await resumeFrom(dir, problem, { states: 400 }))).toEqual(whole);
        });
      }),
      { numRuns: runs(50) },
    );
  });

  test.for([
    ["kvm/apicv", undefined, [9, 30]],
    ["kvm/rtc", undefined, [2, 2, 2]],
    ["oracle/peterson", undefined, [3]],
  ] as const)("%s under %s, stopped after %j pulses", async ([name, design, pulses]) => {
    const { states } = await sameWhenResumed(shipped(name, design), pulses);
    expect(states).toBeGreaterThan(1);
  });

  test("bench/tdx-timer-n2g1, with and without symmetry, within a depth and a number of states", async () => {
    const problem = shipped("bench/tdx-timer-n2g1");
    const upToSymmetry = [withSymmetry(problem), 61_856] as const;
    // The whole graph by night.
    for (const [asked, states] of share === 1 ? [[problem, 123_456] as const, upToSymmetry] : [upToSymmetry])
      expect((await sameWhenResumed(asked, [20, 17])).states).toBe(states);
    expect((await sameWhenResumed(problem, [20, 5], { depth: 30 })).stop).toBe("depth");
    expect((await sameWhenResumed(problem, [20, 5], { states: 50_000 })).stop).toBe("states");
  });

  test("with liveness, stopped before and after all states were found", async () => {
    const problem = shipped("oracle/peterson-live");
    expect(problem.properties.some(({ kind }) => kind === "leadsTo")).toBe(true);
    for (const pulses of [[1], [3], [1e6], [2, 1e6]]) await sameWhenResumed(problem, pulses);
  });

  test("with partial-order reduction", async () => {
    const problem = shipped("kvm/rtc");
    const safe = { ...problem, properties: problem.properties.filter(({ kind }) => kind === "invariant") };
    const { states } = await sameWhenResumed(reduced(safe), [2, 1]);
    expect(states).toBeGreaterThan(1);
  });

  test("within a bound on switches", async () => {
    const problem = shipped("oracle/peterson");
    const whole = await withinSwitches(exploreFast, 2)(problem);
    await inDirectory(async (dir) => {
      const explore = withinSwitches(
        (bounded) => exploreInto(dir, bounded, {}, { after: Infinity, pulse: stopAt(2) }),
        2,
      );
      expect((await explore(problem)).stop).toBe("interrupted");
      const resumed = await withinSwitches((bounded) => resumeFrom(dir, bounded), 2)(problem);
      expect(all(resumed as never)).toEqual(all(whole as never));
    });
  });

  test("from each of the checkpoints that were written on the way", async () => {
    const problem = shipped(share === 1 ? "kvm/rtc" : "kvm/msi");
    const whole = all(await exploreFast(problem));
    for (const after of [0, 5])
      await inDirectory(async (dir) => {
        await exploreInto(join(dir, "."), problem, {}, { after, pulse: stopAt(after + 3) });
        expect(all(await resumeFrom(dir, problem))).toEqual(whole);
      });
  });

  test("whose limit of states was met in a batch with a value that the packing has no room for", async () => {
    const most = { a: 20, b: 21 };
    const State = record({ a: int(0, most.a), b: int(0, most.b) });
    const counters: Model<ValueOf<typeof State>> = {
      name: "counters",
      state: State,
      init: () => [{ a: 0, b: 0 }],
      actions: (["a", "b"] as const).map((name) =>
        actionOf<ValueOf<typeof State>>()(name, {
          actor: "counter",
          guard: (state) => state[name] < most[name],
          effect: (draft) => {
            draft[name]++;
          },
        }),
      ),
    };
    const problem = problemOf(counters, {});
    const whole = all(await exploreFast(problem));
    expect(whole.states).toBe(21 * 22);
    for (let states = 1; states < 200; states += 3)
      await inDirectory(async (dir) => {
        expect((await exploreInto(dir, problem, { states }, { after: Infinity })).stop).toBe("states");
        expect(all(await resumeFrom(dir, problem))).toEqual(whole);
      });
  });
});
