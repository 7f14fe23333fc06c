import { anyVector } from "../../models/kvm/predicates.ts";
import { goesOn } from "../../models/kvm/saved.ts";
import { vectorNames } from "../../models/kvm/state-vectors.ts";
import { step } from "../../models/kvm/state.ts";

export const savedVectorsArePendingAfter = step({
  id: "saved-vectors-are-pending-after",
  statement: "Each vector that was in PIR or IRR as the vCPU was saved is in one of them as it goes on",
  source: "irqchip 6.13 LAPIC, 6.1",
  kernel: "kvm_vcpu_ioctl_get_lapic(): sync_pir_to_irr(); kvm_apic_set_state(): apicv_pre_state_restore()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => goesOn(before, after) && anyVector(before.saved[v].ghost.pending),
  holds: (before, { vcpu }, _, { v }) =>
    vectorNames.every(
      (vector) => !before.saved[v].ghost.pending[vector] || vcpu[v].pir[vector] || vcpu[v].irr[vector],
    ),
});

export const savedHandlersRunOn = step({
  id: "saved-handlers-run-on",
  statement:
    "Each vector that was in service as the vCPU was saved is in service as it goes on: its EOI is still to come",
  source: "irqchip 6.13 LAPIC, 6.1",
  kernel: "kvm_apic_get_state(), kvm_apic_set_state(): APIC_ISR",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) =>
    goesOn(before, after) && anyVector(before.saved[v].ghost.inService),
  holds: (before, { vcpu }, _, { v }) =>
    vectorNames.every((vector) => before.saved[v].ghost.inService[vector] === vcpu[v].isr[vector]),
});
