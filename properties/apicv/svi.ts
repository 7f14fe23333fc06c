import { invariant, step } from "../../models/kvm/state.ts";

export const guestEoiEndsItsInterrupt = step({
  id: "guest-eoi-ends-its-interrupt",
  statement: "A guest's EOI ends the interrupt that its handler handles, or makes an exit whose handler does",
  source: "timer 3.4; irqchip 3.3",
  kernel: "kvm_apic_update_apicv(), hwapic_isr_update(); EOI virtualization",
  args: { v: "vcpu" },
  antecedent: (_, __, { action, args }, { v }) => action.startsWith("guest_eoi_") && args["v"] === v,
  holds: (_, after, __, { v }) => !after.vcpu[v].endedInVain,
});

export const sviIsHighestInService = invariant({
  id: "svi-is-highest-in-service",
  statement:
    "While a guest runs with APICv, SVI is the highest vector in service, or none where there is none",
  source: "timer 3.4",
  kernel: "kvm_apic_update_apicv(), vmx_hwapic_isr_update()",
  args: { v: "vcpu" },
  antecedent: ({ vm, vcpu }, { v }) =>
    vm.type === "KVM_X86_DEFAULT_VM" && vcpu[v].pc === "NONROOT" && vcpu[v].apicvActive,
  holds: ({ vcpu }, { v }) => vcpu[v].svi === "HIGHEST_ISR",
});
