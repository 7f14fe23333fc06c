import { kvmInterruptRefused, setVcpuEvents } from "../actions/injection/extint.ts";
import { eoiBoth, eoiBothSplit, postExtInt, takePosted } from "../actions/injection/extint-post.ts";
import { joint, option } from "../option.ts";

export const extInt = option({
  name: "extInt",
  about:
    "what becomes of an ExtINT vector for a TD: event injection loses it, as upstream, it is posted instead (m3), or " +
    "KVM_INTERRUPT is refused",
  source: "m3; timer 4.8, 9.4 F2; irqchip 5.4",
  guests: ["td"],
  values: {
    lost: {},
    post: ({ ops }) => ({ replace: [postExtInt(ops)], add: [takePosted] }),
    refused: { replace: [kvmInterruptRefused] },
  },
});

export const extIntAck = option({
  name: "extIntAck",
  about:
    "UNSURE: how a TD ends an interrupt of the PIC that was posted (extInt=post): at the PIC, as for any ExtINT, or with its " +
    "LAPIC's EOI as well, whose ISR has the bit",
  source: "irqchip 5.4 PIC=POST",
  guests: ["td"],
  values: { pic: {}, both: {} },
});

const endOfPosted = joint({ extInt, extIntAck }, (_, set) =>
  set.extInt === "post" && set.extIntAck === "both" ? { replace: [eoiBoth], add: [eoiBothSplit] } : {},
);

export const vcpuEvents = option({
  name: "vcpuEvents",
  about: "what userspace does to interrupt.injected with KVM_SET_VCPU_EVENTS: nothing, sets it, or clears it",
  source: "irqchip 5.4 L4, 6",
  values: {
    untouched: {},
    "sets-injected": () => ({ add: [setVcpuEvents(true)] }),
    "clears-injected": () => ({ add: [setVcpuEvents(false)] }),
  },
});

/** What is left open of interrupts that are neither the LAPIC's nor posted. */
export default [extInt, extIntAck, endOfPosted, vcpuEvents] as const;
