import { interruptible } from "../../models/kvm/blocking.ts";
import { irqsOn } from "../../models/kvm/predicates.ts";
import { invariant, step } from "../../models/kvm/state.ts";

export const wakeupHandlerIsForAWaiter = invariant({
  id: "wakeup-handler-is-for-a-waiter",
  statement:
    "NV is POSTED_INTR_WAKEUP_VECTOR only of a vCPU that is scheduled out while it blocks, and until it is loaded it is on " +
    "the wakeup list of the pCPU that it ran on: elsewhere the vector would wake nobody",
  source: "timer 2.11",
  kernel: "pi_enable_wakeup_handler(), vmx_vcpu_pi_load()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu }, { v }) => vcpu[v].nv === "WAKEUP" || vcpu[v].wakeupList !== "NONE",
  holds: ({ vcpu }, { v }) => {
    const { nv, sched, waiter, wakeupList, cpu } = vcpu[v];
    if (nv !== "WAKEUP" || !waiter || sched === "ON_CPU") return false;
    return wakeupList === (sched === "LOAD_CONTROL" ? "NONE" : cpu);
  },
});

export const sleeperCanBeWokenByADevice = step({
  id: "sleeper-can-be-woken-by-a-device",
  statement:
    "A thread is scheduled out to sleep only in schedule(), published as a waiter and in TASK_INTERRUPTIBLE; if a device may " +
    "post to it and interrupts end its halt, the wakeup handler is enabled then, unless SN is set",
  source: "timer 2.10, 2.11",
  kernel: "kvm_vcpu_block(): schedule(); vmx_vcpu_pi_put(): pi_enable_wakeup_handler()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].sched !== "BLOCKED" && after[v].sched === "BLOCKED",
  holds: ({ vm, vcpu: before }, { vcpu: after }, _, { v }) => {
    const { pc, task, waiter, sched } = before[v];
    if (pc !== "BLOCK_SCHEDULE" || task !== "INTERRUPTIBLE" || !waiter || sched !== "ON_CPU") return false;
    if (!vm.bypassIrqs || !interruptible(before[v]) || after[v].sn) return true;
    return after[v].nv === "WAKEUP" && (!after[v].on || after[v].irq.PI_WAKEUP);
  },
});

export const preemptedVcpuIsNotNotified = step({
  id: "preempted-vcpu-is-not-notified",
  statement:
    "A vCPU thread is preempted only where host IRQs are on, and takes no step by that; if a device may post to it, SN is set " +
    "then: no notification interrupts who runs there next",
  source: "timer 2.11",
  kernel: "kvm_sched_out(): vcpu->preempted; vmx_vcpu_pi_put(): pi_set_sn()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].sched !== "PREEMPTED" && after[v].sched === "PREEMPTED",
  holds: ({ vm, vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].sched === "ON_CPU" && irqsOn(before[v]) && (!vm.bypassIrqs || after[v].sn),
});

export const loadElsewhereMovesTheTimer = step({
  id: "load-elsewhere-moves-the-timer",
  statement:
    "A vCPU gets to another pCPU only while it is scheduled out, and KVM_REQ_MIGRATE_TIMER is requested as it is loaded there; " +
    "its descriptor is written next",
  source: "timer 1.12, 2.11",
  kernel: "kvm_arch_vcpu_load(): KVM_REQ_MIGRATE_TIMER; vmx_vcpu_pi_load()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) => before[v].cpu !== after[v].cpu,
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    (before[v].sched === "PREEMPTED" || before[v].sched === "BLOCKED") &&
    after[v].sched === "LOAD_CONTROL" &&
    after[v].req.MIGRATE_TIMER,
});

export const loadWritesTheControlWordAtOnce = step({
  id: "load-writes-the-control-word-at-once",
  statement:
    "NDST changes only as a vCPU is loaded on another pCPU or off a wakeup list: one cmpxchg makes it name this pCPU, clears SN and " +
    "makes NV POSTED_INTR_VECTOR, and leaves ON as it was",
  source: "timer 2.11",
  kernel: "vmx_vcpu_pi_load(): pi_try_set_control()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].ndst !== after[v].ndst ||
    (before[v].sched === "LOAD_CONTROL" && after[v].sched !== "LOAD_CONTROL"),
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) => {
    const { sched, cpu, ndst, nv, sn, on } = after[v];
    if (before[v].sched !== "LOAD_CONTROL" || sched === "LOAD_CONTROL") return false;
    return ndst === cpu && nv === "POSTED" && !sn && on === before[v].on;
  },
});
