import { expect, test } from "vitest";
import { ask, named } from "./expected.ts";

test("kvm_hlt_in_guest() of a TD does nothing but allow posting, which needs isolated pCPUs (Q17)", async () => {
  const sizes = async (set: readonly string[]) => {
    const { states, transitions } = (await ask(named("kvm/halt"), { set }))!.exploration;
    return [states, transitions];
  };
  expect(await sizes(["hltInGuest=on"])).toEqual(await sizes(["hltInGuest=off"]));
  const posting = await sizes(["nohzFull=on", "hltInGuest=on"]);
  expect(posting).toEqual(await sizes(["nohzFull=on", "postTimer=in-guest-mode"]));
  expect(posting).not.toEqual(await sizes(["nohzFull=on"]));
});

test("a migration between PIR and ON of a post leaves nobody to wake the vCPU", async () => {
  const scenario = named("kvm/block");
  const outcome = await ask(scenario, {});
  const broken = outcome?.properties.find(({ property }) => property.id === "halted-vcpu-wakes-for-vector");
  const path = broken?.evidence?.trace.steps.map(({ step }) => step.action.name) ?? [];
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
