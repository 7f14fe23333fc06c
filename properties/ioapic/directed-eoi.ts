import { invariant } from "../../models/kvm/state.ts";

export const directedEoiHoldsPinBack = invariant({
  id: "directed-eoi-holds-pin-back",
  statement:
    "Until a guest that has set Suppress EOI Broadcast ends a level-triggered interrupt at the I/O APIC, its pin delivers no other",
  source: "irqchip 3.9",
  kernel: "kvm_lapic_suppress_eoi_broadcast(), kvm_ioapic_send_eoi()",
  antecedent: ({ pin, vcpu: [{ directedEoi }] }) =>
    directedEoi && (pin.acking === "HANDLER" || pin.acking === "EDGE"),
  holds: ({ vcpu: [{ pir, irr }] }) => !pir.device && !irr.device,
});
