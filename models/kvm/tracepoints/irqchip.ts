import { flag, hex, hex64, oneOfWords, signed, text, tracepoint, unsigned } from "#check";
import { deliveryModes, readIn } from "./read-in.ts";

const mode = oneOfWords("mode", deliveryModes);
const destination = oneOfWords("destination", ["physical", "logical"]);
const trigger = oneOfWords("trigger", ["edge", "level"]);
const masked = flag("masked", "|masked");
const coalesced = flag("coalesced", " (coalesced)");

/** Events of the irqchip: lines, pins, messages, acknowledgements. */

export const kvmSetIrq = tracepoint({
  system: "kvm",
  name: "kvm_set_irq",
  by: "caller",
  when: "before",
  newest: {
    ...readIn.generic,
    text: text`gsi ${unsigned("gsi")} level ${signed("level")} source ${signed("source")}`,
  },
});

export const kvmIoapicSetIrq = tracepoint({
  system: "kvm",
  name: "kvm_ioapic_set_irq",
  by: "caller",
  when: "after",
  lock: "ioapic->lock",
  newest: {
    ...readIn.generic,
    text: text`pin ${unsigned("pin")} dst ${hex("dst")} vec ${unsigned("vec")} (${mode}|${destination}|${trigger}${masked})${coalesced}`,
  },
  older: [
    {
      of: "2.6",
      source: "shown in bug reports of the first releases that had the event",
      text: text`pin ${unsigned("pin")} dst ${hex("dst")} vec=${unsigned("vec")} (${mode}|${destination}|${trigger}${masked})${coalesced}`,
    },
  ],
});

const delayed = text`dst ${hex("dst")} vec ${unsigned("vec")} (${mode}|${destination}|${trigger}${masked})`;

const kvmIoapicDelayedEoiInj = tracepoint({
  system: "kvm",
  name: "kvm_ioapic_delayed_eoi_inj",
  by: "own",
  when: "after",
  lock: "ioapic->lock",
  newest: { ...readIn.generic, text: delayed },
});

export const kvmMsiSetIrq = tracepoint({
  system: "kvm",
  name: "kvm_msi_set_irq",
  by: "caller",
  when: "before",
  newest: {
    ...readIn.generic,
    text: text`dst ${hex("dst")} vec ${unsigned("vec")} (${mode}|${destination}|${trigger}${flag("redirectionHint", "|rh")})`,
  },
});

export const kvmPicSetIrq = tracepoint({
  system: "kvm",
  name: "kvm_pic_set_irq",
  by: "caller",
  when: "after",
  lock: "pic->lock",
  newest: {
    ...readIn.x86,
    text: text`chip ${unsigned("chip")} pin ${unsigned("pin")} (${trigger}${masked})${coalesced}`,
  },
});

export const kvmAckIrq = tracepoint({
  system: "kvm",
  name: "kvm_ack_irq",
  by: "own",
  when: "before",
  newest: {
    ...readIn.generic,
    text: text`irqchip ${oneOfWords("irqchip", ["PIC master", "PIC slave", "IOAPIC"])} pin ${unsigned("pin")}`,
  },
});

export const kvmPiIrteUpdate = tracepoint({
  system: "kvm",
  name: "kvm_pi_irte_update",
  by: "caller",
  when: "after",
  newest: {
    ...readIn.irteUpdate,
    text: text`PI is ${flag("set", "enabled and being updated", "disabled")} for irq ${unsigned("hostIrq")}, vcpu ${unsigned("vcpu")}, gsi: 0x${hex("gsi")}, gvec: 0x${hex("gvec")}, pi_desc_addr: 0x${hex64("piDescAddr")}`,
  },
  older: [
    {
      ...readIn.x86_5_10,
      text: text`VT-d PI is ${flag("set", "enabled and being updated", "disabled")} for irq ${unsigned("hostIrq")}, vcpu ${unsigned("vcpu")}, gsi: 0x${hex("gsi")}, gvec: 0x${hex("gvec")}, pi_desc_addr: 0x${hex64("piDescAddr")}`,
    },
  ],
  unknown: ["hostIrq", "piDescAddr"],
});

export const irqchipTracepoints = [
  kvmSetIrq,
  kvmIoapicSetIrq,
  kvmIoapicDelayedEoiInj,
  kvmMsiSetIrq,
  kvmPicSetIrq,
  kvmAckIrq,
  kvmPiIrteUpdate,
];
