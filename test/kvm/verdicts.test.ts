import { describe, expect, test } from "vitest";
import { exploreFast, problemOf, type AnyScenario } from "#check";
import { kvm } from "../../models/kvm/index.ts";
import { applicable, outcomeOf } from "../../src/check/outcome.ts";
import { choiceOf, type Wish } from "../../src/model/choice.ts";

/** Every verdict of a choice against the expected one; complete searches only. */
const surprises = async (scenario: AnyScenario, wish: Wish): Promise<readonly string[]> => {
  const choice = choiceOf(scenario, wish);
  const asked = { depth: null, states: null, memoryBytes: null, seconds: null };
  const question = { scenario, choice, properties: scenario.properties, asked };
  const { model, start, unreachable } = scenario.build(choice);
  const properties = applicable(question);
  if (unreachable !== undefined) return properties.map(({ id }) => `${id}: the start is unreachable`);
  const problem = problemOf(model, scenario.scope, properties, start);
  const outcome = outcomeOf(question, problem, await exploreFast(problem));
  expect(outcome.complete).toBe(true);
  return outcome.properties
    .filter(({ expected, asExpected }) => !asExpected || expected === null)
    .map(({ property, verdict, expected }) => `${property.id}: ${verdict}, expected ${expected}`);
};

const named = (name: string): AnyScenario => kvm.find((scenario) => scenario.name === name)!;

/** Every way to set the given options of a scenario, the others at their defaults. */
const settings = (scenario: AnyScenario, options: readonly string[]): readonly (readonly string[])[] =>
  scenario.options
    .filter(({ name }) => options.includes(name))
    .reduce<readonly (readonly string[])[]>(
      (sets, { name, values }) => sets.flatMap((set) => values.map((value) => [...set, `${name}=${value}`])),
      [[]],
    );

const wishes = (
  scenario: AnyScenario,
  options: readonly string[],
  designs: readonly string[] = scenario.designs,
): readonly Wish[] =>
  scenario.guests.flatMap((guest) =>
    (guest === "td" ? designs : designs.slice(0, 1)).flatMap((design) =>
      settings(scenario, options).map((set) => ({ design, guest, set })),
    ),
  );

const worlds: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["kvm/timer", ["nohzFull", "hltMwaitInGuest", "postTimer", "timerDelivery"], ["upstream", "v1-inhibit"]],
  [
    "kvm/timer",
    ["nohzFull", "timerMode", "tdhVpEnter"],
    ["active", "active-split", "upstream", "v1-inhibit"],
  ],
  ["kvm/apicv", ["apicMapAlloc"], ["upstream", "active", "active-split", "v1-inhibit"]],
  ["kvm/rtc", ["irqchip", "rtcGuest"], ["upstream", "active", "active-split", "v1-inhibit"]],
  ["kvm/level", ["irqchip", "guestAck"], ["upstream", "active", "active-split", "v1-inhibit"]],
  ["kvm/rtc-two-destinations", [], ["upstream", "active", "active-split", "v1-inhibit"]],
  ["kvm/overview", [], ["upstream", "active", "active-split", "v1-inhibit"]],
  ["kvm/overview", ["timerDelivery"], ["upstream"]],
  ["kvm/overview", ["irqchip"], ["active"]],
];

describe.each(worlds)("%s over %s", (name, options, designs) => {
  const scenario = named(name);
  const asked = wishes(scenario, options, designs);
  test.each(asked.map((wish) => [`${wish.guest} ${wish.design} ${wish.set?.join(" ")}`, wish] as const))(
    "%s: every verdict is the expected one",
    async (_, wish) => {
      expect(await surprises(scenario, wish)).toEqual([]);
    },
    60_000,
  );
});
