import fc from "fast-check";
import { freeze } from "immer";
import { expect, test } from "vitest";
import { replay, type Problem } from "#check";
import { brokenBy } from "../../src/check/confirm.ts";
import type { Explore, Path } from "../../src/problem/exploration.ts";
import { exploreFast, exploreReference } from "../../src/explore.ts";
import { calmest, calmly, switchesOf } from "../../src/methods/switches/calm.ts";
import type { Property } from "../../src/model/property.ts";
import { takerOf } from "../../src/problem/plain-step.ts";
import { arbitraryPrograms } from "../laws/arbitrary-programs.ts";
import { runs } from "../fixtures/runs.ts";
import * as catalogue from "../../scenarios/index.ts";
import { run } from "../fixtures/io.ts";

const never = () => undefined;

/** The fewest switches of a run of so many steps that decides a property: all runs are tried, a node at a time. */
const fewest = (problem: Problem<unknown>, property: Property<unknown>, length: number): number => {
  const take = takerOf(problem);
  let best = Infinity;
  interface Node {
    readonly state: unknown;
    readonly path: Path;
  }
  let level = problem.start.map((state, start): Node => ({
    state: freeze(state, true),
    path: { start, steps: [] },
  }));
  for (let depth = 0; depth < length; depth++) {
    const least = new Map<string, Node>();
    for (const { state, path } of level)
      for (const step of problem.steps) {
        const after = take(step, state)?.after;
        if (after === undefined) continue;
        const node = { state: after, path: { ...path, steps: [...path.steps, step.id] } };
        const switches = switchesOf(problem, node.path);
        if (depth === length - 1 && brokenBy(problem, property, replay(problem, node.path)) !== undefined)
          best = Math.min(best, switches);
        const key = JSON.stringify([after, step.actor]);
        const known = least.get(key);
        if (known === undefined || switches < switchesOf(problem, known.path)) least.set(key, node);
      }
    level = [...least.values()];
  }
  return best;
};

test("a calm run is as short, decides the property, and no other such run has fewer switches", async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryPrograms, async (problem) => {
      const found = await exploreFast(problem);
      const calm = await calmest(exploreFast, problem, found, never);
      expect({ ...calm, findings: [] }).toEqual({ ...found, findings: [] });
      for (const [place, { path, ...rest }] of calm.findings.entries()) {
        const before = found.findings[place].path;
        const property = problem.properties[place];
        if (path === undefined || before === undefined) continue;
        expect(rest).toMatchObject({ calm: true });
        expect(path.steps.length).toBe(before.steps.length);
        expect(brokenBy(problem, property, replay(problem, path))).toBeDefined();
        expect(switchesOf(problem, path)).toBe(fewest(problem, property, path.steps.length));
        if (switchesOf(problem, path) < switchesOf(problem, before)) changed += 1;
      }
    }),
    { numRuns: 300 },
  );
  expect(changed).toBeGreaterThan(0);
});

test("either engine finds the same calm run", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryPrograms, async (problem) => {
      const [fast, slow] = [await calmly(exploreFast)(problem), await calmly(exploreReference)(problem)];
      expect(fast.findings).toEqual(slow.findings);
    }),
    { numRuns: runs(100) },
  );
});

test("a run that is not settled within the limit stays, and is said not to be calm", async () => {
  const limited: Explore = async (problem, bounds, pulse) => {
    const found = await exploreFast(problem, bounds, pulse);
    return bounds?.failFast === true ? { ...found, stop: "states", findings: [{ antecedent: 0 }] } : found;
  };
  await fc.assert(
    fc.asyncProperty(arbitraryPrograms, async (problem) => {
      const found = await exploreFast(problem);
      const { findings } = await calmest(limited, problem, found, never);
      expect(findings).toEqual(
        found.findings.map((finding) =>
          finding.path === undefined
            ? finding
            : { ...finding, calm: switchesOf(problem, finding.path) === 0 },
        ),
      );
    }),
    { numRuns: runs(100) },
  );
});

test("kvm/block is told with 2 switches where the run found first has 3", async () => {
  const line = "explore --scenario kvm/block --property halted-vcpu-wakes-for-vector";
  const [calm, shortest] = [
    await run(line, {}, catalogue),
    await run(`${line} --trace-order shortest`, {}, catalogue),
  ];
  expect(calm.stdout).toContain("halted-vcpu-wakes-for-vector violated after 22 steps, 2 switches\n");
  expect(shortest.stdout).toContain("halted-vcpu-wakes-for-vector violated after 22 steps, 3 switches\n");
});
