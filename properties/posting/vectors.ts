import { anyVector, apicEnabled, guestRuns } from "../../models/kvm/predicates.ts";
import { step, type State } from "../../models/kvm/state.ts";
import { vectorNames, type Vector } from "../../models/kvm/state-vectors.ts";

type Vcpu = State["vcpu"][number];

/** Whether a vector leaves each register only for the next, and comes from the one before: PIR, IRR, ISR. */
const handedOn = (before: Vcpu, after: Vcpu, vector: Vector, merged: boolean): boolean => {
  const [pir, irr, isr] = [before.pir[vector], before.irr[vector], before.isr[vector]];
  const next = { pir: after.pir[vector], irr: after.irr[vector], isr: after.isr[vector] };
  if (pir && !next.pir && !next.irr) return false;
  if (irr && !next.irr && (isr || !next.isr) && !merged) return false;
  return isr || !next.isr || (irr && !next.irr);
};

export const noVectorIsLostOnItsWay = step({
  id: "no-vector-is-lost-on-its-way",
  statement:
    "A vector leaves PIR only for IRR, and IRR only to be in service, where it comes from there alone: nothing between the " +
    "post and the handler loses it or doubles it",
  source: "timer 2.7, 2.8, 2.9",
  kernel: "__kvm_apic_update_irr(), virtual-interrupt delivery",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, { action }, { v }) =>
    !action.startsWith("KVM_SET_LAPIC") &&
    vectorNames.some(
      (vector) =>
        before[v].pir[vector] !== after[v].pir[vector] ||
        before[v].irr[vector] !== after[v].irr[vector] ||
        before[v].isr[vector] !== after[v].isr[vector],
    ),
  holds: ({ vcpu: before }, { vcpu: after }, { action }, { v }) =>
    vectorNames.every((vector) => handedOn(before[v], after[v], vector, action === "guest_take_device_irq")),
});

export const injectionSetsTheVector = step({
  id: "injection-sets-the-vector",
  statement:
    "Whoever injects the timer's interrupt leaves its vector in PIR, or in IRR, or in service where KVM does that itself",
  source: "timer 1.6, 2.7",
  kernel: "kvm_apic_local_deliver(), deliver_interrupt()",
  args: { v: "vcpu" },
  antecedent: ({ timer: before }, { timer: after }, _, { v }) =>
    after[v].ghost.injections > before[v].ghost.injections,
  holds: (_, { vcpu }, __, { v }) => vcpu[v].pir.timer || vcpu[v].irr.timer || vcpu[v].isr.timer,
});

export const onIsClearedWithPir = step({
  id: "on-is-cleared-with-pir",
  statement:
    "ON is cleared only by whoever empties PIR, in the guest only as a notification is processed, and then it is: what is " +
    "posted afterwards notifies again",
  source: "timer 2.8, 2.9",
  kernel: "vmx_sync_pir_to_irr(): pi_clear_on(); posted-interrupt processing",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    (before[v].on && !after[v].on) ||
    (before[v].pc === "NONROOT" && before[v].irq.POSTED_INTR && !after[v].irq.POSTED_INTR),
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    !after[v].on && !anyVector(after[v].pir) && (before[v].pc !== "NONROOT" || before[v].irq.POSTED_INTR),
});

export const entrySyncsPir = step({
  id: "entry-syncs-pir",
  statement: "An ordinary vCPU whose APIC is enabled goes on from sync_pir_to_irr() with ON clear",
  source: "timer 2.5 S8, 2.8",
  kernel: "vcpu_enter_guest(): sync_pir_to_irr()",
  args: { v: "vcpu" },
  antecedent: ({ vm, vcpu: before }, { vcpu: after }, _, { v }) =>
    vm.type === "KVM_X86_DEFAULT_VM" &&
    apicEnabled(before[v]) &&
    before[v].pc === "SYNC_PIR" &&
    after[v].pc !== "SYNC_PIR",
  holds: (_, { vcpu }, __, { v }) => !vcpu[v].on,
});

export const deliveryNeedsIf = step({
  id: "vector-is-delivered-with-if-set",
  statement: "While the guest runs a vector leaves IRR only with IF set",
  source: "timer 2.9, 4.4",
  kernel: "virtual-interrupt delivery",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc === "NONROOT" &&
    after[v].pc === "NONROOT" &&
    vectorNames.some((vector) => before[v].irr[vector] && !after[v].irr[vector]),
  holds: ({ vcpu }, _, __, { v }) => vcpu[v].interruptFlag,
});

export const runningGuestTakesItsInterrupts = step({
  id: "running-guest-takes-its-interrupts",
  statement:
    "With APICv an ordinary guest's interrupt goes into service, and the guest ends it, only where the guest runs and no interrupt of the " +
    "host comes first",
  source: "timer 2.9; irqchip 3.3",
  kernel: "virtual-interrupt delivery, EOI virtualization",
  args: { v: "vcpu" },
  antecedent: ({ vm, vcpu: before }, { vcpu: after }, { action }, { v }) =>
    vm.type === "KVM_X86_DEFAULT_VM" &&
    before[v].apicvActive &&
    !action.startsWith("KVM_SET_LAPIC") &&
    vectorNames.some(
      (vector) =>
        (!before[v].isr[vector] && after[v].isr[vector]) ||
        (before[v].pc === "NONROOT" && before[v].isr[vector] && !after[v].isr[vector]),
    ),
  holds: ({ vcpu }, _, __, { v }) => guestRuns(vcpu[v]),
});
