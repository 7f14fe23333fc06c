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
  type Property,
  type ValueOf,
} from "#check";
import { agree } from "../../fixtures/agree.ts";
import { runs } from "../../fixtures/runs.ts";
import { batchesOf } from "./batches.ts";

const axes = 3;
const most = 3;
const State = record({ at: vector("axis", int(0, most)), open: int(0, 1) });
type State = ValueOf<typeof State>;

const axis = fc.nat({ max: axes - 1 });
const value = fc.nat({ max: most });
const rule = fc.record({
  /**
   * Changes one axis by itself, from one value or from any; or by another, with another, or another by itself; or where it
   * is open or not, or opens or shuts.
   */
  kind: fc.constantFrom("own", "own", "turn", "turn", "by", "with", "other", "if", "if", "set"),
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
    guard: (s) =>
      (s.at[i] === from || kind === "turn") &&
      (kind !== "by" || s.at[j] === when) &&
      (kind !== "if" || s.open === when % 2),
    effect: (d) => {
      if (kind === "set") d.open = to % 2;
      else if (kind === "turn") d.at[i] = (d.at[i] + to) % (most + 1);
      else if (kind !== "other") d.at[i] = to;
      if (kind === "with" || kind === "other") d.at[j] = to;
    },
  });

const claim = fc.record({
  kind: fc.constantFrom("invariant", "step", "sometimes"),
  axis,
  other: axis,
  far: value,
  when: value,
});
type Claim = typeof claim extends fc.Arbitrary<infer C> ? C : never;

const { invariant, step, sometimes } = propertyOf<State>();
const propertyFor = ({ kind, axis: i, other: j, far, when }: Claim, place: number): Property<State> => {
  const said = { id: `${kind}-${place}`, statement: "-" };
  if (kind === "sometimes") return sometimes({ ...said, holds: ({ at }) => at[i] === far && at[j] === when });
  if (kind === "invariant")
    return invariant({ ...said, antecedent: ({ at }) => at[i] !== when, holds: ({ at }) => at[j] !== far });
  return step({
    ...said,
    antecedent: (before) => before.at[i] !== when,
    holds: (before, after) => after.at[j] >= before.at[j] || before.at[i] < far,
  });
};

/** With these every value is met at once: what is asleep is forgotten where states are packed anew. */
const everyValue: readonly State[] = [
  { at: [0, 1, 2], open: 0 },
  { at: [3, 0, 1], open: 1 },
];

/** Axes that are changed alone, each by several rules, so that most runs are interleavings of the same; and some that are not. */
const arbitraryGrid: fc.Arbitrary<Problem<State>> = fc
  .record({
    rules: fc.array(rule, { minLength: 8, maxLength: 20 }),
    start: fc.array(fc.array(value, { minLength: axes, maxLength: axes }), { minLength: 1, maxLength: 2 }),
    claims: fc.array(claim, { maxLength: 4 }),
  })
  .map(({ rules, start, claims }) =>
    problemOf(
      {
        name: "grid",
        state: State,
        init: () => [...start.map((at) => ({ at, open: 0 })), ...everyValue],
        actions: rules.map(actionFor),
      },
      { axis: axes },
      claims.map(propertyFor),
    ),
  );
const bounds = fc.record(
  { depth: fc.nat({ max: 8 }), states: fc.nat({ max: 60 }), failFast: fc.boolean() },
  { requiredKeys: [] },
);

test("components that change alone are found as the reference finds them", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryGrid, fc.oneof(fc.constant({}), bounds), async (problem, bounds) => {
      await agree(problem, bounds);
    }),
    { numRuns: runs(150) },
  );
});

test("and most such models are expanded by lists, and many of the steps are not followed", () => {
  const batches = fc.sample(arbitraryGrid, { numRuns: 25, seed: 1 }).flatMap((problem) => batchesOf(problem));
  const sum = (key: "transitions" | "lookedUp", some = batches): number =>
    some.reduce((all, batch) => all + batch[key], 0);
  const byLists = batches.filter((batch) => batch.byLists);
  expect(sum("transitions", byLists)).toBeGreaterThan(0.6 * sum("transitions"));
  expect(sum("lookedUp", byLists)).toBeLessThan(0.9 * sum("transitions", byLists));
});

const many = 9;
const Many = record({ at: vector("axis", int(0, 2)) });
type Many = ValueOf<typeof Many>;

test("of more components than can have steps asleep, each takes its steps", async () => {
  const up = actionOf<Many>()("up", {
    actor: "CPU0",
    args: { i: "axis" },
    guard: ({ at }, { i }) => at[i] === 0,
    effect: (d, { i }) => void (d.at[i] = 1),
  });
  const on = actionOf<Many>()("on", {
    actor: "CPU0",
    guard: ({ at }) => at[2] === 1,
    effect: (d) => void (d.at[2] = 2),
  });
  const start = { at: Array.from({ length: many }, () => 0) };
  const model = { name: "many", state: Many, init: () => [start], actions: [up, on] };
  await agree(problemOf(model, { axis: many }, []));
});

const doors = 40;
const Doors = record({ room: int(0, doors), locked: vector("door", int(0, 1)) });
type Doors = ValueOf<typeof Doors>;

test("of more components than a number has bits, each takes its steps", async () => {
  const hall: Doors = { room: 0, locked: Array.from({ length: doors }, () => 0) };
  const enter = actionOf<Doors>()("enter", {
    actor: "CPU0",
    args: { i: "door" },
    // The door first: it is home to the step, and the room is to be asked for.
    guard: (s, { i }) => s.locked[i] === 0 && s.room === 0,
    effect: (d, { i }) => void (d.room = i + 1),
  });
  const model = { name: "doors", state: Doors, init: () => [hall], actions: [enter] };
  const { states, transitions, deadlocks } = await exploreFast(problemOf(model, { door: doors }, []));
  expect({ states, transitions, deadlocks }).toEqual({
    states: doors + 1,
    transitions: doors,
    deadlocks: doors,
  });
});

const Lamp = record({ on: int(0, 1), hours: int(0, 2) });
type Lamp = ValueOf<typeof Lamp>;

test("of more steps than a list has room for, each is taken", async () => {
  const rows = 16;
  const switches = rows ** 2;
  const model = {
    name: "lamp",
    state: Lamp,
    init: () => [{ on: 0, hours: 0 }],
    actions: [
      actionOf<Lamp>()("wait", {
        actor: "CPU0",
        guard: ({ hours }) => hours < 2,
        effect: (d) => void d.hours++,
      }),
      actionOf<Lamp>()("switch", {
        actor: "CPU0",
        args: { i: "row", j: "row" },
        guard: ({ on }) => on === 0,
        effect: (d) => void (d.on = 1),
      }),
    ],
  };
  const { states, transitions, fired, newStates } = await exploreFast(problemOf(model, { row: rows }, []));
  const rest = Array.from({ length: switches - 1 });
  expect({ states, transitions, fired, newStates }).toEqual({
    states: 6,
    transitions: 4 + 3 * switches,
    fired: [4, 3, ...rest.map(() => 3)],
    newStates: [2, 3, ...rest.map(() => 0)],
  });
});
