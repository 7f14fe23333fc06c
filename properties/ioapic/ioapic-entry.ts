import { invariant, step, type State } from "../../models/kvm/state.ts";

const kernel = "ioapic_set_irq(), ioapic_service(), ioapic_write_indirect()";

export const remoteIrrOnlyIfAccepted = invariant({
  id: "remote-irr-only-if-accepted",
  statement: "remote_irr is set only for an interrupt that some LAPIC has accepted",
  source: "irqchip 2.5, 7.1, (c) C29",
  claim: "C29",
  kernel: "ioapic_service(): any answer but 0, -1 too, sets remote_irr",
  antecedent: ({ pin }) => pin.remoteIrr,
  holds: ({ pin }) => !pin.ghostUnaccepted,
});

export const edgeEntryHasNoRemoteIrr = invariant({
  id: "edge-entry-has-no-remote-irr",
  statement: "An edge-triggered entry never has remote_irr set: writing it as edge-triggered clears the bit",
  source: "irqchip 2.8, 3.7",
  kernel,
  antecedent: ({ pin }) => !pin.level,
  holds: ({ pin }) => !pin.remoteIrr,
});

const lineStatus = "KVM_IRQ_LINE_STATUS_pin";

/** What irqchip 2.3 has ioapic_set_irq() answer for a pin that goes up. */
const answers = ({ pin }: State): number => {
  if (!pin.level && pin.irr) return 0;
  if (pin.masked || (pin.level && pin.remoteIrr)) return -1;
  if (pin.dest !== 0) return 1;
  return pin.slow ? -1 : 0;
};

export const lineStatusTells = step({
  id: "irq-line-status-tells",
  statement:
    "KVM_IRQ_LINE_STATUS of a pin answers -1 where it is masked, owes an EOI or the slow path finds no destination, 0 where " +
    "no edge came or the apic map has no such destination, 1 where its LAPIC took it, and 1 where the line goes down",
  source: "irqchip 2.3",
  kernel,
  antecedent: (_, __, { action }) => action === lineStatus,
  holds: (before, after, { args }) => after.pin.status === (args["level"] === "down" ? 1 : answers(before)),
});

const delivered = (before: State, after: State): boolean =>
  (before.pin.pc === "IDLE" && after.pin.pc !== "IDLE") ||
  (!before.vcpu[0].pir.device && after.vcpu[0].pir.device && after.pin.pc === "IDLE") ||
  (!before.vcpu[0].irr.device && after.vcpu[0].irr.device && after.pin.pc === "IDLE");

export const maskedPinDeliversNothing = step({
  id: "masked-pin-delivers-nothing",
  statement: "While a pin is masked, raising its line delivers nothing",
  source: "irqchip 2.5",
  kernel,
  antecedent: (before, _, { action, args }) =>
    action === lineStatus && args["level"] === "up" && before.pin.masked,
  holds: (before, after) => !delivered(before, after),
});

export const unmaskServesLevelPin = step({
  id: "unmask-serves-level-pin",
  statement:
    "A level-triggered pin that is up, owes no EOI and has a destination is served by the write that unmasks it",
  source: "irqchip 2.8",
  kernel: "ioapic_write_indirect()",
  antecedent: (before, after, { action }) =>
    action === "ioapic_write_indirect" &&
    before.pin.masked &&
    !after.pin.masked &&
    after.pin.level &&
    before.pin.irr &&
    !before.pin.remoteIrr &&
    after.pin.dest !== 0,
  holds: (_, after) => after.pin.remoteIrr,
});

export const unmaskBringsBackNoEdge = step({
  id: "unmask-brings-back-no-edge",
  statement: "The write that unmasks an edge-triggered pin delivers nothing, even if the line is still up",
  source: "irqchip 2.8",
  kernel: "ioapic_write_indirect()",
  antecedent: (before, after, { action }) =>
    action === "ioapic_write_indirect" &&
    before.pin.masked &&
    !after.pin.masked &&
    !after.pin.level &&
    before.pin.irr,
  holds: (before, after) => !delivered(before, after),
});

export const levelPinWithDestinationServed = invariant({
  id: "level-pin-with-destination-served",
  statement:
    "While a level-triggered pin is up, not masked and has a destination, its interrupt is on its way: being delivered, in " +
    "PIR, IRR or ISR, or its EOI on the way to the I/O APIC",
  source: "irqchip 2.5, 2.8, (c) C29",
  claim: "C29",
  kernel,
  antecedent: ({ pin }) => pin.level && pin.irr && !pin.masked && pin.dest !== 0,
  holds: ({ pin, vcpu }) =>
    pin.pc !== "IDLE" ||
    vcpu.some(
      ({ pir, irr, isr, eoi, pc }) =>
        pir.device || irr.device || isr.device || eoi === "device" || pc === "IOAPIC_UNLOCK",
    ),
});
