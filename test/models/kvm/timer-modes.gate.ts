import { enablePatches } from "immer";
import { describe, expect, test } from "vitest";
import { f3MaskedExpiry, f3UserspaceUnmask } from "../../../scenarios/timer/f3-masked-expiry.ts";
import { f4ModeSwitch } from "../../../scenarios/timer/f4-mode-switch.ts";
import { f5Tdcr } from "../../../scenarios/timer/f5-tdcr.ts";
import { hvTimerWorld } from "../../../scenarios/timer/hv-timer.ts";
import { timerModesWorld } from "../../../scenarios/timer/timer-modes.ts";
import { tscDeadlineWorld } from "../../../scenarios/timer/tsc-deadline.ts";
import type { World } from "../../../scenarios/world.ts";
import { traceOf } from "./timer-ask.ts";

enablePatches();

type Row = readonly [
  property: string,
  world: { readonly name: string; readonly spec: World },
  guest: string,
  set: readonly string[],
  length: number,
];

const posting = ["nohzFull=on", "hltInGuest=on"];
const waits = [...posting, "timerAdvance=on"];

// The length of the shortest run that breaks the property; 0 where the complete search finds none.
const rows: readonly Row[] = [
  // P4: only a switch into or out of TSC-deadline mode loses an expiry.
  ["mode-switch-loses-no-expiry", timerModesWorld, "td", [], 33],
  ["mode-switch-loses-no-expiry", timerModesWorld, "td", ["timerDelivery=direct"], 0],
  ["mode-switch-loses-no-expiry", timerModesWorld, "vmx", [], 0],
  ["mode-switch-loses-no-expiry", timerModesWorld, "vmx", ["preemptionTimer=off"], 33],
  ["hrtimer-mode-switch-keeps-expiry", timerModesWorld, "td", ["nohzFull=on"], 0],

  // P3 for IA32_TSC_DEADLINE: what the fastpaths change.
  ["tsc-deadline-write-loses-no-expiry", tscDeadlineWorld, "td", [], 31],
  ["tsc-deadline-write-loses-no-expiry", tscDeadlineWorld, "vmx", [...posting, "fastpath=6.16"], 31],
  ["tsc-deadline-write-loses-no-expiry", tscDeadlineWorld, "vmx", [...posting, "fastpath=6.19"], 0],

  // P6: VMX in one-shot mode is injected twice as it is, and takes one interrupt.
  ["arming-injected-once", hvTimerWorld, "td", ["nohzFull=on"], 0],
  ["arming-injected-once", hvTimerWorld, "vmx", [], 39],
  ["arming-injected-once", hvTimerWorld, "vmx", ["timerMode=tsc-deadline"], 0],
  ["arming-injected-once", hvTimerWorld, "vmx", ["timerDelivery=direct", "timerMode=tsc-deadline"], 30],
  ["arming-injected-once", hvTimerWorld, "vmx", ["timerDelivery=direct-fixed"], 0],
  ["arming-taken-once", hvTimerWorld, "vmx", ["timerClocks=apart"], 0],
  ["arming-taken-once", hvTimerWorld, "vmx", ["timerDelivery=direct"], 0],
  ["arming-taken-once", hvTimerWorld, "vmx", ["timerDelivery=direct", "timerClocks=apart"], 55],
  ["arming-taken-once", hvTimerWorld, "vmx", ["timerDelivery=direct-fixed", "timerClocks=apart"], 0],

  // P9: the waits collide, which does harm where an expiry was wiped before.
  ["waits-do-not-collide", tscDeadlineWorld, "td", waits, 61],
  ["waits-do-not-collide", tscDeadlineWorld, "vmx", [...waits, "fastpath=6.19"], 35],
  ["no-interrupt-before-deadline", tscDeadlineWorld, "td", waits, 0],
  ["no-interrupt-before-deadline", tscDeadlineWorld, "td", [...waits, "timerDelivery=direct"], 32],
  ["no-interrupt-before-deadline", tscDeadlineWorld, "vmx", [...waits, "fastpath=6.16"], 89],
  ["no-interrupt-before-deadline", tscDeadlineWorld, "vmx", [...waits, "fastpath=6.19"], 0],

  // P10.
  ["can-post-excludes-hv-timer", hvTimerWorld, "vmx", posting, 0],

  // P13 and F3.
  ["masked-expiry-not-injected", f3MaskedExpiry, "td", [], 48],
  ["masked-expiry-not-injected", f3MaskedExpiry, "td", ["timerDelivery=direct"], 0],
  ["masked-expiry-not-injected", f3MaskedExpiry, "vmx", [], 0],
  ["no-pending-timer-in-guest", f3UserspaceUnmask, "td", [], 57],
  ["expiry-not-delayed-past-entry", f3UserspaceUnmask, "td", [], 57],
  ["no-pending-timer-in-guest", f3MaskedExpiry, "td", ["nohzFull=on"], 0],

  // F4, also for direct delivery; pinning the hrtimer ends it.
  ["mode-switch-restarts-nothing", f4ModeSwitch, "td", [], 37],
  ["mode-switch-restarts-nothing", f4ModeSwitch, "td", ["timerDelivery=direct"], 36],
  ["mode-switch-restarts-nothing", f4ModeSwitch, "td", ["hrtimerPinned=on"], 0],

  // F5.
  ["arming-injected-once", f5Tdcr, "td", [], 36],
  ["arming-taken-once", f5Tdcr, "td", [], 37],
  ["arming-injected-once", f5Tdcr, "td", ["tdcrGuard=guarded"], 0],
];

test.each(rows.map(([property, world, ...rest]) => [property, world.name, ...rest, world.spec] as const))(
  "%s in %s of a %s, %o: %i steps",
  async (property, _, guest, set, length, spec) => {
    expect(await traceOf({ spec, guest, set }, property)).toHaveLength(length);
  },
);

describe("what the shortest runs show", () => {
  test("F3: the guest unmasks, and the expiry of the masked timer is injected", async () => {
    const trace = await traceOf({ spec: f3MaskedExpiry.spec, guest: "td" }, "masked-expiry-not-injected");
    expect(
      trace.filter((name) => ["guest_write_lvtt_mask", "apic_timer_fn", "store_lvtt"].includes(name)).at(-1),
    ).toBe("store_lvtt");
    expect(trace.at(-1)).toBe("inject_pending_timer");
  });

  test("F3: userspace unmasks, and the vCPU enters", async () => {
    const trace = await traceOf({ spec: f3UserspaceUnmask.spec, guest: "td" }, "no-pending-timer-in-guest");
    expect(trace.indexOf("KVM_SET_MSRS_LVTT")).toBeGreaterThan(trace.indexOf("apic_timer_fn"));
    expect(trace.at(-1)).toBe("vm_enter");
  });

  test("F4: the mode is switched between the decision of the callback and its tail", async () => {
    const trace = await traceOf({ spec: f4ModeSwitch.spec, guest: "td" }, "mode-switch-restarts-nothing");
    expect(trace.indexOf("lvtt_set_mode")).toBeGreaterThan(trace.indexOf("apic_timer_fn_start"));
    expect(trace.at(-1)).toBe("fn_return");
  });

  test("F5: no TMICT write lies between the two injections", async () => {
    const trace = await traceOf({ spec: f5Tdcr.spec, guest: "td" }, "arming-injected-once");
    expect(trace.filter((name) => name === "guest_write_tmict")).toHaveLength(1);
    expect(trace).toContain("tdcr_hrtimer_cancel");
  });

  test("P6 as it is: vcpu_block() injects when it switches to the hrtimer, and when it switches back", async () => {
    const trace = await traceOf({ spec: hvTimerWorld.spec, guest: "vmx" }, "arming-injected-once");
    const injects = trace.flatMap((name, i) => (name === "expired_inject_if_apicv" ? [i] : []));
    expect(injects).toHaveLength(2);
    expect(trace.slice(injects[0], injects[1])).toContain("switch_to_hv_timer");
    expect(trace).not.toContain("apic_timer_fn");
  });
});
