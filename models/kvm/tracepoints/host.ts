import { flag, hex64, oneOfWords, signed64, text, tracepoint, unsigned, word } from "#check";
import { readIn } from "./read-in.ts";

/** Events of the host's timers, which the LAPIC timer and the PIT are made of. */

const hrtimers = { of: "6.12", source: "include/trace/events/timer.h of 6.12" } as const;
const plugin = { ...readIn.plugin, source: "libtraceevent, plugins/plugin_hrtimer.c" } as const;

export const hrtimerStart = tracepoint({
  system: "timer",
  name: "hrtimer_start",
  by: "caller",
  when: "after",
  newest: {
    of: "6.19",
    source: "include/trace/events/timer.h, with was_armed",
    text: text`hrtimer=${word("hrtimer")} function=${word("function")} expires=${signed64("expires")} softexpires=${signed64("softexpires")} mode=${word("mode")} was_armed=${flag("wasArmed", "1", "0")}`,
  },
  older: [
    {
      ...hrtimers,
      text: text`hrtimer=${word("hrtimer")} function=${word("function")} expires=${signed64("expires")} softexpires=${signed64("softexpires")} mode=${word("mode")}`,
    },
    {
      ...plugin,
      text: text`hrtimer=${word("hrtimer")} function=${word("function")} expires=${signed64("expires")} softexpires=${signed64("softexpires")}`,
    },
  ],
  unknown: ["expires", "softexpires", "wasArmed"],
});

export const hrtimerExpireEntry = tracepoint({
  system: "timer",
  name: "hrtimer_expire_entry",
  by: "caller",
  when: "before",
  newest: {
    ...hrtimers,
    text: text`hrtimer=${word("hrtimer")} function=${word("function")} now=${signed64("now")}`,
  },
  older: [
    {
      ...plugin,
      text: text`hrtimer=${word("hrtimer")} now=${signed64("now")} function=${word("function")}`,
    },
  ],
  unknown: ["now"],
});

export const hrtimerCancel = tracepoint({
  system: "timer",
  name: "hrtimer_cancel",
  by: "caller",
  when: "after",
  newest: { ...hrtimers, text: text`hrtimer=${word("hrtimer")}` },
});

const localTimerEntry = tracepoint({
  system: "irq_vectors",
  name: "local_timer_entry",
  by: "own",
  when: "before",
  newest: {
    of: "6.12",
    source: "arch/x86/include/asm/trace/irq_vectors.h of 6.12",
    text: text`vector=${unsigned("vector")}`,
  },
});

/** Events that no step of the model stands for: they only show that a thread is in the host. */

const kvmFpu = tracepoint({
  system: "kvm",
  name: "kvm_fpu",
  by: "own",
  when: "after",
  newest: { ...readIn.generic, text: text`${oneOfWords("what", ["load", "unload"])}` },
});

const kvmMmio = tracepoint({
  system: "kvm",
  name: "kvm_mmio",
  by: "own",
  when: "before",
  newest: {
    ...readIn.generic,
    text: text`mmio ${oneOfWords("access", ["unsatisfied-read", "read", "write"])} len ${unsigned("len")} gpa 0x${hex64("gpa")} val 0x${hex64("val")}`,
  },
});

const kvmPio = tracepoint({
  system: "kvm",
  name: "kvm_pio",
  by: "own",
  when: "before",
  newest: {
    ...readIn.x86,
    text: text`pio_${oneOfWords("access", ["read", "write"])} at 0x${hex64("port")} size ${unsigned("size")} count ${unsigned("count")} val 0x${hex64("val")} ${flag("more", "(...)")}`,
  },
  older: [
    {
      ...readIn.x86_3_6,
      text: text`pio_${oneOfWords("access", ["read", "write"])} at 0x${hex64("port")} size ${unsigned("size")} count ${unsigned("count")}`,
    },
  ],
});

const vcpuMatchMmio = tracepoint({
  system: "kvm",
  name: "vcpu_match_mmio",
  by: "own",
  when: "before",
  newest: {
    ...readIn.x86,
    text: text`gva 0x${hex64("gva")} gpa 0x${hex64("gpa")} ${oneOfWords("access", ["Read", "Write"])} ${oneOfWords("matched", ["GPA", "GVA"])}`,
  },
});

export const hostTracepoints = [
  hrtimerStart,
  hrtimerExpireEntry,
  hrtimerCancel,
  localTimerEntry,
  kvmFpu,
  kvmMmio,
  kvmPio,
  vcpuMatchMmio,
];
