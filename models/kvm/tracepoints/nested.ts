import { hex, hex64, oneOfWords, text, tracepoint, unsigned, word } from "#check";
import { exitTexts } from "./exit-texts.ts";
import { readIn } from "./read-in.ts";

/** Events of a guest that runs guests of its own, and of instructions that KVM emulates: no step of the model. */

const kvmNestedVmexit = tracepoint({
  system: "kvm",
  name: "kvm_nested_vmexit",
  by: "own",
  when: "before",
  newest: exitTexts.newest,
  older: [
    exitTexts.upTo6_12,
    {
      ...readIn.plugin,
      // Its plugin looks for fields that newer kernels have under other names, and prints that before the kernel's text.
      text: text`CAN'T FIND FIELD "rip"<CANT FIND FIELD exit_code>vcpu ${unsigned("vcpu")} reason ${word("reason")} rip 0x${hex64("rip")} info1 0x${hex64("info1", 16)} info2 0x${hex64("info2", 16)} intr_info 0x${hex("intrInfo", 8)} error_code 0x${hex("errorCode", 8)}`,
    },
  ],
});

const kvmNestedVmexitInject = tracepoint({
  system: "kvm",
  name: "kvm_nested_vmexit_inject",
  by: "own",
  when: "after",
  newest: {
    ...readIn.x86,
    text: text`reason: ${word("reason")} ext_inf1: 0x${hex64("info1", 16)} ext_inf2: 0x${hex64("info2", 16)} ext_int: 0x${hex("intInfo", 8)} ext_int_err: 0x${hex("intInfoErr", 8)}`,
  },
  older: [
    {
      ...readIn.plugin,
      text: text`reason ${word("reason")} info1 ${hex64("info1")} info2 ${hex64("info2")} int_info ${hex("intInfo")} int_info_err ${hex("intInfoErr")}`,
    },
  ],
});

const kvmNestedVmenter = tracepoint({
  system: "kvm",
  name: "kvm_nested_vmenter",
  by: "own",
  when: "before",
  newest: {
    ...readIn.x86,
    text: text`rip: 0x${hex64("rip", 16)} ${oneOfWords("block", ["vmcs", "vmcb"])}: 0x${hex64("vmcb", 16)} nested_rip: 0x${hex64("nestedRip", 16)} int_ctl: 0x${hex("intCtl", 8)} event_inj: 0x${hex("eventInj", 8)} nested_${oneOfWords("paging", ["ept", "npt"])}=${oneOfWords("nestedPaging", ["y", "n"])} ${oneOfWords("root", ["guest_cr3", "nested_eptp", "nested_cr3"])}: 0x${hex64("guestPgd", 16)}`,
  },
});

const kvmEmulateInsn = tracepoint({
  system: "kvm",
  name: "kvm_emulate_insn",
  by: "own",
  when: "before",
  newest: {
    ...readIn.x86,
    text: text`${hex("csbase")}:${hex64("rip")}:${word("bytes")} (${word("mode")})`,
  },
  older: [{ ...readIn.plugin, text: text`${hex("csbase")}:${hex64("rip")}: ${word("bytes")}` }],
});

export const nestedTracepoints = [kvmNestedVmexit, kvmNestedVmexitInject, kvmNestedVmenter, kvmEmulateInsn];
