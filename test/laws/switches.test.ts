import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemOf, replay, type Problem, type Trace } from "#check";
import { freeze } from "immer";
import { increment, everyIncrementCounts } from "../../models/textbook/increment.ts";
import { peterson } from "../../models/textbook/peterson.ts";
import { brokenBy } from "../../src/check/confirm.ts";
import { takerOf } from "../../src/problem/plain-step.ts";
import { withinSwitches } from "../../src/methods/switches/switches.ts";
import { engines } from "../fixtures/engines.ts";
import { arbitraryProblem } from "./arbitrary-model.ts";
import { runs } from "../fixtures/runs.ts";

/** Larger models are not compared: small ones have all of the meaning. */
const enough = 300;

/** A node is a state and who moved last after how many switches: there can be far more nodes than states. */
const enoughNodes = 2_000;

const text = (state: unknown): string => JSON.stringify(state);

interface Node {
  readonly state: unknown;
  readonly actor: string | undefined;
  readonly used: number;
}

interface Reached {
  /** Each state reached, with its distance. */
  readonly distances: ReadonlyMap<string, number>;
  /** Whether every step was taken from every state where it can be. */
  readonly closed: boolean;
}

/** What runs with so few switches reach: by the definition, without an engine. */
const reached = (problem: Problem<unknown>, switches: number): Reached => {
  const take = takerOf(problem);
  const distances = new Map<string, number>();
  const seen = new Set<string>();
  const possible = new Set<string>();
  const taken = new Set<string>();
  let level: Node[] = problem.start.map((state) => ({
    state: freeze(state, true),
    actor: undefined,
    used: 0,
  }));
  for (let distance = 0; level.length > 0; distance++) {
    const next: Node[] = [];
    for (const node of level) {
      const key = text([node.state, node.actor ?? null, node.used]);
      if (seen.has(key)) continue;
      seen.add(key);
      if (!distances.has(text(node.state))) distances.set(text(node.state), distance);
      for (const step of problem.steps) {
        const used = node.used + (node.actor === undefined || node.actor === step.actor ? 0 : 1);
        const after = take(step, node.state)?.after;
        if (after === undefined) continue;
        possible.add(`${text(node.state)} ${step.id}`);
        if (used > switches) continue;
        taken.add(`${text(node.state)} ${step.id}`);
        next.push({ state: after, actor: step.actor, used });
      }
    }
    level = next;
  }
  return { distances, closed: possible.size === taken.size };
};

const switchesIn = ({ steps }: Trace<unknown>): number =>
  steps.filter(({ step }, i) => i > 0 && step.actor !== steps[i - 1].step.actor).length;

const sizes = (distances: Iterable<number>): readonly number[] => {
  const levels: number[] = [];
  for (const distance of distances) levels[distance] = (levels[distance] ?? 0) + 1;
  // At some distance there may be nothing but known states with fewer switches left.
  return Array.from(levels, (size) => size ?? 0);
};

describe.each(engines)("within a bound on switches the %s engine", (_, explore) => {
  const small = arbitraryProblem.filter(({ steps }) => steps.length > 1);
  const within = async (problem: Problem<unknown>, switches: number) => {
    fc.pre((await explore(problem, { states: enough + 1 })).states <= enough);
    return withinSwitches(explore, switches)(problem);
  };

  test("finds the states that such runs reach, by shortest runs of the model itself", async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.nat({ max: 3 }), async (problem, switches) => {
        const found = await within(problem, switches);
        const { distances, closed } = reached(problem, switches);
        expect(found.stop).toBe(closed ? "exhausted" : "switches");
        expect(found.states).toBe(distances.size);
        expect(found.levels).toEqual(sizes(distances.values()));
        for (let id = 0; id < found.states; id++) {
          const trace = replay(problem, found.path(id));
          const end = trace.steps.at(-1)?.after ?? trace.start;
          expect(text(found.state(id))).toBe(text(end));
          expect(trace.steps.length).toBe(distances.get(text(end)));
          expect(switchesIn(trace)).toBeLessThanOrEqual(switches);
        }
      }),
      { numRuns: runs(150) },
    );
  });

  test("breaks what such runs break, and says no more than the whole search does", async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.nat({ max: 3 }), async (problem, switches) => {
        const found = await within(problem, switches);
        const whole = await explore(problem);
        problem.properties.forEach((property, place) => {
          const { antecedent, path } = found.findings[place];
          const all = whole.findings[place];
          const says = [antecedent > 0, path !== undefined];
          const could = [all.antecedent > 0, all.path !== undefined];
          expect(found.stop === "exhausted" ? says : could.map((can, i) => can && says[i])).toEqual(
            found.stop === "exhausted" ? could : says,
          );
          if (path === undefined) return;
          const trace = replay(problem, path);
          expect(brokenBy(problem, property, trace)).toBeDefined();
          expect(switchesIn(trace)).toBeLessThanOrEqual(switches);
          expect(trace.steps.length).toBeGreaterThanOrEqual(all.path!.steps.length);
        });
      }),
      { numRuns: runs(150) },
    );
  });

  test("is exhausted only where it saw every state, and is so from some bound on", async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.nat({ max: 3 }), async (problem, switches) => {
        const found = await within(problem, switches);
        const whole = await explore(problem);
        expect(["switches", whole.states]).toContain(found.stop === "exhausted" ? found.states : found.stop);
        // A nearest run to any state, and one step more, switches no more often than it has steps before that.
        const depth = whole.levels.length - 1;
        fc.pre(whole.states * depth <= enoughNodes);
        const plenty = await withinSwitches(explore, depth)(problem);
        expect([plenty.stop, plenty.states, plenty.levels]).toEqual([
          "exhausted",
          whole.states,
          whole.levels,
        ]);
      }),
      { numRuns: runs(100) },
    );
  });

  test("has the known answers of Peterson's lock and of three threads that increment", async () => {
    const rows: unknown[] = [];
    for (const switches of [0, 1, 2]) {
      const lock = await withinSwitches(explore, switches)(problemOf(peterson, { process: 2 }));
      const count = await withinSwitches(
        explore,
        switches,
      )(problemOf(increment, { thread: 3 }, [everyIncrementCounts]));
      rows.push([lock.stop, lock.states, count.stop, count.states, count.findings[0].path?.steps.length]);
    }
    expect(rows).toEqual([
      ["switches", 14, "switches", 7, undefined],
      ["switches", 42, "switches", 28, undefined],
      ["exhausted", 42, "switches", 68, 4],
    ]);
  });

  test("takes a depth and a limit beside it", async () => {
    const problem = problemOf(peterson, { process: 2 });
    const deep = await withinSwitches(explore, 1)(problem, { depth: 3 });
    expect([deep.stop, deep.levels.length - 1]).toEqual(["depth", 3]);
    const limited = await withinSwitches(explore, 1)(problem, { states: 20 });
    expect([limited.stop, limited.nodes]).toEqual(["states", 20]);
  });
});
