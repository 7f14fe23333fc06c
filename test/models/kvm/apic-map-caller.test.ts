import { expect, test } from "vitest";
import { guests } from "../../../models/kvm/model.ts";
import { powerOn } from "../../../models/kvm/power-on.ts";
import type { State } from "../../../models/kvm/state.ts";

const { actions } = guests.vmx.model;
const steps = actions.filter(({ name }) => /^(?:apic|spiv)_map_/.test(name));

type Vcpu = State["vcpu"][number];

/** Two vCPUs whose map is dirty; the ioctl or the write of SPIV that made it so is the second one's. */
const dirty = (changed: Partial<Vcpu>): State => {
  const [off] = powerOn("KVM_X86_DEFAULT_VM")({ vcpu: 2 });
  const [one, other] = off.vcpu;
  const vcpu = [
    { ...one, pc: "NONROOT" as const },
    { ...other, inIoctl: true, ...changed },
  ];
  const apicMap = { ...off.vm.apicMap, dirty: "DIRTY" as const };
  return structuredClone({ ...off, vcpu, vm: { ...off.vm, apicMap } });
};

/** Who may go on with the map: the step and whose it is. */
const next = (s: State): readonly string[] =>
  steps.flatMap(({ name, guard, actor, args }) =>
    ("v" in args ? [{ v: 0 }, { v: 1 }] : [{ result: "ok" }])
      .filter((chosen) => guard(s, chosen))
      .map((chosen) => `${actor(chosen)} ${name}`),
  );

/** All steps of the map until none is left. */
const rebuild = (s: State): readonly string[] => {
  const taken: string[] = [];
  for (let [step] = next(s); step !== undefined; [step] = next(s)) {
    taken.push(step);
    const [, name] = step.split(" ");
    steps.find((action) => action.name === name)!.effect(s, { v: 1, result: "ok" });
  }
  return taken;
};

test.each<readonly [who: string, Partial<Vcpu>, actor: string, prefix: string]>([
  ["an ioctl's thread", { pc: "USER" }, "userspace", "apic_map"],
  ["the vCPU's, whose guest has written SPIV", { pc: "SPIV_MAP" }, "CPU1", "spiv_map"],
])("the map is rebuilt by %s", (_, changed, actor, prefix) => {
  expect(rebuild(dirty(changed))).toEqual(
    ["build", "physical", "logical", "id_modified", "done"].map((step) => `${actor} ${prefix}_${step}`),
  );
});

test("a vCPU's thread goes on only on its pCPU, and once a host interrupt is handled", () => {
  const { irq } = dirty({}).vcpu[1];
  expect(next(dirty({ pc: "SPIV_MAP", sched: "PREEMPTED" }))).toEqual([]);
  expect(next(dirty({ pc: "SPIV_MAP", irq: { ...irq, RESCHEDULE: true } }))).toEqual([]);
});
