import { invariant, step, type State } from "../../models/kvm/state.ts";

const reached = (s: State, v: number): boolean => s.vcpu[v].pir.msi || s.vcpu[v].irr.msi || s.vcpu[v].isr.msi;

export const assertedEdgeMessageGoesOn = step({
  id: "asserted-edge-message-is-delivered",
  statement:
    "A message with edge trigger mode whose level argument is 1 is delivered: the argument is the assert level, and " +
    "kvm_set_msi() does not ask for the trigger mode",
  source: "m10, m11 correcting m9; irqchip 3.6, (c) C18",
  claim: "C18",
  kernel: "kvm_set_msi(): !level",
  antecedent: (before, _, { action }) =>
    action === "kvm_set_msi" && before.msi.delivery.assert && before.msi.delivery.trig === "EDGE",
  holds: (_, after) => after.msi.delivery.pc === "MAP",
});

export const onlyLevelMessagesArrive = invariant({
  id: "only-level-triggered-messages-arrive",
  role: "observation",
  statement:
    "A message that reached a vCPU was level-triggered, as m9 read the level argument of kvm_set_msi()",
  source: "m9, m10: taken back in m10; irqchip 3.6, (c) C18",
  claim: "C18",
  kernel: "kvm_set_msi(): !level",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => reached(s, v),
  holds: (s, { v }) => s.vcpu[v].tmr.msi,
});

export const deassertedMessageAnswersMinus1 = step({
  id: "deasserted-message-is-ignored",
  statement:
    "With a level argument of 0 a message is not delivered, whatever its trigger mode, and the answer is -1",
  source: "m9, m10; irqchip 3.6, 7.4",
  kernel: "kvm_set_msi(): !level, -1",
  antecedent: (before, _, { action }) =>
    action === "msi_return" && before.msi.delivery.by === "IRQ_LINE" && !before.msi.delivery.assert,
  holds: (_, after) => after.ioctl.answer === "-1",
});

export const nothingBeforeSpiv = invariant({
  id: "nothing-received-before-spiv",
  formerly: ["td-receives-nothing-before-spiv"],
  role: "observation",
  statement: "A vCPU that has not enabled its APIC by SPIV has nothing posted, pending or in service",
  source: "irqchip 7.1, (c) C32",
  claim: "C32",
  kernel: "__apic_accept_irq(): apic_enabled()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].pc !== "ABSENT" && !s.vcpu[v].swEnabled,
  holds: (s, { v }) => !reached(s, v) && !s.vcpu[v].on,
});

export const senderSees0BeforeSpiv = step({
  id: "sender-sees-0-before-spiv",
  role: "observation",
  statement: "Who sends a message while no vCPU of the VM has enabled its APIC by SPIV is answered 0",
  source: "irqchip 7.1, (c) C32",
  claim: "C32",
  kernel: "kvm_irq_delivery_to_apic(): the number of LAPICs that accepted",
  antecedent: (before, _, { action }) =>
    action === "msi_return" && before.msi.delivery.assert && before.vcpu.every(({ swEnabled }) => !swEnabled),
  holds: (_, after) => after.ioctl.answer === "0",
});

const byKvmSetIrq: readonly State["msi"]["delivery"]["by"][] = ["IRQ_LINE", "WORK"];

export const lineNotByAnOldRoute = step({
  id: "kvm-set-irq-not-by-an-old-route",
  statement:
    "After KVM_SET_GSI_ROUTING has returned no LAPIC accepts a message of kvm_set_irq() by the entry that it replaced",
  source: "irqchip 2.2 step 1, 6.6",
  kernel: "kvm_set_irq(): irq_srcu is left before the copy is used; synchronize_srcu_expedited()",
  antecedent: (before, _, { action }) =>
    action === "msi_accept" && byKvmSetIrq.includes(before.msi.delivery.by),
  holds: (before) => !before.msi.ghostStale,
});

export const irqfdNotByAnOldRoute = step({
  id: "irqfd-not-by-an-old-route",
  statement:
    "After KVM_SET_GSI_ROUTING has returned no LAPIC accepts a message that irqfd_wakeup() delivers inline by the entry " +
    "that it replaced",
  source: "irqchip 6.6, 7.4",
  kernel: "irqfd_wakeup(): irq_srcu is held until the message is delivered",
  antecedent: (before, _, { action }) => action === "msi_accept" && before.msi.delivery.by === "IRQFD",
  holds: (before) => !before.msi.ghostStale,
});
