import { leadsTo, strong, weak } from "../../models/kvm/state.ts";

export const messageIsDelivered = leadsTo({
  id: "message-is-delivered-in-the-end",
  statement:
    "Who delivers a message gets through kvm_irq_delivery_to_apic() in the end, whatever the vCPUs do",
  source: "irqchip 2.2, 7.1",
  kernel: "kvm_irq_delivery_to_apic()",
  fairness: [weak({ each: "action" })],
  from: ({ msi }) => msi.delivery.pc !== "IDLE",
  to: ({ msi }) => msi.delivery.pc === "IDLE",
});

export const messageHandlerEnds = leadsTo({
  id: "handler-of-a-message-ends",
  statement:
    "A guest that runs the handler of a message ends it in an EOI, by which its vector leaves ISR, or exits",
  source: "irqchip 3.3",
  kernel: "EOI virtualization, apic_set_eoi()",
  args: { v: "vcpu" },
  fairness: [weak({ each: "action" }), strong({ action: ["guest_eoi_message"], each: "action" })],
  from: ({ vcpu }, { v }) => vcpu[v].pc === "NONROOT" && vcpu[v].isr.msi,
  to: ({ vcpu }, { v }) => vcpu[v].pc !== "NONROOT" || !vcpu[v].isr.msi,
});
