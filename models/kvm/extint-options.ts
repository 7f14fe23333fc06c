import { kvmInterruptRefused, setVcpuEvents } from "./actions/extint.ts";
import { eoiBoth, eoiBothSplit, postExtInt, takePosted } from "./actions/extint-post.ts";
import type { KvmOption } from "./options.ts";

const extInt: KvmOption = {
  name: "extInt",
  about:
    "what becomes of an ExtINT vector for a TD: event injection loses it, as upstream, it is posted instead (m3), or " +
    "KVM_INTERRUPT is refused",
  source: "m3; timer 4.8, 9.4 F2; irqchip 5.4",
  values: ["lost", "post", "refused"],
  reads: ["extIntAck"],
  patches: {
    post: ({ guest, ops, set }) =>
      guest === "td"
        ? {
            replace: [postExtInt(ops), ...(set["extIntAck"] === "both" ? [eoiBoth] : [])],
            add: [takePosted, ...(set["extIntAck"] === "both" ? [eoiBothSplit] : [])],
          }
        : {},
    refused: ({ guest }) => (guest === "td" ? { replace: [kvmInterruptRefused] } : {}),
  },
};

const extIntAck: KvmOption = {
  name: "extIntAck",
  about:
    "UNSURE: how a TD ends an interrupt of the PIC that was posted (extInt=post): at the PIC, as for any ExtINT, or with its " +
    "LAPIC's EOI as well, whose ISR has the bit",
  source: "irqchip 5.4 PIC=POST",
  values: ["pic", "both"],
  patches: {},
};

const vcpuEvents: KvmOption = {
  name: "vcpuEvents",
  about: "what userspace does to interrupt.injected with KVM_SET_VCPU_EVENTS: nothing, sets it, or clears it",
  source: "irqchip 5.4 L4, 6",
  values: ["untouched", "sets-injected", "clears-injected"],
  patches: {
    "sets-injected": () => ({ add: [setVcpuEvents(true)] }),
    "clears-injected": () => ({ add: [setVcpuEvents(false)] }),
  },
};

/** What is left open of interrupts that are neither the LAPIC's nor posted. */
export const extIntOptions = { extInt, extIntAck, vcpuEvents } as const;
