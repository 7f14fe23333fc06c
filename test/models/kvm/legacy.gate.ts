import { describe, expect, test } from "vitest";
import type { Action, Patch } from "#check";
import { pitControl } from "../../../models/kvm/actions/pic-pit/pit-control.ts";
import { vmxOps } from "../../../models/kvm/ops.ts";
import { f2ExtInt } from "../../../scenarios/injection/f2-extint.ts";
import { picWorld } from "../../../scenarios/pic-pit/pic.ts";
import { pitControlWorld, pitWorld } from "../../../scenarios/pic-pit/pit.ts";
import { rtcRestore } from "../../../scenarios/rtc/rtc-restore.ts";
import { rtcSlew } from "../../../scenarios/rtc/rtc-slew.ts";
import { rtcOneDestination } from "../../../scenarios/rtc/rtc.ts";
import { pitInterrupts } from "../../../models/kvm/pit.ts";
import { infinitelyOften, type State } from "../../../models/kvm/state.ts";
import { pitInterruptsForEver } from "../../../properties/pic-pit/pit.ts";
import { searched, traceOf, type Asked } from "./timer-ask.ts";

const td = (spec: Asked["spec"], set: readonly string[] = [], design = "active"): Asked => ({
  spec,
  guest: "td",
  design,
  set,
});
const of = (guest: string, spec: Asked["spec"], set: readonly string[] = []): Asked => ({ spec, guest, set });

describe("how large the worlds are", () => {
  const rows: readonly (readonly [Asked, number, number, number])[] = [
    [td(rtcSlew.spec), 802, 1_506, 86],
    [td(rtcSlew.spec, [], "v1-inhibit"), 117, 259, 40],
    [of("vmx-sw", rtcSlew.spec), 2_649, 5_078, 133],
    [of("avic", rtcSlew.spec), 196, 339, 72],
    [td(pitWorld.spec), 91, 210, 19],
    [of("vmx", pitWorld.spec), 3_302, 9_403, 88],
    [of("avic", pitWorld.spec), 8_873, 25_351, 107],
    [of("avic", pitWorld.spec, ["pitInhibit=removed"]), 77, 171, 18],
    [td(picWorld.spec), 32_118, 66_792, 82],
    [of("vmx", picWorld.spec), 40_836, 83_986, 98],
    [td(f2ExtInt.spec), 31_210, 68_036, 72],
  ];
  test.each(
    rows.map((row) => [`${row[0].spec.name} ${row[0].guest} ${row[0].set?.join(" ")}`, row] as const),
  )("%s", async (_, [asked, states, transitions, depth]) => {
    const { found } = await searched(asked);
    expect([found.states, found.transitions, found.levels.length - 1]).toEqual([states, transitions, depth]);
  });
});

describe("how long the shortest runs are", () => {
  const kernel = "irqchip=kernel";
  const rows: readonly (readonly [Asked, string, number])[] = [
    // C1's ways out: KVM_IRQ_LINE, KVM_SET_IRQCHIP, KVM_SET_LAPIC.
    [
      td(rtcOneDestination.spec, [kernel, "lineIoctl=nostatus"], "v1-inhibit"),
      "rtc-stuck-after-first-tick",
      8,
    ],
    [td(rtcRestore.spec, ["rtcRestore=irqchip"], "v1-inhibit"), "rtc-stuck-after-first-tick", 12],
    [td(rtcRestore.spec, ["rtcRestore=lapic"], "v1-inhibit"), "rtc-stuck-after-first-tick", 21],
    // C4 with the PIC's contribution: two raises in a row.
    [td(rtcOneDestination.spec, [kernel, "irq8=unmasked"]), "rtc-never-missed-coalesced", 8],
    [td(rtcOneDestination.spec, [kernel, "pin8=nmi"]), "rtc-pending-eoi-counts-destinations", 5],
    [td(rtcSlew.spec, ["rtcGuest=polls"]), "rtc-delivered-ticks-are-handled", 15],
    [td(rtcSlew.spec, ["irqchip=split"]), "rtc-handled-once-per-tick", 38],
    [td(pitWorld.spec), "pit-waits-for-an-eoi-that-comes", 13],
    [td(picWorld.spec), "pic-in-service-has-its-handler", 17],
    [td(picWorld.spec), "nmi-handed-over-before-entry", 33],
    [td(f2ExtInt.spec), "acknowledged-extint-reaches-guest", 15],
    [td(f2ExtInt.spec, ["vcpuEvents=sets-injected"]), "nmi-handed-over-before-entry", 17],
  ];
  test.each(rows.map((row) => [`${row[1]} in ${row[0].spec.name} ${row[0].set?.join(" ")}`, row] as const))(
    "%s",
    async (_, [asked, property, steps]) => {
      expect(await traceOf(asked, property)).toHaveLength(steps);
    },
  );
});

test("with IRQ8 unmasked in the PIC two ticks in a row are enough for a tick that was only said to be delivered (C4)", async () => {
  const trace = await traceOf(
    td(rtcOneDestination.spec, ["irqchip=kernel", "irq8=unmasked"]),
    "rtc-never-missed-coalesced",
  );
  expect(trace.filter((name) => name === "KVM_IRQ_LINE_STATUS")).toHaveLength(2);
  expect(trace).not.toContain("guest_take_irq");
  expect(trace.at(-1)).toBe("KVM_IRQ_LINE_STATUS");
});

test("a TD's PIT interrupts it once (C7)", async () => {
  const trace = await traceOf(td(pitWorld.spec), "pit-interrupts-for-ever");
  expect(trace.filter((name) => name === "guest_take_pit")).toHaveLength(1);
});

// What min_timer_period_us prevents: each tick's kick ends the guest before its first instruction.
test("a PIT without a shortest period could starve a guest whose APIC is emulated", async () => {
  const strict = infinitelyOften({
    id: "pit-interrupts-for-ever-come-what-may",
    statement: "The PIT interrupts its guest again and again",
    source: "irqchip 4",
    kernel: "pit_timer_fn()",
    fairness: pitInterruptsForEver.fairness,
    step: (before, after) => pitInterrupts(before, after),
  });
  const spec = { ...pitWorld.spec, properties: [strict] };
  const starved = await traceOf(of("vmx-sw", spec, ["pitMode=no-reinject"]), strict.id);
  expect(starved).toHaveLength(50);
  expect(starved.slice(25)).toContain("external_interrupt_exit");
  expect(await traceOf(of("vmx-sw", spec), strict.id)).toEqual([]);
});

test("posted, two interrupts of the PIC end each other: the second's EOI comes in the handler of the first (m3)", async () => {
  const trace = await traceOf(
    td(picWorld.spec, ["extInt=post", "extIntAck=both"]),
    "pic-in-service-has-its-handler",
  );
  expect(trace.filter((name) => name === "guest_take_posted_extint")).toHaveLength(1);
  expect(trace.filter((name) => name === "guest_eoi_pic")).toHaveLength(1);
  expect(trace.filter((name) => name === "KVM_IRQ_LINE_pic")).toHaveLength(3);
});

describe("KVM_REINJECT_CONTROL off and on again (F7)", () => {
  const vmx = of("vmx", pitControlWorld.spec);

  test("leaves the worker with the acknowledgement of the reset, and nobody to see its EOI", async () => {
    const trace = await traceOf(vmx, "pit-waits-for-an-eoi-that-comes");
    const at = (name: string) => trace.indexOf(name);
    expect(trace.filter((name) => name === "KVM_REINJECT_CONTROL")).toHaveLength(2);
    expect(at("pit_do_work")).toBeLessThan(at("KVM_REINJECT_CONTROL"));
    expect(at("pit_control_reset_ack")).toBeLessThan(at("pit_xchg_irq_ack"));
    expect(at("pit_xchg_irq_ack")).toBeLessThan(trace.lastIndexOf("pit_control_notifiers"));
  });

  test("does not, if the notifiers are registered before the reset", async () => {
    type Effect = Action<State>["effect"];
    const steps = pitControl(vmxOps);
    const instead = (name: string, effect: (base: Effect) => Effect): Action<State> => {
      const { silent: _, ...base } = steps.find((step) => step.name === name)! as Action<State> & {
        readonly silent?: Action<State>;
      };
      return { ...base, effect: effect(base.effect) };
    };
    const patch: Patch<State> = {
      replace: [
        instead("KVM_REINJECT_CONTROL", (effect) => (d, args) => {
          effect(d, args);
          if (d.pit.control === "RESET") d.pit.control = "NOTIFIERS";
        }),
        instead("pit_control_wait", (effect) => (d, args) => {
          effect(d, args);
          if (d.pit.controlOn) d.pit.control = "RESET";
        }),
        instead("pit_control_reset_ack", (effect) => (d, args) => {
          effect(d, args);
          d.pit.control = "STORE";
        }),
      ],
    };
    expect(await traceOf({ ...vmx, patch }, "pit-waits-for-an-eoi-that-comes")).toEqual([]);
  });
});
