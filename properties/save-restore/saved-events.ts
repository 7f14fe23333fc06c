import { goesOn, owesNmi } from "../../models/kvm/saved.ts";
import { step } from "../../models/kvm/state.ts";

export const savedNmiIsOwedAfter = step({
  id: "saved-nmi-is-owed-after",
  statement: "A vCPU for which an NMI was queued or pending as it was saved has one as it goes on",
  source: "irqchip 6.13 EVENTS",
  kernel: "process_nmi(); kvm_vcpu_ioctl_x86_set_vcpu_events(): KVM_VCPUEVENT_VALID_NMI_PENDING",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => goesOn(before, after) && before.saved[v].ghost.nmi,
  holds: (_, { vcpu }, __, { v }) => owesNmi(vcpu[v]),
});

export const savedHaltGoesOn = step({
  id: "saved-halt-goes-on",
  statement: "A vCPU that was halted as it was saved is halted as it goes on: it needs an event to be woken",
  source: "irqchip 6.13 MP_STATE",
  kernel: "kvm_arch_vcpu_ioctl_get_mpstate(), kvm_arch_vcpu_ioctl_set_mpstate()",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => goesOn(before, after) && before.saved[v].ghost.halted,
  holds: (_, { vcpu }, __, { v }) => vcpu[v].mp === "HALTED",
});
