import { hasEventBesideInterrupts, initOrSipiPending } from "../../models/kvm/accept-events.ts";
import { hasVector } from "../../models/kvm/blocking.ts";
import { anyVector, pendingDeliverable } from "../../models/kvm/predicates.ts";
import { step, type State } from "../../models/kvm/state.ts";

type Vcpu = State["vcpu"][number];

/** vmx_interrupt_allowed(), tdx_interrupt_allowed(). */
const allowed = ({ vm }: State, { exit, interruptFlag }: Vcpu): boolean =>
  vm.type === "KVM_X86_TDX_VM" ? exit !== "HLT1" : interruptFlag;

/** An interrupt that each kernel and each guest finds: posted with ON set, while none is in service. */
const found = ({ on, pir, isr }: Vcpu): boolean => on && anyVector(pir) && !anyVector(isr);

/**
 * Whether a test of kvm_arch_vcpu_runnable() may have said so. It may find ON set of what the guest has taken already: the
 * notification of an earlier post takes the vector out of PIR before ON is set.
 */
const runnableRightly = (s: State, vcpu: Vcpu, runnable: boolean, v: number): boolean => {
  if (vcpu.events.pvUnhalted || hasEventBesideInterrupts(s, v)) return runnable;
  // An INIT that is blocked made a vCPU runnable up to 6.0.
  if (initOrSipiPending(vcpu)) return true;
  return runnable ? allowed(s, vcpu) && (vcpu.on || hasVector(vcpu)) : !(allowed(s, vcpu) && found(vcpu));
};

/** A vCPU that vcpu_block() finds runnable accepts INIT and SIPI first; else HALTED becomes RUNNABLE. */
const endedRightly = (was: Vcpu, is: Vcpu): boolean => {
  if (is.pc === "ACCEPT_INIT") return initOrSipiPending(was) && is.mp === was.mp;
  const halted = was.mp === "HALTED" && is.pc === "CLEAR_UNBLOCK";
  return is.mp === (halted ? "RUNNABLE" : was.mp) && (is.pc === "BLOCK_PUBLISH" || !initOrSipiPending(was));
};

/** What each test of a halt leaves, by what the vCPU was. */
const tests: Partial<Readonly<Record<Vcpu["pc"], (s: State, was: Vcpu, is: Vcpu, v: number) => boolean>>> = {
  HALT: (s, was, is, v) => runnableRightly(s, was, is.mp === "RUNNABLE", v),
  BLOCK_RUNNABLE: (s, was, is, v) =>
    runnableRightly(s, was, is.pc !== "BLOCK_PUBLISH", v) && endedRightly(was, is),
  BLOCK_CHECK_RUNNABLE: (s, was, is, v) => runnableRightly(s, was, is.pc === "BLOCK_FINISH", v),
  BLOCK_CHECK_TIMER: ({ timer }, was, is, v) =>
    pendingDeliverable(was, timer[v]) === (is.pc === "BLOCK_FINISH"),
  BLOCK_CHECK_UNBLOCK: (_, was, is) =>
    (was.signal || was.req.UNBLOCK) === (is.pc === "BLOCK_FINISH") && (was.signal || !is.req.UNBLOCK),
  BLOCK_AGAIN: (s, was, is, v) =>
    was.mp === "HALTED"
      ? runnableRightly(s, was, is.mp === "RUNNABLE" || is.pc === "ACCEPT_INIT", v)
      : is.pc === "ACCEPT_INIT" || !initOrSipiPending(was),
};

export const haltEndsByItsTests = step({
  id: "halt-ends-by-its-tests",
  statement:
    "Each test of a halt ends it, or its sleep, by what it tests and in the order of the source: an interrupt that is posted and not " +
    "blocked makes mp_state RUNNABLE, then a pending timer, a signal and KVM_REQ_UNBLOCK, which is consumed, end the sleep",
  source: "timer 2.10, 4.5",
  kernel: "kvm_emulate_halt_noskip(), vcpu_block(), kvm_vcpu_check_block()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc !== after[v].pc && tests[before[v].pc] !== undefined,
  holds: (before, { vcpu }, _, { v }) =>
    tests[before.vcpu[v].pc]?.(before, before.vcpu[v], vcpu[v], v) ?? true,
});

/** Where a vCPU thread changes mp_state by itself. */
const changesMpState: readonly Vcpu["pc"][] = [
  "HALT",
  "BLOCK_RUNNABLE",
  "BLOCK_AGAIN",
  "ACCEPT_INIT",
  "RESET_REGISTERS",
  "ACCEPT_SIPI",
];

export const mpStateChangesInAHalt = step({
  id: "mp-state-changes-in-a-halt",
  statement:
    "A vCPU thread changes mp_state only as it emulates HLT, in vcpu_block(), and as it accepts an INIT or a SIPI",
  source: "timer 2.10, 4.5",
  kernel: "kvm_emulate_halt_noskip(), vcpu_block(), kvm_apic_accept_events(): kvm_set_mp_state()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc !== after[v].pc && before[v].mp !== after[v].mp,
  holds: ({ vcpu }, _, __, { v }) => changesMpState.includes(vcpu[v].pc),
});

export const taskStateIsSetToSleep = step({
  id: "task-state-is-set-to-sleep",
  statement:
    "A vCPU thread is TASK_INTERRUPTIBLE from set_current_state() on and TASK_RUNNING from finish_rcuwait() on; in between " +
    "only who wakes it changes that",
  source: "timer 2.10, 2.1",
  kernel: "kvm_vcpu_block(): set_current_state(TASK_INTERRUPTIBLE), finish_rcuwait()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc !== after[v].pc &&
    (before[v].task !== after[v].task || ["BLOCK_STATE", "BLOCK_FINISH"].includes(before[v].pc)),
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    after[v].task === (before[v].pc === "BLOCK_STATE" ? "INTERRUPTIBLE" : "RUNNING") &&
    ["BLOCK_STATE", "BLOCK_FINISH"].includes(before[v].pc),
});
