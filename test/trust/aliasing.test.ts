import { describe, expect, test } from "vitest";
import { int, record, type AnyScenario, type Draft, type Property, type ValueOf } from "#check";
import { shelve } from "../../src/catalogue/scenario.ts";
import { said, toy } from "../fixtures/toy.ts";
import { catalogue, run } from "../fixtures/io.ts";

const State = record({ one: record({ n: int(0, 9) }), other: record({ n: int(0, 9) }) });
type State = ValueOf<typeof State>;
type Effect = (draft: Draft<State>) => unknown;
type Toys = Readonly<Record<string, { readonly guard?: (state: State) => boolean; readonly effect: Effect }>>;

const start: State = { one: { n: 0 }, other: { n: 3 } };

const scenarioOf = (actions: Toys, properties: readonly Property<State>[] = []): AnyScenario =>
  shelve<State>({
    name: "oracle/toy",
    about: "-",
    options: [],
    scope: {},
    start: "zero",
    properties,
    expected: [],
    build: () => {
      const { model } = toy(State, {}, [start], actions as never);
      return { model, start: [start] };
    },
  });

/** What `explore` says of a model on each engine; whatever it is, it must not be a verdict. */
const refusals = async (scenario: AnyScenario): Promise<readonly string[]> =>
  Promise.all(
    ["", "--reference"].map(async (flag) => {
      const scenarios = [scenario];
      const { code, stdout, stderr } = await run(
        `explore --scenario oracle/toy ${flag}`,
        {},
        { ...catalogue, scenarios },
      );
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      return stderr;
    }),
  );

const count: Toys = {
  count: {
    guard: (s) => s.one.n < 9,
    effect: (d) => {
      d.one.n += 1;
    },
  },
};

describe("S17: what a recipe does to objects that are not its own is an error that names it", () => {
  test("a guard that changes the state it is shown", async () => {
    const guard = (s: State): boolean => {
      (s.one as { n: number }).n = 5;
      return true;
    };
    for (const text of await refusals(scenarioOf({ sneak: { guard, effect: () => undefined } })))
      expect(text).toContain("in sneak, reached by no step");
  });

  test("a property that changes the state it is shown", async () => {
    const holds = (s: State): boolean => {
      (s.other as { n: number }).n = 5;
      return true;
    };
    for (const text of await refusals(scenarioOf(count, [{ ...said, id: "p", kind: "invariant", holds }])))
      expect(text).toContain("in property p");
  });

  test("a step property that changes the state after the step", async () => {
    const holds = (_: State, after: State): boolean => {
      (after.other as { n: number }).n = 5;
      return true;
    };
    for (const text of await refusals(scenarioOf(count, [{ ...said, id: "p", kind: "step", holds }])))
      expect(text).toContain("in property p\n  in count, reached by no step");
  });

  test("a recipe that makes two fields share an object", async () => {
    const effect = (d: Draft<State>): void => {
      (d as { other: unknown }).other = d.one;
    };
    for (const text of await refusals(scenarioOf({ share: { effect } }))) {
      expect(text).toContain("other is a record or a vector: assign its fields one by one");
      expect(text).toContain("in share, reached by no step");
    }
  });

  test("a recipe that keeps a reference to its draft and reads it in a later step", async () => {
    let kept: Draft<State> | undefined;
    const actions: Toys = {
      keep: {
        guard: (s) => s.one.n < 9,
        effect: (d) => {
          d.one.n += kept === undefined ? 1 : kept.one.n;
          kept = d;
        },
      },
    };
    for (const flag of ["", "--reference"]) {
      kept = undefined;
      const scenarios = [scenarioOf(actions)];
      const { code, stdout, stderr } = await run(
        `explore --scenario oracle/toy ${flag}`,
        {},
        { ...catalogue, scenarios },
      );
      expect({ code, stdout }).toEqual({ code: expect.any(Number), stdout: "" });
      expect([2, 70]).toContain(code);
      expect(stderr).toContain("keep");
    }
  });

  test("a recipe that hands out a part of its draft", async () => {
    const effect: Effect = (d) => ((d.one.n += 1), d.other);
    for (const text of await refusals(scenarioOf({ count: { ...count["count"], effect } })))
      expect(text).toContain("the effect of count returned an object: it must return nothing");
  });
});
