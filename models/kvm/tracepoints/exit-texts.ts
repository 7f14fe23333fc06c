import { hex, hex64, text, unsigned, word } from "#check";
import { readIn } from "./read-in.ts";

/** What kvm_exit and kvm_nested_vmexit print alike, in the newest release and up to 6.12. */
export const exitTexts = {
  newest: {
    ...readIn.entryAndExit,
    text: text`vcpu ${unsigned("vcpu")} reason ${word("reason")} rip 0x${hex64("rip")} info1 0x${hex64("info1", 16)} info2 0x${hex64("info2", 16)} intr_info 0x${hex("intrInfo", 8)} error_code 0x${hex("errorCode", 8)} requests 0x${hex64("requests", 16)}`,
  },
  upTo6_12: {
    ...readIn.x86,
    text: text`vcpu ${unsigned("vcpu")} reason ${word("reason")} rip 0x${hex64("rip")} info1 0x${hex64("info1", 16)} info2 0x${hex64("info2", 16)} intr_info 0x${hex("intrInfo", 8)} error_code 0x${hex("errorCode", 8)}`,
  },
};
