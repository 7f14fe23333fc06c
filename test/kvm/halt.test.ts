import { describe, expect, test } from "vitest";
import { exploreFast, problemOf, stepsOf, type AnyScenario } from "#check";
import { kvm } from "../../models/kvm/index.ts";
import { applicable, outcomeOf } from "../../src/check/outcome.ts";
import { choiceOf, type Wish } from "../../src/model/choice.ts";

const named = (name: string): AnyScenario => kvm.find((scenario) => scenario.name === name)!;

const ask = async (scenario: AnyScenario, wish: Wish) => {
  const choice = choiceOf(scenario, wish);
  const asked = { depth: null, states: null, memoryBytes: null, seconds: null };
  const question = { scenario, choice, properties: scenario.properties, asked };
  const { model, start, unreachable } = scenario.build(choice);
  expect(unreachable).toBeUndefined();
  const problem = problemOf(model, scenario.scope, applicable(question), start);
  const found = await exploreFast(problem);
  return { found, outcome: outcomeOf(question, problem, found), steps: stepsOf(model, scenario.scope) };
};

/** Every combination of some options' values. */
const settings = (scenario: AnyScenario, names: readonly string[]): readonly (readonly string[])[] =>
  scenario.options
    .filter(({ name }) => names.includes(name))
    .reduce<readonly (readonly string[])[]>(
      (sets, { name, values }) => sets.flatMap((set) => values.map((value) => [...set, `${name}=${value}`])),
      [[]],
    );

const worlds: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["kvm/halt", ["nohzFull", "hltMwaitInGuest", "postTimer"], ["upstream", "v1-inhibit"]],
  ["kvm/halt", ["nohzFull", "timerDelivery", "rviCheck"], ["upstream", "active", "active-split"]],
  ["kvm/block", ["preemption", "piLoad"], ["upstream", "active", "active-split", "v1-inhibit"]],
  ["kvm/block", ["rviCheck"], ["upstream", "v1-inhibit"]],
  ["kvm/halt-migrates", ["timerMode", "timerDelivery"], ["upstream"]],
  ["kvm/halt-migrates", ["preemption"], ["upstream", "active", "active-split", "v1-inhibit"]],
  ["kvm/pi-wakeup", ["piPut", "deviceAssigned"], ["upstream"]],
  ["kvm/pi-wakeup", ["piLoad"], ["upstream"]],
];

describe.each(worlds)("%s over %s", (name, options, designs) => {
  const scenario = named(name);
  const wishes = [
    ...designs.map((design) => ({ guest: "td", design })),
    { guest: "vmx", design: "upstream" },
  ].flatMap((base) => settings(scenario, options).map((set) => ({ ...base, set })));

  test.each(wishes.map((wish) => [`${wish.guest} ${wish.design} ${wish.set.join(" ")}`, wish] as const))(
    "%s: every verdict is the expected one",
    async (_, wish) => {
      const { outcome } = await ask(scenario, wish);
      expect(outcome.complete).toBe(true);
      const surprises = outcome.properties
        .filter(({ expected, asExpected }) => !asExpected || expected === null)
        .map(({ property, verdict, expected }) => `${property.id}: ${verdict}, expected ${expected}`);
      expect(surprises).toEqual([]);
    },
    60_000,
  );
});

test("kvm_hlt_in_guest() of a TD does nothing but allow posting, which needs isolated pCPUs (Q17)", async () => {
  const sizes = async (set: readonly string[]) => {
    const { found } = await ask(named("kvm/halt"), { set });
    return [found.states, found.transitions];
  };
  expect(await sizes(["hltMwaitInGuest=on"])).toEqual(await sizes(["hltMwaitInGuest=off"]));
  const posting = await sizes(["nohzFull=on", "hltMwaitInGuest=on"]);
  expect(posting).toEqual(await sizes(["nohzFull=on", "postTimer=in-guest-mode"]));
  expect(posting).not.toEqual(await sizes(["nohzFull=on"]));
});

test("a migration between PIR and ON of a post leaves nobody to wake the vCPU", async () => {
  const scenario = named("kvm/block");
  const { found, steps } = await ask(scenario, {});
  const place = scenario.properties.findIndex(({ id }) => id === "halted-vcpu-wakes-for-vector");
  const path = found.findings[place].path!.steps.map((id) => steps[id].action.name);
  expect(path).toHaveLength(22);
  expect(path.slice(-8)).toEqual([
    "preempt",
    "sched_in_elsewhere",
    "pi_load_control",
    "irqfd_signal",
    "irqfd_set_pir",
    "pi_load_pir",
    "schedule",
    "irqfd_set_on",
  ]);
});
