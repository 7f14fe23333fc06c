import { step } from "../../models/kvm/state.ts";

export const queuedInterruptRequestsEvent = step({
  id: "queued-interrupt-requests-event",
  statement:
    "KVM_INTERRUPT leaves its vector to a vCPU that is outside KVM_RUN, and KVM_REQ_EVENT with it, so that the next entry looks for it",
  source: "irqchip 6.2",
  kernel: "kvm_vcpu_ioctl_interrupt(): pending_external_vector, KVM_REQ_EVENT",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    !before[v].events.externalVector && after[v].events.externalVector,
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) => before[v].pc === "USER" && after[v].req.EVENT,
});
