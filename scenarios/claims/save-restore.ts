import type { Claim } from "#check";
import type { Columns } from "./columns.ts";
import { asks } from "./make.ts";

const columns: Columns = ["vmx", "vmx-direct", "vmx-direct-fixed", "vmx-sw", "avic", "svm-sw"];
const deadline = ["timerMode=tsc-deadline", "preemptionTimer=off"];

/** What m21's proposal means for a VM that is saved and restored. */
const saveRestoreClaims: readonly Claim[] = [
  {
    id: "P15",
    statement: "Without lapic_timer.pending a vCPU that is saved and restored keeps its timer's interrupt",
    messages: ["m21"],
    source: "timer 9.1 P15; irqchip 6.13 ORDER",
    word: "holds under: the MSRs saved before the LAPIC, or pending as it is",
    said: "m21 proposes to drop pending, and does not speak of userspace.",
    shown:
      "An hrtimer that fires after KVM_GET_LAPIC and before KVM_GET_MSRS of IA32_TSC_DEADLINE is in neither: the vector " +
      "comes too late for the saved IRR, and the deadline is cleared. With pending it stays set until KVM_RUN.",
    checks: [
      asks("kvm/save-restore", "saved-state-owes-timer", columns, deadline),
      asks("kvm/save-restore", "saved-timer-is-owed-after", columns, deadline),
      asks("kvm/save-restore", "saved-state-owes-timer", columns, [...deadline, "saveOrder=msrs-first"]),
    ],
  },
];

export default saveRestoreClaims;
