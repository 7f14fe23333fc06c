import { expect, test } from "vitest";
import { exploreFast, problemOf, type Patch } from "#check";
import { updateApicv } from "../../models/kvm/actions/apicv/apicv.ts";
import { bugSteps } from "../../models/kvm/actions/apicv/bug.ts";
import { apicMapWorld } from "../../scenarios/apicv/apic-map.ts";
import { worldWith } from "../../scenarios/world.ts";
import type { State } from "../../models/kvm/state.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";

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
