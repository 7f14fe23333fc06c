import { describe, expect, test } from "vitest";
import hvTimerMigrates from "../../../scenarios/timer/hv-timer-migrates.ts";
import { preemptible } from "../../../models/kvm/preemptible.ts";
import { scenarios } from "../../../scenarios/index.ts";
import { choiceOf } from "../../../src/catalogue/choice.ts";

const choice = choiceOf(
  scenarios.find(({ name }) => name === hvTimerMigrates.name)!,
  {},
);
const { model, start } = hvTimerMigrates.build(choice);
const preempt = model.actions.find(({ name }) => name === "preempt")!;
const [{ vcpu, ...rest }] = start;
type Vcpu = (typeof vcpu)[number];
const enabled = (changed: Partial<Vcpu>): boolean =>
  preempt.guard({ ...rest, vcpu: [{ ...vcpu[0], mode: "OUTSIDE", ...changed }] }, { v: 0 });

describe("a vCPU's thread is preempted", () => {
  test.each(["RUN_TOP", "TSCD_STORE", "TMICT_START", "RESTART", "IOAPIC_WRITE", "BLOCK_WAIT"] as const)(
    "at %s",
    (pc) => expect([enabled({ pc }), preemptible({ ...vcpu[0], mode: "OUTSIDE", pc })]).toEqual([true, true]),
  );

  test.each([
    "ENTER",
    "NONROOT",
    "EXITED",
    "SW_START",
    "HV_CANCEL_HRTIMER",
    "IOAPIC_UNLOCK",
    "USER",
  ] as const)("not at %s", (pc) => expect(enabled({ pc })).toBe(false));

  test("neither in an exit fastpath nor while it is loaded, where it is preempted elsewhere", () => {
    expect(enabled({ pc: "TSCD_STORE", mode: "IN_GUEST" })).toBe(false);
    expect(enabled({ pc: "RESTART", loadedAt: "TSCD_STORE" })).toBe(false);
    expect(enabled({ pc: "RUN_TOP", sched: "LOAD_PIR" })).toBe(false);
  });
});
