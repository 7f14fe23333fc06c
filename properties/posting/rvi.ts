import { eventKickToCome, posterInFlight } from "../../models/kvm/blocking.ts";
import { anyVector, irqPending, kickInFlight } from "../../models/kvm/predicates.ts";
import { invariant } from "../../models/kvm/state.ts";

export const vectorInIrrIsInRvi = invariant({
  id: "vector-in-irr-is-in-rvi",
  statement:
    "No guest runs with APICv, a vector in IRR and RVI 0, unless a sender, an interrupt of the host or a kick is on its " +
    "way; a bounded form: it says that the CPU does not stay blind to the vector, not how long it takes",
  source: "timer 2.8, 2.9",
  kernel: "vmx_sync_pir_to_irr(), __kvm_apic_update_irr(), vmx_set_rvi()",
  args: { v: "vcpu" },
  antecedent: ({ vm, vcpu }, { v }) =>
    vm.type === "KVM_X86_DEFAULT_VM" &&
    vcpu[v].pc === "NONROOT" &&
    vcpu[v].apicvActive &&
    anyVector(vcpu[v].irr),
  holds: (s, { v }) =>
    s.vcpu[v].rvi === "HIGHEST_IRR" ||
    kickInFlight(s.vcpu[v]) ||
    irqPending(s.vcpu[v]) ||
    posterInFlight(s, v) ||
    eventKickToCome(s, v),
});
