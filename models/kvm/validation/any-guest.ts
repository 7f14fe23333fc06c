import type { Action } from "#check";
import { giveUpEntry } from "../actions/run-loop/entry.ts";
import { action, cpu, type State } from "../state.ts";
import { inGuest, leave } from "../leave.ts";
import { guestRuns, threadAt } from "../predicates.ts";

/**
 * What a guest, its userspace and its host may do at any time, where nothing is known of them: the other worlds have guests
 * that are programs, and would refuse what a guest does otherwise.
 */

/** An exit of which nothing is modelled but that it is one. */
export const guestExits = action("guest_exits", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "an exit that KVM handles: CPUID, a page fault, an instruction that is emulated",
  source: "timer 2.5 S12",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => guestRuns(s.vcpu[v]),
  effect: (d, { v }) => leave(d, v, "OTHER"),
});

/** A halt, whatever is pending. */
export const guestHalts = action("guest_halts", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "EXIT_REASON_HLT",
  source: "timer 8 G_HLT",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v),
  effect: (d, { v }) => leave(d, v, "HLT"),
});

/** A write of LVTT that keeps the mode, and the mask bit or not. */
const writesMask = action("guest_writes_lvtt", {
  actor: cpu,
  args: { v: "vcpu", mask: ["LVTT_MASK", "LVTT_UNMASK"] },
  kernel: "a write of APIC_LVTT",
  source: "timer 1.2",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v),
  effect: (d, { v, mask }) => leave(d, v, mask),
});

/** A write of LVTT may change both the mode and the mask bit. */
const masksWithMode = action("lvtt_mask_changes_with_mode", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_lapic_set_reg(APIC_LVTT): the mask bit, in a write that changes the mode",
  source: "timer 1.2",
  atomic: "the same store",
  guard: (s, { v }) => threadAt(s.vcpu[v], "LVTT_SET_MODE"),
  effect: (d, { v }) => {
    d.timer[v].masked = !d.timer[v].masked;
  },
});

/** A write of TDCR that changes nothing. */
const keepsDivider = action("tdcr_keeps_divider", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_lapic_reg_write(APIC_TDCR): the divider is what it was",
  source: "timer 1.14",
  atomic: "a test of what only this thread writes",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TDCR_CANCEL"),
  effect: (d, { v }) => {
    d.vcpu[v].pc = "CLEAR_UNBLOCK";
  },
});

/** A write of IA32_TSC_DEADLINE in another mode, which does nothing. */
const writesDeadlineInVain = action("guest_writes_tsc_deadline_in_vain", {
  actor: cpu,
  args: { v: "vcpu", value: ["TSCD_N", "TSCD_0"] },
  kernel: "kvm_set_lapic_tscdeadline_msr(): apic_lvtt_tscdeadline() is false",
  source: "timer 1.3",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => inGuest(s, v) && !s.timer[v].tscMode,
  effect: (d, { v, value }) => leave(d, v, value),
});

/** The thread is scheduled on another pCPU while it is in the host. */
const loadedElsewhere = action("vcpu_loaded_elsewhere", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_arch_vcpu_load() on another pCPU: KVM_REQ_MIGRATE_TIMER",
  source: "timer 1.12",
  atomic: "with IRQs off; what it leaves is a request to its own thread",
  guard: (s, { v }) => threadAt(s.vcpu[v], "RUN_TOP") && !s.vcpu[v].req.MIGRATE_TIMER,
  effect: (d, { v }) => {
    d.vcpu[v].req.MIGRATE_TIMER = true;
  },
});

/** Something has come up while host IRQs were on: an interrupt of another vector, a signal, another task that is to run. */
const entryIsGivenUp = action("entry_is_given_up", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_vcpu_exit_request(): kvm_request_pending(), xfer_to_guest_mode_work_pending()",
  source: "timer 2.5 S9",
  atomic: "reads the request word and the thread's flags",
  guard: (s, { v }) => s.vcpu[v].pc === "EXIT_REQUEST",
  effect: (d, { v }) => giveUpEntry(d, v),
});

/** APICv is inhibited, or no longer: nothing is modelled of who does that. */
const apicvChanges = action("apicv_changes", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): KVM_REQ_APICV_UPDATE, kvm_vcpu_update_apicv()",
  source: "timer 2.5 S1",
  atomic: "under apicv_update_lock, by the thread itself",
  guard: (s, { v }) =>
    threadAt(s.vcpu[v], "RUN_TOP") && s.vm.type === "KVM_X86_DEFAULT_VM" && s.host.enableApicv,
  effect: (d, { v }) => {
    d.vcpu[v].apicvActive = !d.vcpu[v].apicvActive;
  },
});

/** What a guest may do with its LAPIC timer, and a host with the thread. */
export const anyTimerGuest: readonly Action<State>[] = [
  guestExits,
  guestHalts,
  writesMask,
  masksWithMode,
  keepsDivider,
  writesDeadlineInVain,
  loadedElsewhere,
  entryIsGivenUp,
  apicvChanges,
];
