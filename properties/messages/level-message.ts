import { sometimes, step } from "../../models/kvm/state.ts";

export const levelMessageEoiIntercepted = step({
  id: "level-message-eoi-intercepted",
  statement:
    "The EOI of a level-triggered message that a GSI is routed to is among those that the vCPU has intercepted",
  source: "m8; irqchip 3.1, (c) C17",
  claim: "C17",
  kernel: "kvm_ioapic_scan_entry(): the redirection table only; kvm_scan_ioapic_routes()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "guest_eoi_message" && args["v"] === v && before.vcpu[v].isr.msi && before.vcpu[v].tmr.msi,
  holds: (before, _, __, { v }) => before.vcpu[v].ioapicHandled.msi,
});

export const levelMessageTakenAgain = sometimes({
  id: "level-message-taken-again",
  statement:
    "A level-triggered message is delivered again while another is in service: no remote_irr holds it back",
  source: "irqchip 3.6, (c) C17",
  claim: "C17",
  kernel: "kvm_set_msi()",
  args: { v: "vcpu" },
  holds: ({ vcpu }, { v }) => vcpu[v].isr.msi && vcpu[v].tmr.msi && (vcpu[v].pir.msi || vcpu[v].irr.msi),
});
