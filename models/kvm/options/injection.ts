import { kvmInterruptRefused, setVcpuEvents } from "../actions/injection/extint.ts";
import { eoiBoth, eoiBothSplit, postExtInt, takePosted } from "../actions/injection/extint-post.ts";
import { sipis } from "../actions/injection/send-event.ts";
import { acceptSipi } from "../actions/injection/init-sipi.ts";
import { block } from "../actions/scheduling/block.ts";
import { emulateHalt } from "../actions/scheduling/halt.ts";
import { joint, option, type ChangeOf } from "../option.ts";
import type { GuestName, VendorOps } from "../ops.ts";

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

export const nmi = option({
  name: "nmi",
  about: "whether NMIs are sent to the vCPU besides INIT and SIPI",
  source: "irqchip 7.6 ACCEPT",
  values: { "not-sent": { drop: ["send_nmi"] }, sent: {} },
});

export const sipiDelay = option({
  name: "sipiDelay",
  about:
    "whether who starts a vCPU sends SIPI at once after INIT, as Linux does on CPUs of today, or once the INIT is accepted",
  source: "irqchip 7.6 EVENTS",
  values: { none: {}, "init-accepted": () => ({ replace: sipis("init-accepted") }) },
});

/** What may be sent to a vCPU, by name of what is asked about. */
const sends: Readonly<Record<string, readonly string[]>> = {
  nmi: ["send_nmi"],
  smi: ["send_smi"],
  "smi-and-nmi": ["send_smi", "send_nmi"],
  "smi-and-init": ["send_smi", "send_init", "send_sipi", "send_second_sipi"],
  init: ["send_init", "send_sipi", "send_second_sipi"],
  "pv-kick": ["send_pv_kick"],
};
const sent = [...new Set(Object.values(sends).flat())];

/** A SIPI comes once the INIT is accepted, if that is not blocked: what it is otherwise sipiDelay asks. */
const onlySends = (what: string): ChangeOf => ({
  drop: sent.filter((name) => !sends[what].includes(name)),
  ...(sends[what].includes("send_sipi") && { replace: sipis("init-accepted") }),
});

export const wakeEvent = option({
  name: "wakeEvent",
  about: "what is sent to a vCPU that halts: NMIs, SMIs, INIT with SIPIs, or a paravirtual kick",
  source: "irqchip 7.6 ACCEPT, 7.6 WAKE",
  values: {
    nmi: onlySends("nmi"),
    smi: onlySends("smi"),
    "smi-and-nmi": onlySends("smi-and-nmi"),
    init: onlySends("init"),
    "smi-and-init": onlySends("smi-and-init"),
    "pv-kick": onlySends("pv-kick"),
  },
});

const ordinary: readonly GuestName[] = ["vmx", "vmx-sw", "avic", "svm-sw"];

export const pvUnhalted = option({
  name: "pvUnhalted",
  about:
    "where pv_unhalted is cleared: as mp_state becomes RUNNABLE, since e9cb61055fee (6.15), or in vcpu_block() alone",
  source: "irqchip 7.6 PV",
  guests: ordinary,
  since: { "6.14": "left-over", "6.16": "cleared" },
  values: { cleared: {}, "left-over": {} },
});

export const blockedInit = option({
  name: "blockedInit",
  about: "whether an INIT that is blocked makes a halted vCPU runnable, as before bf7f9352af5d (6.1)",
  source: "irqchip 7.6 WAKE",
  guests: ordinary,
  values: { ignored: {}, wakes: {} },
});

/** What makes a vCPU runnable besides interrupts, and what is left of it. */
const runnable = joint({ pvUnhalted, blockedInit }, ({ ops: as }, set) => {
  if (set.pvUnhalted === "cleared" && set.blockedInit === "ignored") return {};
  const ops: VendorOps = {
    ...as,
    ...(set.pvUnhalted === "left-over" && { keepsPvUnhalted: true }),
    ...(set.blockedInit === "wakes" && { blockedInitWakes: true }),
  };
  const tests = set.blockedInit === "wakes" ? block(ops) : [];
  return { replace: [emulateHalt(ops), acceptSipi(ops), ...tests] };
});

/** What is left open of interrupts that are neither the LAPIC's nor posted, and of what is no interrupt. */
export default [
  extInt,
  extIntAck,
  endOfPosted,
  vcpuEvents,
  nmi,
  sipiDelay,
  wakeEvent,
  pvUnhalted,
  blockedInit,
  runnable,
] as const;
