import { byGuest, type ByGuest } from "./text.ts";

/** An exit by the name that each kind of guest has for it, with what it is about behind the name. */
const exit =
  (vmx: string, td: string, svm: string) =>
  (about = ""): ByGuest =>
    byGuest(`${vmx} (a TD: TDVMCALL<${td}>; SVM: ${svm})${about}`, {
      td: `TDVMCALL<${td}>${about}`,
      vmx: `${vmx}${about}`,
      svm: `${svm}${about}`,
    });

/** The guest writes an MSR. */
export const msrWriteExit = exit("EXIT_REASON_MSR_WRITE", "WRMSR", "SVM_EXIT_MSR");
/** The guest reads an MSR. */
export const msrReadExit = exit("EXIT_REASON_MSR_READ", "RDMSR", "SVM_EXIT_MSR");
/** The guest writes a register of its APIC. */
export const apicWriteExit = exit(
  "EXIT_REASON_APIC_WRITE, EXIT_REASON_MSR_WRITE",
  "WRMSR",
  "SVM_EXIT_AVIC_UNACCELERATED_ACCESS, SVM_EXIT_MSR",
);
/** The guest reads or writes an I/O port. */
export const ioExit = exit("EXIT_REASON_IO_INSTRUCTION", "IO", "SVM_EXIT_IOIO");
/** The guest reads or writes memory of a device. */
export const mmioExit = exit("EXIT_REASON_EPT_MISCONFIG", "MMIO", "SVM_EXIT_NPF");
/** The guest halts. */
export const hltExit = exit("EXIT_REASON_HLT", "HLT", "SVM_EXIT_HLT");
