import { apicEnabled } from "../../models/kvm/predicates.ts";
import { invariant } from "../../models/kvm/state.ts";

/** A TD in its guest can receive interrupts. */
export const runningTdCanReceive = invariant({
  id: "running-td-can-receive",
  statement:
    "Whenever a TD vCPU runs in non-root mode its APIC is enabled, so that it can receive interrupts",
  source: "irqchip (c) C24",
  kernel: "__apic_accept_irq(): apic_enabled()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vm.type === "KVM_X86_TDX_VM" && s.vcpu[v].pc === "NONROOT",
  holds: (s, { v }) => apicEnabled(s.vcpu[v]),
});
