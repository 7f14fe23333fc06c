import fc from "fast-check";
import { expect, test } from "vitest";
import { isLiveness } from "#check";
import { oracles } from "../../models/textbook/index.ts";
import { scenarios } from "../../scenarios/index.ts";
import { runs, share } from "../fixtures/runs.ts";
import type { TraceLike } from "./rerun.ts";
import { outcomeWithin, tracesOf, wrong } from "./traces.ts";

/** That the traces of all worlds are right is asked in test/scenarios/every-world.test.ts; here, what is wrong is found. */
const some = share === 1 ? scenarios : scenarios.filter((one, i) => oracles.includes(one) || i % 10 === 1);
const enough = share === 1 ? 300_000 : 5_000;

const outcomes = await Promise.all(some.map((scenario) => outcomeWithin(scenario, enough)));
const cases = outcomes.flatMap(tracesOf);

type Step = TraceLike["steps"][number];
/** Ways to spoil a trace that cannot leave it a shortest one. */
const spoil: Readonly<Record<string, (steps: readonly Step[], at: number) => readonly Step[]>> = {
  "a step less": (steps, at) => steps.toSpliced(at, 1),
  "the last step missing": (steps) => steps.slice(0, -1),
  "another action": (steps, at) => steps.with(at, { ...steps[at], action: `${steps[at].action}_` }),
  "another actor": (steps, at) => steps.with(at, { ...steps[at], actor: `${steps[at].actor}_` }),
  "a change that did not happen": (steps, at) =>
    steps.with(at, { ...steps[at], changes: [...steps[at].changes, { path: "nowhere", from: 0, to: 1 }] }),
  "a change left out": (steps, at) =>
    steps[at].changes.length === 0
      ? []
      : steps.with(at, { ...steps[at], changes: steps[at].changes.slice(1) }),
  "another value": (steps, at) =>
    steps[at].changes.length === 0
      ? []
      : steps.with(at, {
          ...steps[at],
          changes: steps[at].changes.map((change) => ({ ...change, to: `${String(change.to)}_` })),
        }),
};

test("spoilt traces are all refused", () => {
  const long = cases.filter(({ trace }) => trace.steps.length > 0 && trace.loopAt === null);
  fc.assert(
    fc.property(
      fc.constantFrom(...long),
      fc.constantFrom(...Object.keys(spoil)),
      fc.nat(),
      (each, way, at) => {
        const { trace } = each;
        const steps = spoil[way](trace.steps, at % trace.steps.length);
        expect(wrong({ ...each, trace: { ...trace, length: steps.length, steps } })).toBeTypeOf("string");
      },
    ),
    { numRuns: runs(1_000) },
  );
});

const endless = cases.filter(({ trace }) => trace.loopAt !== null);

/** Ways to spoil a run that goes on for ever. */
const spoilEndless: Readonly<Record<string, (trace: TraceLike) => Partial<TraceLike>>> = {
  "the last step missing": ({ steps }) => ({ steps: steps.slice(0, -1), length: steps.length - 1 }),
  "a loop that begins later": ({ loopAt }) => ({ loopAt: loopAt! + 1 }),
  "a loop that begins earlier": ({ loopAt }) => ({ loopAt: loopAt! - 1 }),
  "no loop": () => ({ loopAt: null }),
};

test("spoilt runs that go on for ever are all refused", () => {
  expect(endless.length).toBeGreaterThan(25);
  for (const each of endless)
    for (const [way, spoiled] of Object.entries(spoilEndless)) {
      if (each.trace.steps.length === 0 && way === "the last step missing") continue;
      const trace = { ...each.trace, ...spoiled(each.trace) };
      expect([way, wrong({ ...each, trace })]).toEqual([way, expect.any(String)]);
    }
});

test("a run that breaks a property under one assumption is refused where a stronger one lets it hold", () => {
  const live = cases.filter(({ property }) => isLiveness(property));
  let refused = 0;
  for (const { problem, property, trace } of live)
    for (const other of problem.properties) {
      if (!isLiveness(other) || other.statement !== property.statement) continue;
      if (live.some((each) => each.property === other)) continue;
      expect(wrong({ problem, property: other, trace })).toMatch(/^it is not fair/);
      refused++;
    }
  expect(refused).toBeGreaterThan(20);
});
