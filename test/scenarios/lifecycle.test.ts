import { describe, expect, test } from "vitest";
import { exploreFast, problemOf, type AnyScenario, type Patch } from "#check";
import { kvm } from "../../scenarios/kvm.ts";
import { updateApicv } from "../../models/kvm/actions/apicv/apicv.ts";
import { bugSteps } from "../../models/kvm/actions/apicv/bug.ts";
import { apicMapWorld } from "../../scenarios/apicv/apic-map.ts";
import { worldWith } from "../../scenarios/world.ts";
import type { State } from "../../models/kvm/state.ts";
import { applicable, outcomeOf } from "../../src/catalogue/outcome.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";

/** Every choice of a world: each design and guest with every combination of its options. */
const choices = (scenario: AnyScenario) =>
  scenario.guests.flatMap((guest) =>
    (guest === "td" ? scenario.designs : ["upstream"]).flatMap((design) =>
      scenario.options
        .reduce<readonly (readonly string[])[]>(
          (sets, { name, values }) =>
            sets.flatMap((set) => values.map((value) => [...set, `${name}=${value}`])),
          [[]],
        )
        .map((set) => [`${guest} ${design} ${set.join(" ")}`, { guest, design, set }] as const),
    ),
  );

describe.each([
  "kvm/lifecycle",
  "kvm/set-lapic",
  "kvm/apic-map",
  "kvm/f1-uninitialized-vcpu",
  "kvm/f6-halted-vcpu",
])("%s", (name) => {
  const scenario = kvm.find((one) => one.name === name)!;

  test.each(choices(scenario))(
    "%s: every verdict is the expected one",
    async (_, wish) => {
      const choice = choiceOf(scenario, wish);
      const asked = { depth: null, switches: null, states: null, memoryBytes: null, seconds: null };
      const question = { scenario, choice, properties: scenario.properties, asked };
      const { model, start } = scenario.build(choice);
      const problem = problemOf(model, scenario.scope, applicable(question), start);
      const outcome = outcomeOf(question, problem, await exploreFast(problem));
      expect(outcome.complete).toBe(true);
      expect(
        outcome.properties
          .filter(({ expected, asExpected }) => !asExpected || expected === null)
          .map(({ property, verdict, expected }) => `${property.id}: ${verdict}, expected ${expected}`),
      ).toEqual([]);
    },
    30_000,
  );
});

const violated = async (patch: Patch<State>): Promise<readonly string[]> => {
  const world = worldWith(apicMapWorld.spec, patch);
  const { model, start } = world.build(choiceOf(world as never, { set: ["apicMapAlloc=may-fail"] }));
  const found = await exploreFast(problemOf(model, world.scope, world.properties, start));
  expect(found.stop).toBe("exhausted");
  return world.properties
    .filter(({ kind }, place) => kind !== "sometimes" && found.findings[place].path !== undefined)
    .map(({ id }) => id);
};

// Q8's other half: what holds back the guests of a bugged VM is the request and the kick.
test.each([
  ["without the request", "bug_request", "bugged-vm-runs-no-guest"],
  ["without the kick", "bug_ipi", "bugged-vm-has-kicked-its-guests"],
])("a bugged VM %s runs its guests on", async (_, name, breaks) => {
  const [step] = bugSteps.filter((one) => one.name === name);
  const pc = name === "bug_request" ? "MODE" : "WAIT";
  const patch = {
    replace: [{ ...step, effect: (d: Parameters<typeof step.effect>[0]) => void (d.vm.bugOn.pc = pc) }],
  };
  expect(await violated(patch)).toContain(breaks);
  expect(await violated({})).not.toContain(breaks);
});

test("a TD whose inactive APICv is not answered by KVM_BUG_ON runs on, inhibited", async () => {
  const { model, start } = worldWith(apicMapWorld.spec, { replace: [updateApicv(() => undefined)] }).build(
    choiceOf(apicMapWorld as never, { set: ["apicMapAlloc=may-fail"] }),
  );
  const found = await exploreFast(problemOf(model, apicMapWorld.scope, [], start));
  const inhibited = Array.from({ length: found.states }, (_, id) => found.state(id)).filter(({ vcpu }) =>
    vcpu.some(({ pc, apicvActive }) => pc === "NONROOT" && !apicvActive),
  );
  expect(inhibited.length).toBeGreaterThan(0);
});
