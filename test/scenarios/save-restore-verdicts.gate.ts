import { describe, expect, test } from "vitest";
import { named, settings, surprises } from "./expected.ts";

const [plain, halted, pin] = ["kvm/save-restore", "kvm/save-restore-halted", "kvm/save-restore-pin"];

const every = ["vmx", "vmx-sw", "avic", "svm-sw"];

/** Options that are asked about together, the others at their defaults, and of which guests. */
const together: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [plain, ["timerMode", "restoreOrder", "restoredTo"], every],
  [plain, ["saveOrder", "timerDelivery", "preemptionTimer", "restoredTo"], every],
  [plain, ["timerMode", "saveOrder", "timerDelivery", "preemptionTimer"], ["vmx", "avic"]],
  [plain, ["timerMode", "timerDelivery", "preemptionTimer", "nohzFull"], ["vmx", "avic"]],
  [halted, ["restoredTo", "eventFlags"], ["vmx", "vmx-sw"]],
  [halted, ["leftOut", "eventFlags"], ["vmx", "vmx-sw"]],
  [pin, ["irqchip", "pausedBy", "leftOut"], every],
  [pin, ["irqchip", "pausedBy", "restoredTo"], every],
];

describe.each(together)("%s over %o", (name, options, guests) => {
  const scenario = named(name);
  test.each(guests)("%s: every verdict is the expected one", async (guest) => {
    for (const set of settings(scenario, options)) {
      const found = await surprises(scenario, { guest, design: "upstream", set });
      expect(found.map((surprise) => `${set.join(" ")}: ${surprise}`)).toEqual([]);
    }
  });
});
