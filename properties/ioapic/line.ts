import { posterPcs } from "../../models/kvm/state-poster.ts";
import { invariant, step } from "../../models/kvm/state.ts";

export const irrBitFollowsTheLine = invariant({
  id: "ioapic-irr-follows-the-line",
  statement:
    "ioapic->irr has the pin's bit exactly while some source asserts its line, where no resampler takes it back",
  source: "irqchip 2.3 A",
  kernel: "kvm_ioapic_set_irq(), ioapic_set_irq(): __kvm_irq_line_state()",
  antecedent: ({ pin, resample }) => !resample.assigned && (pin.irr || pin.sources.a || pin.sources.b),
  holds: ({ pin }) => pin.irr && (pin.sources.a || pin.sources.b),
});

export const remoteIrrIsSetByADelivery = step({
  id: "remote-irr-is-set-by-a-delivery",
  statement:
    "remote_irr is set only as a level-triggered pin that is up and not masked is delivered, or taken for delivered: the vector is in " +
    "PIR, IRR or ISR, or on its way there",
  source: "irqchip 2.5",
  kernel: "ioapic_service(): remote_irr",
  antecedent: ({ pin: before }, { pin: after }) => !before.remoteIrr && after.remoteIrr,
  holds: (_, { pin, vcpu }) =>
    pin.level &&
    !pin.masked &&
    pin.irr &&
    (pin.pc !== "IDLE" ||
      pin.ghostUnaccepted ||
      vcpu.some(({ pir, irr, isr }) => pir.device || irr.device || isr.device)),
});

export const remoteIrrIsClearedByAnEoi = step({
  id: "remote-irr-is-cleared-by-an-eoi",
  statement:
    "remote_irr is cleared only by an EOI that the I/O APIC is told of, or as the entry is made edge-triggered, and is set again at once " +
    "only if the line is still up",
  source: "irqchip 2.7, 2.8, 3.4",
  kernel: "kvm_ioapic_update_eoi_one(), ioapic_write_indirect(): remote_irr = 0",
  antecedent: ({ pin: before }, { pin: after }) => before.remoteIrr && !after.remoteIrr,
  holds: ({ vcpu }, { pin }) =>
    !pin.level ||
    vcpu.some(
      ({ pc, exit }) =>
        pc === "EOI_REMOTE_IRR" || (pc === "USER" && (exit === "IOAPIC_EOI" || exit === "EOI_REGISTER")),
    ),
});

export const toldEoiServesThePinAgain = step({
  id: "told-eoi-serves-the-pin-again",
  statement:
    "An EOI of a level-triggered pin that the I/O APIC is told of leaves remote_irr set only where the pin is served again, and not " +
    "clear where the line is up and the pin not masked",
  source: "irqchip 2.7 steps 2 and 3, 3.4",
  kernel: "kvm_ioapic_update_eoi_one(): remote_irr = 0, ioapic_service()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc === "EOI_REMOTE_IRR" && after[v].pc !== "EOI_REMOTE_IRR" && before[v].tmr.device,
  holds: (_, { pin, vcpu }) =>
    !pin.level ||
    (pin.remoteIrr
      ? pin.pc !== "IDLE" || pin.ghostUnaccepted || vcpu.some(({ pir, irr }) => pir.device || irr.device)
      : !pin.irr || pin.masked || pin.dest === 0),
});

export const deliveredLevelOwesItsEoi = step({
  id: "delivered-level-interrupt-owes-its-eoi",
  statement:
    "Once the interrupt of a pin was delivered as a level-triggered one, and the lock is released, remote_irr is set: the pin is not " +
    "served again before its EOI",
  source: "irqchip 2.5",
  kernel: "ioapic_service(): remote_irr = 1, under ioapic->lock",
  antecedent: ({ pin: before, vcpu }, { pin: after }) =>
    (posterPcs as readonly string[]).includes(before.pc) &&
    after.pc === "IDLE" &&
    vcpu[before.target].tmr.device,
  holds: (_, { pin }) => pin.remoteIrr,
});
