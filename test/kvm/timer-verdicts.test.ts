import { describe, expect, test } from "vitest";
import { exploreFast, problemOf, type AnyScenario } from "#check";
import { kvm } from "../../models/kvm/index.ts";
import { applicable, outcomeOf } from "../../src/check/outcome.ts";
import { choiceOf, type Wish } from "../../src/model/choice.ts";

/** Verdicts other than the expected ones, in complete searches; a property without an expectation is one. */
const surprises = async (scenario: AnyScenario, wish: Wish): Promise<readonly string[]> => {
  const choice = choiceOf(scenario, wish);
  const asked = { depth: null, states: null, memoryBytes: null, seconds: null };
  const question = { scenario, choice, properties: scenario.properties, asked };
  const { model, start, unreachable } = scenario.build(choice);
  expect(unreachable).toBeUndefined();
  const problem = problemOf(model, scenario.scope, applicable(question), start);
  const outcome = outcomeOf(question, problem, await exploreFast(problem));
  expect(outcome.complete).toBe(true);
  return outcome.properties
    .filter(({ expected, asExpected }) => !asExpected || expected === null)
    .map(({ property, verdict, expected }) => `${property.id}: ${verdict}, expected ${expected}`);
};

/** Every way to set some options of a scenario. */
const settings = (scenario: AnyScenario, options: readonly string[]): readonly (readonly string[])[] =>
  scenario.options
    .filter(({ name }) => options.includes(name))
    .reduce<readonly (readonly string[])[]>(
      (sets, { name, values }) => sets.flatMap((set) => values.map((value) => [...set, `${name}=${value}`])),
      [[]],
    );

const worlds: readonly (readonly [string, readonly string[]])[] = [
  ["kvm/timer-modes", ["nohzFull", "hltMwaitInGuest", "timerDelivery"]],
  ["kvm/timer-modes", ["nohzFull", "postTimer", "preemptionTimer"]],
  ["kvm/timer-modes", ["nohzFull", "timerDelivery", "hrtimerPinned"]],
  ["kvm/tsc-deadline", ["nohzFull", "hltMwaitInGuest", "timerDelivery", "fastpath"]],
  ["kvm/tsc-deadline", ["nohzFull", "hltMwaitInGuest", "timerAdvance", "timerDelivery", "directWait"]],
  ["kvm/tsc-deadline", ["nohzFull", "postTimer", "timerAdvance", "preemptionTimer", "fastpath"]],
  ["kvm/hv-timer", ["timerMode", "timerDelivery", "timerClocks"]],
  ["kvm/hv-timer", ["timerMode", "nohzFull", "hltMwaitInGuest", "preemptionTimer"]],
  ["kvm/f3-masked-expiry", ["nohzFull", "hltMwaitInGuest", "timerDelivery", "preemptionTimer"]],
  ["kvm/f3-userspace-unmask", ["nohzFull", "hltMwaitInGuest", "timerDelivery", "preemptionTimer"]],
  ["kvm/f4-mode-switch", ["nohzFull", "timerDelivery", "preemptionTimer", "hrtimerPinned"]],
  ["kvm/f5-tdcr", ["timerDelivery", "tdcrGuard", "preemptionTimer"]],
];

describe.each(worlds)("%s over %o", (name, options) => {
  const scenario = kvm.find((candidate) => candidate.name === name)!;
  test.each([
    ["td", "upstream"],
    ["td", "v1-inhibit"],
    ["vmx", "upstream"],
  ])(
    "%s %s: every verdict is the expected one",
    async (guest, design) => {
      for (const set of settings(scenario, options)) {
        const found = await surprises(scenario, { guest, design, set });
        expect(found.map((surprise) => `${set.join(" ")}: ${surprise}`)).toEqual([]);
      }
    },
    120_000,
  );
});
