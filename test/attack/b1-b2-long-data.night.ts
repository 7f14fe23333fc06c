import { describe, expect, test } from "vitest";
import { exploreFast, exploreReference, int, propertyOf, record, replay, shelve } from "#check";
import { handleText, parseHandle } from "../../src/catalogue/handle.ts";
import { outcomeOf, type Question } from "../../src/catalogue/outcome.ts";
import { pathOf } from "../../src/check/schedule.ts";
import { problemOf } from "../../src/problem/exploration.ts";
import { dotOf } from "../../src/graph/dot.ts";
import { graphmlOf } from "../../src/graph/graphml.ts";
import { stateDiagramOf } from "../../src/graph/state-diagram.ts";
import { inDirectory, resumeFrom, exploreInto } from "../checkpoint/kept.ts";
import { toy, said } from "../fixtures/toy.ts";

/** More than there are arguments to a call, or calls within calls. */
const starts = 200_000;
const length = 100_000;
const engines = [
  ["fast", exploreFast],
  ["reference", exploreReference],
] as const;

interface Far {
  readonly n: number;
}
const Far = record({ n: int(0, starts) });
type Draft = { n: number };
const up = {
  UP: { guard: ({ n }: Far) => n < length, effect: (d: Draft) => void (d.n += 1) },
};
const { invariant } = propertyOf<Far>();
const end = invariant({ ...said, id: "end", holds: ({ n }) => n < length });
const all = Array.from({ length: starts }, (_, n) => ({ n }));

describe("B2: 200,000 start states", () => {
  const problem = toy<Far>(Far, {}, all, { ...up, STAY: { effect: () => undefined } }, [end]);

  test.each(engines)("%s engine", async (_, explore) => {
    const found = await explore(problem);
    expect(found).toMatchObject({ stop: "exhausted", states: starts, levels: [starts], deadlocks: 0 });
    expect(found.findings[0].path).toEqual({ start: length, steps: [] });
  });

  test("a search of them goes on from a checkpoint", async () => {
    await inDirectory(async (dir) => {
      let pulses = 0;
      const pulse = () => (++pulses > 2 ? ("interrupted" as const) : undefined);
      expect(await exploreInto(dir, problem, {}, { pulse })).toMatchObject({ stop: "interrupted" });
      const found = await resumeFrom(dir, problem);
      expect(found).toMatchObject({ stop: "exhausted", states: starts, levels: [starts] });
      expect(found.path(starts - 1)).toEqual({ start: starts - 1, steps: [] });
    });
  });
});

describe("B1: a run of 100,000 steps", () => {
  const { model } = toy<Far>(Far, {}, [{ n: 0 }], up);
  const scenario = shelve<Far>({
    name: "oracle/far",
    about: "Goes far",
    options: [],
    scope: {},
    start: "zero",
    properties: [end],
    expected: [],
    build: () => ({ model, start: [{ n: 0 }] }),
  });
  const question: Question = {
    scenario,
    choice: { options: {} },
    properties: scenario.properties,
    asked: { depth: null, switches: null, states: null, memoryBytes: null, seconds: null },
  };
  const problem = problemOf<unknown>(model as never, {}, scenario.properties, [{ n: 0 }]);

  test.each(engines)(
    "%s engine: found, confirmed, written as a trace, replayed and drawn",
    async (_, explore) => {
      const found = await explore(problem);
      const outcome = outcomeOf(question, problem, found);
      expect(outcome.properties.map(({ verdict }) => verdict)).toEqual(["violated"]);
      const { evidence } = outcome.properties[0];
      expect(evidence!.trace.steps).toHaveLength(length);
      const parsed = parseHandle(evidence!.handle, [scenario]);
      expect(handleText(parsed)).toBe(evidence!.handle);
      const path = pathOf(problem, parsed.schedule);
      expect(replay(problem, path).steps.at(-1)?.after).toEqual({ n: length });
      const space = stateDiagramOf(outcome, 10);
      expect(space.graph.order).toBe(length + 1);
      expect(dotOf(space)).toContain(`s${length}`);
      expect(graphmlOf(space)).toContain(`s${length}`);
    },
  );
});
