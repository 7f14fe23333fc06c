import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  exploreFast,
  exploreReference,
  int,
  problemOf,
  record,
  reduced,
  vector,
  withSymmetry,
  type Domain,
  type Exploration,
  type Model,
  type Problem,
  type Property,
} from "#check";
import { paranoid } from "../../src/doubt/paranoid.ts";
import { withinSwitches } from "../../src/methods/switches/switches.ts";
import { engines } from "../fixtures/engines.ts";
import { runs } from "../fixtures/runs.ts";
import { resumed } from "../trust/resumed.ts";

/** Ways to look at all of an object, whatever its fields are called: what each sees, as a text. */
const lenses: Readonly<Record<string, (seen: object) => string>> = {
  json: (seen) => JSON.stringify(seen),
  entries: (seen) => JSON.stringify(Object.entries(seen)),
  values: (seen) => Object.values(seen).join(),
  keys: (seen) => Object.keys(seen).join(),
  own: (seen) => Reflect.ownKeys(seen).map(String).join(),
  names: (seen) => Object.getOwnPropertyNames(seen).join(),
  spread: (seen) => JSON.stringify({ ...seen }),
  loop: (seen) => {
    const keys: string[] = [];
    for (const key in seen) keys.push(key);
    return keys.join();
  },
  tests: (seen) => ["control", "(control)", ""].map((name) => String(name in seen)).join(),
};
const lens = fc.constantFrom(...Object.keys(lenses));

const digest = (text: string): number => {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + character.charCodeAt(0)) % 9973;
  return sum;
};

/** Names that a wrapper might use for a field of its own, and others. */
const fieldNames = ["(control)", "control", "state", "constructor", "x", "y"];

interface Look {
  readonly lens: string;
  readonly modulus: number;
  readonly rest: number;
}
const look: fc.Arbitrary<Look> = fc
  .record({ lens, modulus: fc.integer({ min: 1, max: 4 }), rest: fc.nat({ max: 3 }) })
  .map(({ rest, modulus, ...others }) => ({ ...others, modulus, rest: rest % modulus }));
const sees = ({ lens, modulus, rest }: Look, state: unknown): boolean =>
  digest(lenses[lens](state as object)) % modulus === rest;

type Counters = Readonly<Record<string, number>>;
const described = { statement: "-", args: {} };

const curious: fc.Arbitrary<Problem<unknown>> = fc
  .record({
    fields: fc.uniqueArray(fc.constantFrom(...fieldNames), { minLength: 1, maxLength: 3 }),
    actions: fc.array(
      fc.record({
        guard: look,
        effect: look,
        actor: fc.constantFrom("P0", "P1", "P2"),
        field: fc.nat({ max: 2 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    properties: fc.array(
      fc.record({
        kind: fc.constantFrom("invariant", "step", "sometimes"),
        antecedent: look,
        holds: look,
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ fields, actions, properties }) => {
    const state = record(
      Object.fromEntries(fields.map((name) => [name, int(0, 2)])),
    ) as unknown as Domain<unknown>;
    const model: Model<unknown> = {
      name: "curious",
      state,
      init: () => [Object.fromEntries(fields.map((name) => [name, 0]))],
      actions: actions.map(({ guard, effect, actor, field }, i) => ({
        name: `a${i}`,
        actor: () => actor,
        args: {},
        guard: (s) => sees(guard, s),
        effect: (d) => {
          const name = fields[field % fields.length];
          const by = sees(effect, d) ? 1 : 2;
          (d as unknown as Record<string, number>)[name] = ((d as unknown as Counters)[name] + by) % 3;
        },
      })),
    };
    const asked = properties.map(({ kind, antecedent, holds }, i): Property<unknown> => {
      const common = { ...described, id: `p${i}` };
      if (kind === "sometimes") return { ...common, kind, holds: (s) => sees(holds, s) };
      if (kind === "invariant")
        return {
          ...common,
          kind,
          antecedent: (s) => sees(antecedent, s),
          holds: (s) => sees(holds, s),
        };
      return {
        ...common,
        kind: "step",
        antecedent: (before, after) => sees(antecedent, before) || sees(antecedent, after),
        holds: (before, after) => sees(holds, before) === sees(holds, after),
      };
    });
    return problemOf(model, {}, asked);
  });

const decided = ({ findings }: Exploration<unknown>): readonly unknown[] =>
  findings.map(({ antecedent, path }) => [antecedent > 0, path?.steps.length]);
/** What every wrapper that leaves no state out must answer as the search without it does. */
const answers = (found: Exploration<unknown>): unknown => ({
  stop: found.stop,
  states: Array.from({ length: found.states }, (_, id) => JSON.stringify(found.state(id))).toSorted(),
  levels: found.levels,
  decided: decided(found),
});

describe("A3: whatever wraps a problem is invisible to its guards, recipes and properties", () => {
  test("A3: models that look at all of a state answer the same, wrapped or not", async () => {
    await fc.assert(
      fc.asyncProperty(curious, async (problem) => {
        const plain = await exploreReference(problem);
        const wanted = answers(plain);
        // As often as a nearest run to any state has steps, and once more for the step after it.
        const most = plain.levels.length;
        expect(answers(await exploreFast(problem))).toEqual(wanted);
        expect(answers(await withinSwitches(exploreFast, most)(problem))).toEqual(wanted);
        expect(answers(await withinSwitches(exploreReference, most)(problem))).toEqual(wanted);
        expect(answers(await paranoid(exploreFast)(problem))).toEqual(wanted);
        expect(answers(await withinSwitches(paranoid(exploreFast), most)(problem))).toEqual(wanted);
        expect(answers(await resumed(problem, plain.levels.length % 3))).toEqual(wanted);
        const por = await exploreFast(reduced(problem));
        expect(por.findings.map(({ path }) => path !== undefined)).toEqual(
          plain.findings.map(({ path }) => path !== undefined),
        );
      }),
      { numRuns: runs(200) },
    );
  });

  test("A3: the generated models differ in what they answer", async () => {
    const sample = fc.sample(curious, { numRuns: 100, seed: 1 });
    const found = await Promise.all(sample.map((problem) => exploreFast(problem)));
    expect(found.filter(({ states }) => states > 2).length).toBeGreaterThan(50);
    const violated = found.flatMap(({ findings }) => findings.map(({ path }) => path !== undefined));
    expect(violated.filter(Boolean).length).toBeGreaterThan(40);
    expect(violated.filter((is) => !is).length).toBeGreaterThan(40);
  });

  const State = record({ x: int(0, 3), "(control)": int(0, 1) });
  type Own = { x: number; "(control)": number };
  const own = problemOf<Own>(
    {
      name: "own",
      state: State,
      init: () => [{ x: 0, "(control)": 0 }],
      actions: [
        {
          name: "step",
          actor: () => "CPU0",
          args: {},
          guard: ({ x }) => x < 3,
          effect: (d) => {
            d.x += 1;
            d["(control)"] = d.x % 2;
          },
        },
      ],
    },
    {},
    [
      {
        ...described,
        id: "no-sum-of-four",
        kind: "invariant",
        holds: (s) => Object.values(s).reduce((sum, n) => sum + n, 0) < 4,
      },
      { ...described, id: "two-fields", kind: "invariant", holds: (s) => Object.keys(s).length === 2 },
    ],
  );

  test.each(engines)(
    "A3: a model's own field may be called as a wrapper's might be, %s engine",
    async (_, explore) => {
      for (const wrapped of [explore, withinSwitches(explore, 1), withinSwitches(explore, 0)]) {
        const found = await wrapped(own);
        expect([found.states, found.stop]).toEqual([4, "exhausted"]);
        expect(found.findings.map(({ path }) => path?.steps.length)).toEqual([3, undefined]);
        expect(found.state(3)).toEqual({ x: 3, "(control)": 1 });
      }
    },
  );

  test.each(engines)(
    "A3: an error within a bound on switches has the words it has without, %s engine",
    async (_, explore) => {
      const problemWith = (effect: (d: { x: number }) => void): Problem<{ x: number }> =>
        problemOf<{ x: number }>(
          {
            name: "wrong",
            state: record({ x: int(0, 1) }),
            init: () => [{ x: 0 }],
            actions: [{ name: "step", actor: () => "CPU0", args: {}, guard: () => true, effect }],
          },
          {},
          [],
        );
      const wrong = [
        (d: { x: number }) => {
          d.x = 7;
        },
        (d: { x: number }) => {
          (d as { y?: number }).y = 1;
        },
        (d: { x: number }) => {
          d.x = {} as number;
        },
      ];
      for (const effect of wrong) {
        const message = await explore(problemWith(effect)).then(
          () => "no error",
          (error: Error) => error.message,
        );
        expect(message).toContain("in step, reached by no step");
        await expect(withinSwitches(explore, 2)(problemWith(effect))).rejects.toThrow(message);
      }
    },
  );

  test.each(engines)(
    "A3: names that stand for each other show no more than the state, %s engine",
    async (_, explore) => {
      const state = record({ on: vector("vcpu", int(0, 1)), turns: int(0, 3) });
      type On = { readonly on: readonly number[]; turns: number };
      const problem = problemOf<On>(
        {
          name: "switches",
          state,
          init: () => [{ on: [0, 0, 0], turns: 0 }],
          actions: [
            {
              name: "turn",
              actor: () => "CPU0",
              args: { v: "vcpu" },
              guard: (s, { v }) => s.on[Number(v)] === 0 && Object.keys(s).length === 2,
              effect: (d, { v }) => {
                (d.on as Record<number, number>)[Number(v)] = 1;
                d.turns += JSON.stringify(d).length === '{"on":[0,0,0],"turns":0}'.length ? 1 : 0;
              },
            },
          ],
        },
        { vcpu: 3 },
        [
          {
            ...described,
            id: "sum",
            kind: "invariant",
            holds: (s) =>
              Object.values(s)
                .flat()
                .reduce((sum, n) => sum + n, 0) < 6,
          },
        ],
      );
      const found = await explore(withSymmetry(problem));
      expect([found.states, found.findings[0].path?.steps.length]).toEqual([4, 3]);
    },
  );
});
