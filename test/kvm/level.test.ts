import { describe, expect, test } from "vitest";
import { eoiLevel, levelEoi } from "../../models/kvm/actions/level-eoi.ts";
import { vmxOps } from "../../models/kvm/ops.ts";
import { levelWorld } from "../../models/kvm/scenarios/level.ts";
import { searched, traceOf, type Asked } from "./timer-ask.ts";

const notStuck = "level-line-not-stuck";
const again = "level-line-delivered-again";
const { spec } = levelWorld;

const kernel = "irqchip=kernel";
const split = "irqchip=split";

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
    expect(raised).toHaveLength(2);
    expect(trace.filter((name) => name === "guest_take_level")).toHaveLength(1);
    expect(trace.filter((name) => name === "guest_eoi_level")).toHaveLength(1);
  });

  test.each(
    ["vmx", "vmx-sw", "avic", "svm-sw"].flatMap((guest) => [kernel, split].map((set) => [guest, set])),
  )("an ordinary guest's is served again: %s %s", async (guest, set) => {
    expect(await outcome({ guest, set: [set] })).toEqual({ stuck: false, again: true });
  });

  // What makes an ordinary guest's lines work is the EOI exit, wherever the I/O APIC is.
  test.each([kernel, split])(
    "without its EOI exits an ordinary guest's is served once, too: %s",
    async (set) => {
      const unseen = eoiLevel({ ...vmxOps, eoi: () => "ACCELERATED" });
      expect(await outcome({ guest: "vmx", set: [set], patch: { replace: [unseen] } })).toEqual({
        stuck: true,
        again: false,
      });
    },
  );

  // The device may raise the line again before the EOI, where no edge is left for the I/O APIC to see.
  test.each(["kvm_ioapic_update_eoi_level", "userspace_ioapic_eoi"])(
    "%s serves the pin again",
    async (name) => {
      const set = [name === "userspace_ioapic_eoi" ? split : kernel];
      const eoi = levelEoi(vmxOps).find((action) => action.name === name)!;
      const forgets: typeof eoi = {
        ...eoi,
        effect: (d, args) => {
          const before = { ...d.vcpu[0].pir };
          const { on } = d.vcpu[0];
          eoi.effect(d, args);
          d.vcpu[0].pir.device = before.device;
          d.vcpu[0].on = on;
        },
      };
      expect((await outcome({ guest: "vmx", set, patch: { replace: [forgets] } })).stuck).toBe(true);
    },
  );
});
