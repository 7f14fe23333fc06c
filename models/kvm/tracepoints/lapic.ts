import { flag, hex, hex64, oneOfWords, optionalWord, signed, text, tracepoint, unsigned, word } from "#check";
import { deliveryModes, readIn } from "./read-in.ts";

const mode = oneOfWords("mode", deliveryModes);
const trigger = oneOfWords("trigger", ["edge", "level"]);

/** Events of a LAPIC: what it accepts, sends, ends; its registers; APICv. */

const acceptText = text`apicid ${hex("apicid")} vec ${unsigned("vec")} (${mode}|${trigger})`;

export const kvmApicAcceptIrq = tracepoint({
  system: "kvm",
  name: "kvm_apic_accept_irq",
  by: "caller",
  when: "before",
  newest: { ...readIn.x86, text: acceptText },
  older: [
    {
      ...readIn.x86_3_6,
      text: text`apicid ${hex("apicid")} vec ${unsigned("vec")} (${mode}|${trigger})${flag("coalesced", " (coalesced)")}`,
    },
  ],
});

export const kvmApicvAcceptIrq = tracepoint({
  system: "kvm",
  name: "kvm_apicv_accept_irq",
  by: "caller",
  when: "after",
  newest: { ...readIn.x86, text: acceptText },
});

const eoiText = text`apicid ${hex("apicid")} vector ${signed("vector")}`;

export const kvmEoi = tracepoint({
  system: "kvm",
  name: "kvm_eoi",
  by: "own",
  when: "before",
  newest: { ...readIn.x86, text: eoiText },
});

export const kvmPvEoi = tracepoint({
  system: "kvm",
  name: "kvm_pv_eoi",
  by: "own",
  when: "before",
  newest: { ...readIn.x86, text: eoiText },
});

export const kvmApic = tracepoint({
  system: "kvm",
  name: "kvm_apic",
  by: "own",
  when: "before",
  newest: {
    ...readIn.x86,
    text: text`apic_${oneOfWords("access", ["read", "write"])} ${word("reg")} = 0x${hex64("val")}`,
  },
});

export const kvmApicIpi = tracepoint({
  system: "kvm",
  name: "kvm_apic_ipi",
  by: "own",
  when: "before",
  newest: {
    ...readIn.x86,
    text: text`dst ${hex("dst")} vec ${unsigned("vec")} (${mode}|${oneOfWords("destination", ["physical", "logical"])}|${oneOfWords("level", ["assert", "de-assert"])}|${trigger}|${oneOfWords("shorthand", ["dst", "self", "all", "all-but-self"])})`,
  },
});

export const kvmMsr = tracepoint({
  system: "kvm",
  name: "kvm_msr",
  by: "own",
  when: "after",
  newest: {
    ...readIn.x86,
    text: text`msr_${oneOfWords("access", ["read", "write"])} ${hex("msr")} = 0x${hex64("data")}${flag("fault", " (#GP)")}`,
  },
});

export const kvmApicvInhibitChanged = tracepoint({
  system: "kvm",
  name: "kvm_apicv_inhibit_changed",
  by: "caller",
  when: "before",
  lock: "apicv_update_lock",
  newest: {
    ...readIn.inhibitNames,
    text: text`${flag("set", "set", "cleared")} reason=${unsigned("reason")}, inhibits=0x${hex64("inhibits")}${optionalWord("names", " ")}`,
  },
});

const kvmApicvUpdateRequest = tracepoint({
  system: "kvm",
  name: "kvm_apicv_update_request",
  by: "caller",
  when: "after",
  newest: {
    of: "5.17",
    source: "arch/x86/kvm/trace.h of 5.17",
    text: text`${flag("activate", "activate", "deactivate")} reason=${unsigned("reason")}`,
  },
  older: [
    {
      of: "5.6",
      source: "arch/x86/kvm/trace.h of 5.10",
      text: text`${flag("activate", "activate", "deactivate")} bit=${unsigned("reason")}`,
    },
  ],
});

export const kvmAvicIncompleteIpi = tracepoint({
  system: "kvm",
  name: "kvm_avic_incomplete_ipi",
  by: "own",
  when: "before",
  newest: {
    ...readIn.x86,
    text: text`vcpu=${unsigned("vcpu")}, icrh:icrl=0x${hex("icrh", 8)}:${hex("icrl", 8)}, id=${unsigned("id")}, index=${unsigned("index")}`,
  },
  unknown: ["icrh", "icrl", "index"],
});

const kvmAvicUnacceleratedAccess = tracepoint({
  system: "kvm",
  name: "kvm_avic_unaccelerated_access",
  by: "own",
  when: "before",
  newest: {
    ...readIn.x86,
    text: text`vcpu=${unsigned("vcpu")}, offset=0x${hex("offset")}(${word("reg")}), ${oneOfWords("kind", ["trap", "fault"])}, ${oneOfWords("access", ["read", "write"])}, vec=0x${hex("vec")}`,
  },
});

export const kvmAvicGaLog = tracepoint({
  system: "kvm",
  name: "kvm_avic_ga_log",
  by: "caller",
  when: "before",
  newest: { ...readIn.x86, text: text`vmid=${unsigned("vmid")}, vcpuid=${unsigned("vcpu")}` },
});

const kvmAvicKickVcpuSlowpath = tracepoint({
  system: "kvm",
  name: "kvm_avic_kick_vcpu_slowpath",
  by: "own",
  when: "before",
  newest: {
    ...readIn.x86,
    text: text`icrh:icrl=0x${hex("icrh", 6)}:${hex("icrl", 8)}, index=${unsigned("index")}`,
  },
});

export const kvmAvicDoorbell = tracepoint({
  system: "kvm",
  name: "kvm_avic_doorbell",
  by: "caller",
  when: "after",
  newest: { ...readIn.x86, text: text`vcpuid=${unsigned("vcpu")}, apicid=${unsigned("apicid")}` },
});

export const lapicTracepoints = [
  kvmApicAcceptIrq,
  kvmApicvAcceptIrq,
  kvmEoi,
  kvmPvEoi,
  kvmApic,
  kvmApicIpi,
  kvmMsr,
  kvmApicvInhibitChanged,
  kvmApicvUpdateRequest,
  kvmAvicIncompleteIpi,
  kvmAvicUnacceleratedAccess,
  kvmAvicGaLog,
  kvmAvicKickVcpuSlowpath,
  kvmAvicDoorbell,
];
