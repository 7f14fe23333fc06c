import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { actionOf, int, problemOf, record, vector, type Action, type Problem, type ValueOf } from "#check";
import { KeptRuns } from "../../../src/methods/por/kept-runs.ts";
import { Probe, type Run } from "../../../src/methods/por/step-probe.ts";
import { arbitraryProblem } from "../../laws/arbitrary-model.ts";

test("what is kept of a step is what it does when it is run, in whatever states", () => {
  const asked = arbitraryProblem.chain((problem) => {
    const { leaves } = new Probe(problem);
    const row = fc.tuple(...leaves.map(({ size }) => fc.nat(size - 1)));
    return fc.tuple(fc.constant({ ...problem, properties: [] }), fc.array(row, { maxLength: 12 }));
  });
  fc.assert(
    fc.property(asked, ([problem, rows]) => {
      const probe = new Probe(problem);
      // The second has what the first learned.
      for (const runs of [new KeptRuns(problem), new KeptRuns(problem)])
        for (const row of rows)
          for (const step of problem.steps)
            expect(runs.of(step, row)).toEqual(probe.step(step, (leaf) => row[leaf]));
    }),
    { numRuns: 40 },
  );
});

const State = record({ n: vector("cpu", int(0, 9)) });
type State = ValueOf<typeof State>;
const action = actionOf<State>();
const adding = (by: number): Action<State> =>
  action("add", {
    actor: "client",
    args: { cpu: "cpu" },
    guard: () => true,
    effect: (d, { cpu }) => void (d.n[cpu] = Math.min(9, d.n[cpu] + by)),
  });
const problemWith = (
  one: Action<State>,
  cpus: number,
  mostAccesses = 1000,
  over: typeof State = State,
): Problem<State> =>
  problemOf(
    { name: "adds", state: over, init: () => [], actions: [one], mostAccesses },
    { cpu: cpus },
    [],
    [{ n: Array.from({ length: cpus }, () => 0) }],
  );
const done = (problem: Problem<State>): readonly Run[] => {
  const runs = new KeptRuns(problem);
  return problem.steps.map((step) => runs.of(step, [1, 2]));
};
const written = (problem: Problem<State>): unknown => done(problem).map(({ writes }) => [...writes]);

test("actions of one name that do different things, and steps with other arguments, share nothing", () => {
  const one = adding(1);
  expect(written(problemWith(one, 2))).toEqual([[[0, 2]], [[1, 3]]]);
  expect(written(problemWith(adding(3), 2))).toEqual([[[0, 4]], [[1, 5]]]);
  expect(written(problemWith(one, 1))).toEqual([[[0, 2]]]);
});

test("an action that is the same is not run again in another problem, unless it may do less there", () => {
  const one = adding(1);
  let runs = 0;
  const counted: Action<State> = {
    ...one,
    guard: () => {
      runs++;
      return true;
    },
  };
  const first = done(problemWith(counted, 2));
  const again = done(problemWith(counted, 2));
  expect(runs).toBe(2);
  expect(again).toEqual(first);
  expect(done(problemWith(counted, 2, 1)).map(({ threw }) => threw)).toEqual([true, true]);
});

test("an action that outlives a schema does not hold on to what it did over it", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const one = adding(1);
  const over = (schema: typeof State): WeakRef<Run> =>
    new WeakRef(done(problemWith(one, 2, 1000, schema))[0]);
  const kept = [over(State), over(record({ n: vector("cpu", int(0, 9)) }))];
  // What a reference was made to is held until the present turn is over.
  await new Promise(setImmediate);
  collect();
  expect(kept.map((run) => run.deref() !== undefined)).toEqual([true, false]);
});
