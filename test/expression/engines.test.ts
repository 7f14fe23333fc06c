import { expect, test } from "vitest";
import {
  actionOf,
  index,
  int,
  predicateOf,
  problemOf,
  propertyOf,
  record,
  replay,
  vector,
  type Draft,
  type ValueOf,
} from "#check";
import { conditionOf, stepConditionOf } from "../../src/expression/condition.ts";
import { pathOf } from "../../src/expression/path.ts";
import { valueOf } from "../../src/expression/value.ts";
import { engines } from "../fixtures/engines.ts";

const State = record({ amount: vector("jug", int(0, 5)), room: vector("jug", int(3, 5)) });
type State = ValueOf<typeof State>;

const isEmpty = predicateOf<State>()("isEmpty", {
  params: { jug: index("jug") },
  about: "There is nothing in it.",
  of: ({ amount }, { jug }) => amount[jug] === 0,
});
const common = { state: State, scope: { jug: 2 }, predicates: [isEmpty] };

/** An action that is written in expressions alone. */
const written = (
  name: string,
  jugs: readonly string[],
  when: string | undefined,
  set: Readonly<Record<string, string>>,
) => {
  const args = Object.fromEntries(jugs.map((jug) => [jug, "jug"]));
  const names = { ...common, args };
  const guard = when === undefined ? undefined : conditionOf(when, names);
  const writes = Object.entries(set).map(([place, text]) => {
    const path = pathOf(place, names);
    return { path, value: valueOf(text, names, path.node) };
  });
  return actionOf<State>()(name, {
    actor: "heroes",
    args,
    guard: (s, given) => guard?.holds(s, given) ?? true,
    effect: (d: Draft<State>, given) => {
      const values = writes.map(({ value }) => value.of(d, given));
      writes.forEach(({ path }, i) => path.write(d, given, values[i]));
    },
  });
};

const moved = "min(amount[from], room[to] - amount[to])";
const jugs = {
  name: "die-hard",
  state: State,
  init: () => [{ amount: [0, 0], room: [3, 5] }],
  actions: [
    written("fill", ["jug"], undefined, { "amount[jug]": "room[jug]" }),
    written("empty", ["jug"], "!isEmpty(jug)", { "amount[jug]": "0" }),
    written("pour", ["from", "to"], "from != to && amount[from] > 0", {
      "amount[from]": `max(0, amount[from] - max(0, ${moved}))`,
      "amount[to]": `max(0, min(5, amount[to] + ${moved}))`,
    }),
  ],
};

const { invariant, step } = propertyOf<State>();
const fourGallons = conditionOf("amount.exists(gallons, gallons == 4)", common);
const both = stepConditionOf(
  "action == fill && before.isEmpty(0) && after.amount[0] == 3 && after.amount[1] == 5",
  {
    ...common,
    step: { actions: ["fill", "empty", "pour"] },
  },
);
const properties = [
  invariant({ id: "never-4", statement: "-", holds: (s) => !fourGallons.holds(s, {}) }),
  step({ id: "never-both", statement: "-", holds: (a, b, taken) => !both.holds(a, b, taken, {}) }),
];

test.each(engines)("a model that is written in expressions means to %s what it says", async (_, explore) => {
  const problem = problemOf(jugs, common.scope, properties);
  const { findings, states } = await explore(problem);
  expect(states).toBe(16);
  const runs = findings.map(({ path }) =>
    replay(problem, path!).steps.map(({ step: { action } }) => action.name),
  );
  expect(runs).toEqual([
    ["fill", "pour", "empty", "pour", "fill", "pour"],
    ["fill", "fill"],
  ]);
});
