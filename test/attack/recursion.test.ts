import { describe, expect, test } from "vitest";
import {
  CheckError,
  int,
  problemOf,
  propertyOf,
  record,
  type Action,
  type Problem,
  type Property,
  type ValueOf,
} from "#check";
import { paranoid } from "../../src/doubt/paranoid.ts";
import { withinSwitches } from "../../src/methods/switches/switches.ts";
import { engines } from "../fixtures/engines.ts";
import { counter, type Counter } from "../fixtures/counter.ts";
import { catalogue, run } from "../fixtures/io.ts";

const State = record({ n: int(0, 9) });
type State = ValueOf<typeof State>;
const said = { statement: "-" };
const { eventually, invariant, recurrent, step, weak } = propertyOf<State>();

const endless = (depth: number): boolean => endless(depth + 1) && endless(depth + 2);
/** Recurses without end where n is 2. */
const sick = ({ n }: State): boolean => (n === 2 ? endless(0) : true);

const posed = (
  changes: Partial<Action<State>>,
  properties: readonly Property<State>[] = [],
): Problem<State> =>
  problemOf(
    {
      name: "recursive",
      state: State,
      init: () => [{ n: 0 }],
      actions: [
        {
          name: "count",
          actor: () => "CPU0",
          args: { by: [1] },
          guard: ({ n }) => n < 5,
          effect: (d) => {
            d.n += 1;
          },
          ...changes,
        },
      ],
    },
    {},
    properties,
  );

const why = "it recurses without end, or too deep: the call stack is full";
const there = "count(by=1), reached by count(by=1), count(by=1)";
const cases: readonly (readonly [string, Problem<State>, string])[] = [
  ["a guard", posed({ guard: sick }), there],
  ["an effect", posed({ effect: (d) => void (sick(d) && (d.n += 1)) }), there],
  ["an invariant", posed({}, [invariant({ ...said, id: "p", holds: sick })]), "property p"],
  [
    "an antecedent, with arguments",
    posed({}, [invariant({ ...said, id: "p", args: { k: [7] }, antecedent: sick, holds: () => true })]),
    'property p {"k":7}',
  ],
  [
    "a step property",
    posed({}, [step({ ...said, id: "p", holds: (_, after) => sick(after) })]),
    "property p",
  ],
];

describe.each([
  ...engines,
  ["paranoid", paranoid(engines[1][1])] as const,
  ["bounded by switches", withinSwitches(engines[1][1], 3)] as const,
])("B6: a recursion without end is called so, with what recurses and the run to it, %s", (_, explore) => {
  test.each(cases)("B6: %s", async (_, problem, where) => {
    const error: unknown = await explore(problem).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CheckError);
    expect((error as CheckError).code).toBe("recipe");
    expect((error as CheckError).message).toContain(`${why}\n  in ${where}`);
    expect((error as CheckError).message).toContain("reached by count(by=1)");
  });
});

test.each(engines)(
  "B6: a property and a condition of behaviours that recurse, %s engine",
  async (_, explore) => {
    const holds = ({ n }: State): boolean => n > 5;
    const live = posed({}, [eventually({ ...said, id: "live", holds: (s) => sick(s) && holds(s) })]);
    await expect(explore(live)).rejects.toThrow(`${why}\n  in property live`);
    const fair = posed({}, [
      eventually({ ...said, id: "fair", fairness: [weak(), recurrent("sick", sick)], holds }),
    ]);
    await expect(explore(fair)).rejects.toThrow(`${why}\n  in the fairness condition []<>(sick)`);
  },
);

test("B6: a start and an actor that recurse", () => {
  const actor = (): string => String(endless(0));
  expect(() => posed({ actor })).toThrow(`${why}\n  in the actor of count(by=1)`);
  const model = { name: "m", state: State, init: () => [{ n: Number(endless(0)) }], actions: [] };
  expect(() => problemOf(model, {})).toThrow(`${why}\n  in the start of the model "m"`);
});

test("B6: on the command line it is an error of the model, exit code 2, and asks for no report", async () => {
  const guard = ({ n }: Counter): boolean => (n === 2 ? endless(0) : n < 5);
  for (const flags of ["", "--reference", "--paranoid"]) {
    const { code, stderr } = await run(
      `explore ${flags}`,
      {},
      { ...catalogue, scenarios: [counter({ guard })] },
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`${why}\n  in COUNT, reached by COUNT, COUNT`);
    expect(stderr).not.toContain("report");
  }
});
