import { expect, test } from "vitest";
import { setLapicWorld } from "../../../scenarios/ioctls/set-lapic.ts";
import type { State } from "../../../models/kvm/state.ts";
import { searched } from "./timer-ask.ts";

/** All of a state but what the designs differ in: the inhibits and apicv_active. */
const observable = ({ vm, vcpu, ...rest }: State): string =>
  JSON.stringify({
    ...rest,
    vm: { ...vm, inhibit: null },
    vcpu: vcpu.map((one) => ({ ...one, apicvActive: null })),
  });

const states = async (design: string, set: readonly string[]): Promise<ReadonlySet<string>> => {
  const { found } = await searched({ spec: setLapicWorld.spec, guest: "td", design, set });
  return new Set(Array.from({ length: found.states }, (_, id) => observable(found.state(id))));
};

const beyond = (some: ReadonlySet<string>, others: ReadonlySet<string>): number =>
  [...some].filter((one) => !others.has(one)).length;

const postedStates = states("v1-inhibit", ["setLapic=allow"]);

// Q16: what kvm_apic_set_state() does beside the callbacks that a TD ignores does not depend on apicv_active.
test("a TD whose LAPIC is restored is the same under the posted patch and with APICv active", async () => {
  const posted = await postedStates;
  const active = await states("active", ["setLapic=allow"]);
  expect(posted.size).toBeGreaterThan(10_000);
  expect([beyond(posted, active), beyond(active, posted)]).toEqual([0, 0]);
});

test("it is not where the proposal refuses to", async () => {
  const active = await states("active", []);
  expect(beyond(await postedStates, active)).toBeGreaterThan(0);
});
