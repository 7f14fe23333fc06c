import { step } from "../../models/kvm/state.ts";

export const rtcLineChangesBetweenRaises = step({
  id: "rtc-line-changes-between-raises",
  statement:
    "IRQ8's line changes only while no raise of it is under way: userspace has a lock for its device, and ioapic->irr has ioapic->lock",
  source: "irqchip 2.3 A, 2.9, 7.5",
  kernel: "kvm_ioapic_set_irq(): spin_lock(&ioapic->lock); userspace's lock",
  antecedent: (before, after) => before.rtc.line !== after.rtc.line || before.ioapic.irr !== after.ioapic.irr,
  holds: ({ rtc }) => rtc.pc === "IDLE",
});
