import type { Claim } from "#check";
import { tdDesigns, type Columns } from "./columns.ts";

const extInt = (property: string) => ({ property, scenario: "kvm/f2-extint" });
const f6 = (property: string) => ({ property, scenario: "kvm/f6-halted-vcpu" });
/** The designs that bug a VM. */
const active: Columns = ["active", "active-split", "upstream"];

/** What nobody in the thread says, and the model shows. */
const findings: readonly Claim[] = [
  {
    id: "F1",
    statement: "Userspace can bug its TD by creating a vCPU that it never initializes",
    messages: [],
    source: "timer 9.4 F1",
    word: "depends on: tdFinalize",
    said: "The reasoning of m12 and m14 starts from vCPUs in x2APIC mode.",
    shown:
      "With vCPU ids 0 and 256, no 32-bit ids and vCPU 256 never initialized, running vCPU 0 bugs the VM, if the TDX module " +
      "lets a TD with such a vCPU be finalized.",
    checks: ["any-vcpus", "all-initialized"].map((value) => ({
      property: "td-bugged-only-without-memory",
      scenario: "kvm/f1-uninitialized-vcpu",
      set: [`tdFinalize=${value}`],
      columns: tdDesigns,
    })),
  },
  {
    id: "F2",
    statement: "One KVM_INTERRUPT on the boot vCPU of a TD blocks all its NMIs from then on",
    messages: [],
    source: "timer 4.8, 9.4 F2",
    word: "confirmed",
    said: "m3 says only that PIC interrupts will be lost.",
    shown:
      "Event injection leaves interrupt.injected set for ever; no NMI is then handed to the TD, and each entry that has " +
      "one asks for an immediate exit, at which tdx_vcpu_run() warns.",
    checks: [
      { ...extInt("nmi-handed-over-before-entry"), columns: tdDesigns },
      {
        ...extInt("interrupt-injected-ends-with-entry"),
        columns: [...tdDesigns, "vmx"],
      },
      { ...extInt("td-never-asked-for-immediate-exit"), columns: tdDesigns },
      {
        ...extInt("nmi-handed-over-before-entry"),
        set: ["extInt=refused"],
        columns: tdDesigns,
      },
    ],
  },
  {
    id: "F6",
    statement: "A halted vCPU of a bugged VM sleeps on",
    messages: [],
    source: "timer 4.3, 9.4 F6",
    word: "confirmed",
    said: "m3 and m12 propose to bug the VM, after which nothing of it should go on.",
    shown:
      "KVM_REQ_VM_DEAD wakes nobody, and a vCPU that is about to block does not check for it either: KVM_RUN returns " +
      "only once something else wakes the vCPU.",
    checks: [
      { ...f6("halted-vcpu-sleeps-through-bug"), columns: active },
      { ...f6("halted-vcpu-learns-of-bug"), columns: active },
    ],
  },
];

export default findings;
