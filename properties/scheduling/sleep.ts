import { invariant, step, type State } from "../../models/kvm/state.ts";

type Pc = State["vcpu"][number]["pc"];

/** Between prepare_to_rcuwait() and finish_rcuwait(). */
const published: readonly Pc[] = [
  "BLOCK_STATE",
  "BLOCK_CHECK_RUNNABLE",
  "BLOCK_CHECK_TIMER",
  "BLOCK_CHECK_UNBLOCK",
  "BLOCK_SCHEDULE",
  "BLOCK_FINISH",
];

export const waiterIsPublishedWhileBlocking = invariant({
  id: "waiter-is-published-while-blocking",
  statement:
    "vcpu->wait has the thread from prepare_to_rcuwait() to finish_rcuwait(), and its state is TASK_INTERRUPTIBLE only in " +
    "between: who wakes finds whom there is to wake, and nobody else",
  source: "timer 2.10, 2.1",
  kernel: "kvm_vcpu_block(): prepare_to_rcuwait(), set_current_state(), finish_rcuwait()",
  args: { v: "vcpu" },
  holds: ({ vcpu }, { v }) => {
    const { pc, waiter, task } = vcpu[v];
    return waiter === published.includes(pc) && (task === "RUNNING" || waiter);
  },
});

/** From kvm_vcpu_running() on until the exit. */
const running: readonly Pc[] = [
  "REQUESTS",
  "REQUEST_APICV",
  "REQUESTS_DONE",
  "EVENTS",
  "IRQS_OFF",
  "MODE_IN",
  "SYNC_PIR",
  "EXIT_REQUEST",
  "VENDOR_RUN",
  "ENTER",
  "NONROOT",
  "EXITED",
];

export const haltedVcpuIsNotEntered = invariant({
  id: "halted-vcpu-is-not-entered",
  statement:
    "A vCPU whose mp_state is not RUNNABLE is not entered: vcpu_block() makes one that was HALTED RUNNABLE first, and a SIPI one that waits for it",
  source: "timer 2.4 step 1, 2.10",
  kernel: "vcpu_run(): kvm_vcpu_running(), vcpu_block()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) => running.includes(vcpu[v].pc),
  holds: ({ vcpu }, { v }) => vcpu[v].mp === "RUNNABLE",
});

export const runnableVcpuDoesNotBlock = invariant({
  id: "runnable-vcpu-does-not-block",
  statement: "A vCPU whose mp_state is RUNNABLE does not block, and it sleeps nowhere but in schedule()",
  source: "timer 2.4 step 1, 2.10, 4.5",
  kernel: "kvm_emulate_halt_noskip(), vcpu_run(): kvm_vcpu_running()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) =>
    published.includes(vcpu[v].pc) ||
    ["BLOCK_RUNNABLE", "BLOCK_PUBLISH", "BLOCK_AGAIN"].includes(vcpu[v].pc) ||
    vcpu[v].sched === "BLOCKED",
  holds: ({ vcpu }, { v }) =>
    vcpu[v].mp !== "RUNNABLE" && (vcpu[v].sched !== "BLOCKED" || vcpu[v].pc === "BLOCK_STATE"),
});

export const threadOffItsCpuStandsStill = step({
  id: "thread-off-its-cpu-stands-still",
  statement:
    "A vCPU thread that is scheduled out, or not yet loaded again, takes no step; one that sleeps is loaded when it was woken",
  source: "timer 2.10, 2.11",
  kernel: "kvm_sched_out(), kvm_sched_in()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, _, __, { v }) => vcpu[v].sched !== "ON_CPU",
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc === after[v].pc &&
    before[v].mp === after[v].mp &&
    (before[v].sched !== "BLOCKED" || after[v].sched === "BLOCKED" || before[v].task === "RUNNING") &&
    (!before[v].req.UNBLOCK || after[v].req.UNBLOCK),
});

export const loadedVcpuIsNamedByItsDescriptor = invariant({
  id: "loaded-vcpu-is-named-by-its-descriptor",
  statement:
    "Once a vCPU is loaded, NDST of its descriptor names the pCPU that it runs on, NV is POSTED_INTR_VECTOR, SN is clear, and " +
    "it is on no wakeup list",
  source: "timer 2.11",
  kernel: "vmx_vcpu_pi_load(): pi_try_set_control()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) => vcpu[v].sched === "ON_CPU" && vcpu[v].pc !== "ABSENT",
  holds: ({ vcpu }, { v }) => {
    const { cpu, ndst, nv, sn, wakeupList } = vcpu[v];
    return ndst === cpu && nv === "POSTED" && !sn && wakeupList === "NONE";
  },
});
