import fc from "fast-check";
import { expect, test } from "vitest";
import {
  actionOf,
  exploreFast,
  int,
  problemOf,
  propertyOf,
  record,
  vector,
  type Action,
  type Problem,
  type ValueOf,
} from "#check";
import { agree } from "../../fixtures/agree.ts";
import { runs } from "../../fixtures/runs.ts";

const axes = 3;
const most = 3;
const State = record({ at: vector("axis", int(0, most)) });
type State = ValueOf<typeof State>;

const axis = fc.nat({ max: axes - 1 });
const value = fc.nat({ max: most });
const rule = fc.record({
  /** Changes one axis by itself, by another, with another, or another by itself. */
  kind: fc.constantFrom("own", "own", "own", "by", "with", "other"),
  axis,
  other: axis,
  from: value,
  to: value,
  when: value,
});
type Rule = typeof rule extends fc.Arbitrary<infer R> ? R : never;

const actionFor = ({ kind, axis: i, other: j, from, to, when }: Rule, place: number): Action<State> =>
  actionOf<State>()(`${kind}-${place}`, {
    actor: "CPU0",
    guard: ({ at }) => at[i] === from && (kind !== "by" || at[j] === when),
    effect: (d) => {
      if (kind !== "other") d.at[i] = to;
      if (kind === "with" || kind === "other") d.at[j] = to;
    },
  });

const { invariant, sometimes } = propertyOf<State>();

/** Axes that are changed alone, each by several rules, so that most runs are interleavings of the same; and some that are not. */
const arbitraryGrid: fc.Arbitrary<Problem<State>> = fc
  .record({
    rules: fc.array(rule, { minLength: 8, maxLength: 20 }),
    start: fc.array(fc.array(value, { minLength: axes, maxLength: axes }), { minLength: 1, maxLength: 2 }),
    far: value,
  })
  .map(({ rules, start, far }) =>
    problemOf(
      { name: "grid", state: State, init: () => start.map((at) => ({ at })), actions: rules.map(actionFor) },
      { axis: axes },
      [
        invariant({ id: "not-far", statement: "-", holds: ({ at }) => at[0] < far || at[1] < far }),
        sometimes({ id: "even", statement: "-", holds: ({ at }) => at.every((each) => each === far) }),
      ],
    ),
  );

test("components that change alone are found as the reference finds them", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryGrid, fc.boolean(), async (problem, failFast) => {
      await agree(problem, { failFast });
    }),
    { numRuns: runs(150) },
  );
});

test("and many such models have many interleavings", async () => {
  const states = await Promise.all(
    fc
      .sample(arbitraryGrid, { numRuns: 60, seed: 1 })
      .map(async (problem) => (await exploreFast(problem)).states),
  );
  expect(states.filter((states) => states > 12).length).toBeGreaterThan(12);
});
