import { describe, expect, test } from "vitest";
import { eoiLevel } from "../../../models/kvm/actions/ioapic/pin-guest.ts";
import { vmxOps } from "../../../models/kvm/ops.ts";
import { levelWorld, sharedLineWorld } from "../../../scenarios/ioapic/level.ts";
import { searched, traceOf, type Asked } from "./timer-ask.ts";

const notStuck = "remote-irr-not-stuck";
const served = "level-line-served";
const again = "level-line-delivered-again";
const { spec } = levelWorld;

const kernel = "irqchip=kernel";
const split = "irqchip=split";
const ordinary = ["vmx", "vmx-sw", "avic", "svm-sw"];

/** Whether the line is stuck in some state, and whether it interrupts the guest again in some state. */
const outcome = async (asked: Omit<Asked, "spec">) => {
  const { findingOf } = await searched({ spec, ...asked });
  return { stuck: findingOf(notStuck).path !== undefined, again: findingOf(again).path !== undefined };
};

describe("Q10", () => {
  test.each([kernel, split])("a TD's line is served once: %s", async (set) => {
    const trace = await traceOf({ spec, guest: "td", design: "active", set: [set] }, notStuck);
    const raised = trace.filter(
      (name) => name === "KVM_IRQ_LINE_level" || name === "userspace_ioapic_set_irq",
    );
    expect(trace).toHaveLength(24);
    expect(raised).toHaveLength(2);
    expect(trace.filter((name) => name === "guest_take_level")).toHaveLength(1);
    expect(trace.filter((name) => name === "guest_eoi_level")).toHaveLength(1);
  });

  test.each(ordinary.flatMap((guest) => [kernel, split].map((set) => [guest, set])))(
    "an ordinary guest's is served again: %s %s",
    async (guest, set) => {
      expect(await outcome({ guest, set: [set] })).toEqual({ stuck: false, again: true });
    },
  );

  // What makes an ordinary guest's lines work is the EOI exit, wherever the I/O APIC is.
  test.each([kernel, split])(
    "without its EOI exits an ordinary guest's is served once, too: %s",
    async (set) => {
      const unseen = eoiLevel({ ...vmxOps, eoi: () => "ACCELERATED" });
      expect(await outcome({ guest: "vmx", set: [set], patch: { replace: unseen } })).toEqual({
        stuck: true,
        again: false,
      });
    },
  );
});

describe("C14", () => {
  const td = { guest: "td", design: "active" };

  // The run of the reading: a raised and taken, b looked at and raised, a looked at, EOI.
  test.each([kernel, split])("a shared line made edge-triggered loses its second device: %s", async (set) => {
    const asked = { spec: sharedLineWorld.spec, ...td, set: [set, "levelTriggered=to-edge"] };
    const trace = await traceOf(asked, served);
    expect(trace).toHaveLength(39);
    expect(
      trace.filter((name) =>
        [
          "KVM_IRQ_LINE_level",
          "userspace_ioapic_set_irq",
          "userspace_lower_line",
          "guest_eoi_level",
        ].includes(name),
      ),
    ).toHaveLength(5);
    expect(trace.at(-1)).toBe("guest_eoi_level");
  });

  test("an edge is lost while the guest has the entry masked to tell the I/O APIC", async () => {
    const set = [kernel, "levelTriggered=to-edge", "guestAck=linux-sw-eoi"];
    const trace = await traceOf({ spec, ...td, set }, served);
    expect(trace).toHaveLength(46);
    const raised = trace.lastIndexOf("KVM_IRQ_LINE_level");
    expect(trace.slice(0, raised)).toContain("ioapic_write_indirect");
    expect(trace.slice(raised)).toContain("ioapic_write_indirect");
    expect(trace.slice(raised)).not.toContain("pin_set_pir");
  });
});

test.each([
  [spec, "td", kernel, [66, 93, 37]],
  [spec, "vmx", kernel, [335, 530, 96]],
  [spec, "vmx-sw", split, [744, 1105, 115]],
  [spec, "avic", kernel, [327, 518, 96]],
  [spec, "svm-sw", split, [839, 1284, 117]],
  [sharedLineWorld.spec, "td", split, [382, 764, 53]],
  [sharedLineWorld.spec, "vmx", kernel, [1166, 2228, 142]],
] as const)("$0.name, %s %s: states, transitions, depth", async (world, guest, set, known) => {
  const { found } = await searched({ spec: world, guest, design: "active", set: [set] });
  expect([found.states, found.transitions, found.levels.length - 1]).toEqual(known);
});
