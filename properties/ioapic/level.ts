import { kickInFlight } from "../../models/kvm/predicates.ts";
import { invariant, sometimes, type State } from "../../models/kvm/state.ts";

const kernel = "ioapic_service(), kvm_ioapic_update_eoi_one(), kvm_ioapic_send_eoi()";

/**
 * The pin's interrupt is being delivered, in PIR, IRR or ISR, or its EOI is on the way to the I/O APIC; while a VM is being
 * restored, it may be in what userspace has still to write.
 */
const onItsWay = ({ pin, vcpu, vm, saving }: State): boolean =>
  saving.stage === "RESTORING" ||
  pin.pc !== "IDLE" ||
  pin.acking !== "NONE" ||
  vcpu.some(
    ({ pir, irr, isr, endedInVain, exit, eoi }) =>
      pir.device ||
      irr.device ||
      (isr.device && !endedInVain) ||
      eoi === "device" ||
      exit === "IOAPIC_EOI" ||
      (exit === "EOI_REGISTER" && vm.irqchip === "SPLIT") ||
      exit === "RTE_EDGE_MASKED" ||
      exit === "RTE_LEVEL",
  );

const lineUp = ({ pin }: State): boolean => pin.sources.a || pin.sources.b;

export const remoteIrrNotStuck = invariant({
  id: "remote-irr-not-stuck",
  formerly: ["level-line-not-stuck"],
  statement:
    "While a level-triggered line is up and its pin's remote_irr set, the interrupt is on its way: being delivered, in " +
    "PIR, IRR or ISR, or its EOI on the way to the I/O APIC",
  source: "m4, m5, m9; timer 9.2 Q10; irqchip 3.6, (c) C13, C15",
  claim: "Q10",
  kernel,
  antecedent: (s) => lineUp(s) && s.pin.remoteIrr,
  holds: onItsWay,
});

export const levelLineServed = invariant({
  id: "level-line-served",
  statement:
    "While a device asserts the line, an interrupt is on its way to the guest, whose handler has yet to look at the device",
  source: "m5; irqchip 3.6, (c) C14",
  claim: "C14",
  kernel,
  antecedent: (s) => lineUp(s) && !s.pin.masked,
  holds: onItsWay,
});

export const levelLineDeliveredAgain = sometimes({
  id: "level-line-delivered-again",
  statement: "A level-triggered line interrupts the guest again after the EOI of an interrupt before",
  source: "m4, m5, m9; timer 9.2 Q10; irqchip (c) C13",
  claim: "Q10",
  kernel,
  holds: ({ pin, vcpu }) => pin.ghostServed > 0 && vcpu.some(({ isr }) => isr.device),
});

export const oneInterruptPerWrite = invariant({
  id: "one-interrupt-per-write",
  formerly: ["level-pin-delivers-once"],
  role: "observation",
  statement:
    "Once the guest has done with an interrupt of a level-triggered pin whose entry nobody writes again, no other is " +
    "delivered",
  source: "m5, m9; irqchip 3.6, (c) C13",
  claim: "C13",
  kernel,
  antecedent: ({ pin }) => pin.ghostServed > 0,
  holds: ({ pin, vcpu }) =>
    pin.pc === "IDLE" && vcpu.every(({ pir, irr, isr }) => !pir.device && !irr.device && !isr.device),
});

export const avicSeesWhatIsSet = invariant({
  id: "avic-sees-what-is-set",
  statement:
    "While a vCPU with AVIC runs its guest with a bit of IRR that its CPU has not looked at, the thread that set it has yet to ring " +
    "the doorbell, or the vCPU is being kicked",
  source: "irqchip 7.1",
  kernel: "svm_complete_interrupt_delivery(), avic_ring_doorbell()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.vcpu[v].pc === "NONROOT" && s.vcpu[v].irrUnseen,
  holds: (s, { v }) => (s.pin.pc !== "IDLE" && s.pin.target === v) || kickInFlight(s.vcpu[v]),
});
