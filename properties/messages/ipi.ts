import { invariant, step, type State } from "../../models/kvm/state.ts";
import type { Destination } from "../../models/kvm/state-delivery.ts";

const kernel = "EXIT_REASON_APIC_WRITE, EXIT_REASON_MSR_WRITE of APIC_ICR; IPI virtualization, AVIC";
const sends =
  (dests: readonly Destination[]) =>
  (_: State, __: State, { action, args }: { readonly action: string; readonly args: object }): boolean =>
    action === "guest_write_icr" && dests.some((dest) => "dest" in args && args.dest === dest);

export const physicalIpiExits = step({
  id: "physical-ipi-exits",
  role: "observation",
  statement: "An IPI to the physical id of one vCPU makes the sender exit: nothing but KVM sends it",
  source: "m14; irqchip 7.3",
  kernel,
  antecedent: sends(["0", "1"]),
  holds: (_, after) => after.vcpu[0].pc === "EXITED",
});

export const logicalIpiExits = step({
  id: "logical-ipi-exits",
  role: "observation",
  statement: "An IPI to logical ids makes the sender exit: nothing but KVM sends it",
  source: "m14; irqchip 7.3",
  kernel,
  antecedent: sends(["LOGICAL_2", "LOGICAL_3"]),
  holds: (_, after) => after.vcpu[0].pc === "EXITED",
});

export const selfIpiExits = step({
  id: "self-ipi-exits",
  role: "observation",
  statement: "A self-IPI makes the sender exit: nothing but KVM sends it",
  source: "irqchip 7.3, UNSURE list 2",
  kernel,
  antecedent: sends(["SELF"]),
  holds: (_, after) => after.vcpu[0].pc === "EXITED",
});

export const disabledApicAcceptsNoIpi = step({
  id: "disabled-apic-accepts-no-ipi",
  statement:
    "A LAPIC that is disabled as an IPI of KVM comes to it does not accept it, whatever the map said",
  source: "irqchip 7.1",
  kernel: "__apic_accept_irq(): apic_enabled()",
  antecedent: (before, _, { action }) => action === "ipi_accept" && !before.vcpu[before.ipi.target].swEnabled,
  holds: (before, after) => after.ipi.result <= Math.max(0, before.ipi.result),
});

export const mapReadOnce = step({
  id: "ipi-reaches-whom-the-map-has-at-last",
  statement: "A logical IPI of KVM has gone to every LAPIC that the map has as its delivery ends",
  source: "irqchip 7.1, 7.2, 7.5: readers see the old map or the new one",
  kernel: "kvm_irq_delivery_to_apic_fast(): rcu_dereference(kvm->arch.apic_map)",
  antecedent: (before, _, { action }) =>
    action === "kvm_apic_send_ipi_return" && before.ipi.dest === "LOGICAL_3" && !before.ipi.slow,
  holds: (before) => (before.vm.apicMap.map.logical & ~before.ipi.targets) === 0,
});

export const ipiResultInRange = invariant({
  id: "ipi-result-is-not-above-its-targets",
  statement:
    "An IPI of KVM that the map knows the targets of counts no more of them as accepting than it found, and none as -1",
  source: "irqchip 7.1: n, 0 or, in the slow path only, -1",
  kernel: "kvm_irq_delivery_to_apic(), kvm_irq_delivery_to_apic_fast()",
  antecedent: ({ ipi }) => ipi.pc === "DONE" && !ipi.slow,
  holds: ({ ipi }) => ipi.result >= 0 && ipi.result <= (ipi.targets & 1) + (ipi.targets >>> 1),
});
