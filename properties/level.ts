import { invariant, sometimes } from "../models/kvm/state.ts";

const kernel = "ioapic_service(), kvm_ioapic_update_eoi_one(), kvm_ioapic_send_eoi()";

export const levelLineNotStuck = invariant({
  id: "level-line-not-stuck",
  statement:
    "While a level-triggered line is up and its pin's remote_irr set, the interrupt is on its way: being delivered, in " +
    "PIR, IRR or ISR, or its EOI on the way to the I/O APIC",
  source: "m4, m5, m9; timer 9.2 Q10; irqchip 3.6, (c) C13, C15",
  claim: "Q10",
  kernel,
  antecedent: ({ level }) => level.line && level.remoteIrr,
  holds: ({ level, vcpu }) =>
    level.pc !== "IDLE" ||
    vcpu.some(
      ({ pir, irr, isr, exit, eoi }) =>
        pir.device || irr.device || isr.device || eoi === "device" || exit === "IOAPIC_EOI",
    ),
});

export const levelLineDeliveredAgain = sometimes({
  id: "level-line-delivered-again",
  statement: "A level-triggered line interrupts the guest again after the EOI of an interrupt before",
  source: "m4, m5, m9; timer 9.2 Q10; irqchip (c) C13",
  claim: "Q10",
  kernel,
  holds: ({ level, vcpu }) => level.ghostServed && vcpu.some(({ isr }) => isr.device),
});
