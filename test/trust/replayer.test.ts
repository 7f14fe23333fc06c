import fc from "fast-check";
import { expect, test } from "vitest";
import { exploreFast, isLiveness, problemOf, type AnyScenario, type Problem, type Property } from "#check";
import { scenarios } from "../../scenarios/index.ts";
import { outcomeOf, type Outcome } from "../../src/catalogue/outcome.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { exploreJson } from "../../src/report/json.ts";
import { wrongWith } from "./replayer.ts";
import type { TraceLike } from "./rerun.ts";

const asked = { depth: null, switches: null, states: 300_000, memoryBytes: null, seconds: null };

const outcomeFor = async (scenario: AnyScenario): Promise<Outcome> => {
  const choice = choiceOf(scenario, {});
  const { model, start } = scenario.build(choice);
  const properties = scenario.properties;
  const problem = problemOf(model, scenario.scope, properties, start);
  return outcomeOf(
    { scenario, choice, properties, asked },
    problem,
    await exploreFast(problem, { states: asked.states }),
  );
};

interface Case {
  readonly problem: Problem<unknown>;
  readonly property: Property<unknown>;
  readonly trace: TraceLike;
}

/** Every trace of an outcome, as its JSON report has it, printed and read again. */
const casesOf = (outcome: Outcome): readonly Case[] => {
  const effort = { seconds: 0, engine: "fast" as const, workers: 1, peakMemoryBytes: 0, bytesPerState: 0 };
  const report = JSON.parse(JSON.stringify(exploreJson(outcome, effort))) as {
    readonly properties: readonly { readonly trace: TraceLike | null }[];
  };
  return report.properties.flatMap(({ trace }, i) =>
    trace === null ? [] : [{ problem: outcome.problem, property: outcome.properties[i].property, trace }],
  );
};

const wrong = ({ problem, property, trace }: Case): string | undefined =>
  wrongWith({ actions: problem.model.actions, scope: problem.scope, start: problem.start }, property, trace);

const cases = (await Promise.all(scenarios.map(outcomeFor))).flatMap(casesOf);

test("the trace of every violation and witness of every shipped scenario is right", () => {
  expect(cases.length).toBeGreaterThan(40);
  expect(
    cases.map((each) => ({ property: each.property.id, wrong: wrong(each) })).filter(({ wrong }) => wrong),
  ).toEqual([]);
});

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

test("1,000 spoilt traces are all refused", () => {
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
    { numRuns: 1_000 },
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
