import { describe, expect, test } from "vitest";
import { int, propertyOf, record, type AnyScenario, type ValueOf } from "#check";
import { choices } from "../../src/model/action.ts";
import { said } from "../fixtures/toy.ts";
import { act, ask, expectRefusal, hostile, modes } from "./ask.ts";

const State = record({ x: int(0, 9) });
type State = ValueOf<typeof State>;
const scope = { vcpu: 3 };
const { invariant, step } = propertyOf<State>();
const args = { i: "vcpu" } as const;

/** Spoils the arguments that it shares with all other evaluations. */
const spoil = (of: object): true => {
  (of as { i: number }).i = 0;
  return true;
};
const world = (
  properties: Parameters<typeof hostile<State>>[4],
  guard: (s: State, of: object) => boolean = (s) => s.x < 9,
  effect: (d: { x: number }, of: object) => void = (d) => void (d.x += 1),
): AnyScenario =>
  hostile(State, scope, [{ x: 0 }], [act<State>("count", guard, effect as never, args)], properties);

const worlds: Readonly<Record<string, readonly [build: () => AnyScenario, name: RegExp]>> = {
  "a property": [
    () => world([invariant({ ...said, args, id: "p", holds: (_, of) => spoil(of) })]),
    /property p/,
  ],
  "an antecedent": [
    () => world([invariant({ ...said, args, id: "p", antecedent: (_, of) => spoil(of), holds: () => true })]),
    /property p/,
  ],
  "a step property, its own arguments": [
    () => world([step({ ...said, args, id: "p", holds: (_b, _a, _t, of) => spoil(of) })]),
    /property p/,
  ],
  "a step property, those of the step": [
    () => world([step({ ...said, id: "p", holds: (_b, _a, taken) => spoil(taken.args) })]),
    /property p/,
  ],
  "a step property, the step itself": [
    () =>
      world([
        step({
          ...said,
          id: "p",
          holds: (_b, _a, taken) => Boolean(((taken as { action: string }).action = "x")),
        }),
      ]),
    /property p/,
  ],
  "a guard": [() => world([], (s, of) => spoil(of) && s.x < 9), /count\(i=\d\)/],
  "an effect": [() => world([], undefined, (d, of) => void (spoil(of) && (d.x += 1))), /count\(i=\d\)/],
};

describe.each(Object.entries(worlds))("A5: arguments written by %s", (_, [build, name]) => {
  test.each(modes)("are an error that names it: explore %s", async (flags) => {
    expectRefusal(await ask(build, `explore --scenario oracle/hostile ${flags}`), /read only/, name);
  });

  test("and in a simulation", async () => {
    expectRefusal(
      await ask(build, "simulate --scenario oracle/hostile --runs 2 --depth 3"),
      /read only/,
      name,
    );
  });
});

test("A5: arguments are frozen wherever they are made, whatever their ranges", () => {
  const deep = [{ of: [1] }] as unknown as readonly number[];
  for (const made of choices({ a: "vcpu", b: ["x", "y"], c: { someOf: "vcpu" }, deep }, scope)) {
    expect(Object.isFrozen(made)).toBe(true);
    const { of } = made["deep"] as unknown as { of: readonly number[] };
    expect([Object.isFrozen(made["deep"]), Object.isFrozen(of)]).toEqual([true, true]);
  }
  expect(Object.isFrozen(choices({}, scope)[0])).toBe(true);
});
