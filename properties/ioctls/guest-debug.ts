import { vectorNames } from "../../models/kvm/state-vectors.ts";
import { invariant, step } from "../../models/kvm/state.ts";

export const blockIrqInjectsNothing = step({
  id: "blockirq-injects-nothing",
  statement:
    "While userspace debugs a vCPU with KVM_GUESTDBG_BLOCKIRQ no NMI, ExtINT or vector of its APIC is injected",
  source: "irqchip 6.3",
  kernel: "kvm_check_and_inject_events(): guest_debug & KVM_GUESTDBG_BLOCKIRQ",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "req_event" && args["v"] === v && before.vcpu[v].req.EVENT && before.vcpu[v].blockIrq,
  holds: (before, after, _, { v }) => {
    const [was, is] = [before.vcpu[v], after.vcpu[v]];
    return (
      was.events.nmiPending === is.events.nmiPending &&
      was.events.externalVector === is.events.externalVector &&
      vectorNames.every((vector) => was.irr[vector] === is.irr[vector] && was.isr[vector] === is.isr[vector])
    );
  },
});

export const eventOutlivesBlockIrq = invariant({
  id: "event-held-back-comes-after-blockirq",
  statement:
    "A vCPU runs its guest with an NMI that is not injected only while KVM_GUESTDBG_BLOCKIRQ holds it back",
  source: "irqchip 6.3",
  kernel: "kvm_set_rflags(): KVM_REQ_EVENT",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].pc === "NONROOT" && s.vcpu[v].events.nmiPending,
  holds: (s, { v }) => s.vcpu[v].blockIrq,
});
