import { describe, expect, test } from "vitest";
import type { Action, Patch } from "#check";
import { timerRestart } from "../../../models/kvm/actions/timer/timer-restart.ts";
import { hvTimerWorld } from "../../../scenarios/timer/hv-timer.ts";
import { timerModesWorld } from "../../../scenarios/timer/timer-modes.ts";
import type { State } from "../../../models/kvm/state.ts";
import { m13, m14 } from "../../../scenarios/mutations/timer.ts";
import { traceOf } from "./timer-ask.ts";

const named = (actions: readonly Action<State>[], name: string): Action<State> =>
  actions.find((action) => action.name === name)!;

const readsClock = named(timerRestart, "start_sw_reads_clock");

/** A world where vcpu_block() never finds the deadline passed when it switches to the hrtimer. */
const neverLate: Patch<State> = {
  replace: [
    {
      ...readsClock,
      guard: (s, args) =>
        readsClock.guard(s, args) && (args["deadline"] === "ahead" || s.timer[Number(args["v"])].due),
    },
  ],
};

const vmx = { spec: hvTimerWorld.spec, guest: "vmx" };

describe("M13", () => {
  const asked = { spec: timerModesWorld.spec, guest: "td", set: ["nohzFull=on"] };
  test("a callback of the old arming counts for the new one", async () => {
    const trace = await traceOf({ ...asked, patch: m13 }, "expiry-belongs-to-its-arming");
    expect(trace.lastIndexOf("store_tmict")).toBeGreaterThan(trace.indexOf("apic_timer_fn_start"));
    expect(trace.at(-1)).toBe("fn_inc_pending");
  });
  test("the kernel as it is waits for it", async () => {
    expect(await traceOf(asked, "expiry-belongs-to-its-arming")).toEqual([]);
  });
});

describe("M14", () => {
  const asked = { ...vmx, set: ["timerMode=tsc-deadline"] };
  test("without the test of pending both timers of one arming are injected", async () => {
    const trace = await traceOf({ ...asked, patch: m14 }, "arming-injected-once");
    expect(trace).toContain("apic_timer_fn");
    expect(trace).toContain("preemption_timer_exit");
  });
  test("with it they are not", async () => {
    expect(await traceOf(asked, "arming-injected-once")).toEqual([]);
  });
});

describe("P6 without pending, as m21 proposes it, on VMX", () => {
  const direct = "timerDelivery=direct";

  const apart = ["timerMode=tsc-deadline", "timerClocks=apart"];

  test("(i) the callback injects while the hv timer is being set, which stays set and injects again", async () => {
    const trace = await traceOf({ ...vmx, set: [direct, ...apart] }, "arming-taken-once");
    const fn = trace.lastIndexOf("apic_timer_fn");
    expect(fn).toBeGreaterThan(trace.indexOf("switch_to_hv_timer"));
    expect(fn).toBeLessThan(trace.lastIndexOf("hv_hrtimer_cancel"));
    expect(
      trace.slice(fn).filter((name) => ["guest_take_irq", "preemption_timer_exit"].includes(name)),
    ).toEqual(["guest_take_irq", "preemption_timer_exit"]);
  });

  test("(i') or set_hv_timer() has said that the deadline passed, and start_hv_timer() injects again", async () => {
    const trace = await traceOf({ ...vmx, set: [direct, "timerMode=tsc-deadline"] }, "arming-injected-once");
    const fn = trace.lastIndexOf("apic_timer_fn");
    expect(fn).toBeGreaterThan(trace.lastIndexOf("set_hv_timer"));
    expect(trace.slice(fn)).toContain("hv_test_pending");
    expect(trace).not.toContain("preemption_timer_exit");
    expect(trace.at(-1)).toBe("expired_inject_if_apicv");
  });

  test("(ii) a one-shot that fired while the vCPU was blocked is restarted, and injected again", async () => {
    const trace = await traceOf({ ...vmx, set: [direct], patch: neverLate }, "arming-injected-once");
    const fn = trace.lastIndexOf("apic_timer_fn");
    expect(fn).toBeGreaterThan(-1);
    expect(trace.slice(fn)).toContain("restart_apic_timer");
    expect(trace.at(-1)).toBe("expired_inject_if_apicv");
    expect(trace.slice(fn)).not.toContain("preemption_timer_exit");
  });

  test("direct-fixed has neither, and pending has neither where the deadline is never found passed", async () => {
    expect(await traceOf({ ...vmx, set: ["timerDelivery=direct-fixed"] }, "arming-injected-once")).toEqual(
      [],
    );
    expect(await traceOf({ ...vmx, patch: neverLate }, "arming-injected-once")).toEqual([]);
  });
});
