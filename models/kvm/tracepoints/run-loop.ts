import { flag, hex, hex64, oneOfWords, signed, signed64, text, tracepoint, unsigned, word } from "#check";
import { exitTexts } from "./exit-texts.ts";
import { readIn } from "./read-in.ts";

/** Events of a vCPU's thread: entry, exit, injection, halts, its timer. */

export const kvmEntry = tracepoint({
  system: "kvm",
  name: "kvm_entry",
  by: "own",
  when: "before",
  newest: {
    ...readIn.entryAndExit,
    text: text`vcpu ${unsigned("vcpu")}, rip 0x${hex64("rip")} intr_info 0x${hex("intrInfo", 8)} error_code 0x${hex("errorCode", 8)}${flag("immediateExit", "[immediate exit]")}`,
  },
  older: [
    {
      ...readIn.x86,
      text: text`vcpu ${unsigned("vcpu")}, rip 0x${hex64("rip")}${flag("immediateExit", "[immediate exit]")}`,
    },
    { ...readIn.x86_5_10, text: text`vcpu ${unsigned("vcpu")}, rip 0x${hex64("rip")}` },
    { ...readIn.plugin, text: text`vcpu ${unsigned("vcpu")} rip 0x${hex64("rip")}` },
    { ...readIn.x86_3_6, text: text`vcpu ${unsigned("vcpu")}` },
  ],
  unknown: ["rip", "intrInfo", "errorCode"],
});

/** What the plugin calls the exits of SVM. */
const svmReasons = {
  interrupt: "EXIT_INTR",
  vintr: "EXIT_VINTR",
  hlt: "EXIT_HLT",
  msr: "EXIT_MSR",
  io: "EXIT_IOIO",
  npf: "EXIT_NPF",
  avic_incomplete_ipi: "EXIT_AVIC_INCOMPLETE_IPI",
  avic_unaccelerated_access: "EXIT_AVIC_UNACCELERATED_ACCESS",
} as const;

export const kvmExit = tracepoint({
  system: "kvm",
  name: "kvm_exit",
  by: "own",
  when: "before",
  newest: exitTexts.newest,
  older: [
    exitTexts.upTo6_12,
    {
      ...readIn.plugin,
      text: text`reason ${word("reason", svmReasons)} rip 0x${hex64("rip")} info ${hex64("info1")} ${hex64("info2")}`,
    },
    {
      ...readIn.x86_5_9,
      text: text`vcpu ${unsigned("vcpu")} reason ${word("reason")} rip 0x${hex64("rip")} info ${hex64("info1")} ${hex64("info2")}`,
    },
    {
      ...readIn.x86_3_6,
      text: text`reason ${word("reason")} rip 0x${hex64("rip")} info ${hex64("info1")} ${hex64("info2")}`,
    },
  ],
  unknown: ["rip", "info1", "info2", "intrInfo", "errorCode", "requests"],
});

export const kvmInjVirq = tracepoint({
  system: "kvm",
  name: "kvm_inj_virq",
  by: "own",
  when: "after",
  newest: {
    ...readIn.x86,
    text: text`${flag("soft", "Soft/INTn", "IRQ")} 0x${hex("vector")}${flag("reinjected", " [reinjected]")}`,
  },
  older: [{ ...readIn.x86_5_10, text: text`irq ${unsigned("vector")}` }],
});

export const kvmUserspaceExit = tracepoint({
  system: "kvm",
  name: "kvm_userspace_exit",
  by: "own",
  when: "after",
  newest: { ...readIn.generic, text: text`reason ${word("reason")} (${signed("number")})` },
});

export const kvmVcpuWakeup = tracepoint({
  system: "kvm",
  name: "kvm_vcpu_wakeup",
  by: "own",
  when: "after",
  newest: {
    ...readIn.generic,
    text: text`${flag("waited", "wait", "poll")} time ${signed64("ns")} ns, polling ${flag("valid", "valid", "invalid")}`,
  },
  unknown: ["waited", "ns", "valid"],
});

const kvmHaltPollNs = tracepoint({
  system: "kvm",
  name: "kvm_halt_poll_ns",
  by: "own",
  when: "after",
  newest: {
    ...readIn.generic,
    text: text`vcpu ${unsigned("vcpu")}: halt_poll_ns ${unsigned("now")} (${flag("grow", "grow", "shrink")} ${unsigned("was")})`,
  },
});

export const kvmHvTimerState = tracepoint({
  system: "kvm",
  name: "kvm_hv_timer_state",
  by: "own",
  when: "after",
  newest: { ...readIn.x86, text: text`vcpu_id ${hex("vcpu")} hv_timer ${hex("hvTimer")}` },
});

export const kvmWaitLapicExpire = tracepoint({
  system: "kvm",
  name: "kvm_wait_lapic_expire",
  by: "own",
  when: "before",
  newest: {
    ...readIn.x86,
    text: text`vcpu ${unsigned("vcpu")}: delta ${signed64("delta")} (${oneOfWords("deadline", ["early", "late"])})`,
  },
  unknown: ["delta"],
});

export const runLoopTracepoints = [
  kvmEntry,
  kvmExit,
  kvmInjVirq,
  kvmUserspaceExit,
  kvmVcpuWakeup,
  kvmHaltPollNs,
  kvmHvTimerState,
  kvmWaitLapicExpire,
];
