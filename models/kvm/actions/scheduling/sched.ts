import type { Action, Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { anyVector, irqPending, threadAt } from "../../predicates.ts";
import { preemptible } from "../../preemptible.ts";
import { action, cpu, type State } from "../../state.ts";
import { leaveTimerBehind, otherPcpuFree, restartHvTimer } from "../timer/migrate-timer.ts";
import type { OfVcpu } from "../../citation.ts";

type Open = Draft<State>;
type Vcpu = State["vcpu"][number];

/** vmx_vcpu_pi_put() of a vCPU that an assigned device may post to, by kernel version. */
export type PiPut = (ops: VendorOps, d: Open, v: number, preempted: boolean) => void;

/** pi_enable_wakeup_handler(): the wakeup list, the vector, and a self-IPI if a notification is outstanding. */
const enableWakeupHandler = (d: Open, v: number): void => {
  const vcpu = d.vcpu[v];
  vcpu.wakeupList = vcpu.cpu;
  vcpu.nv = "WAKEUP";
  if (vcpu.on) vcpu.irq.PI_WAKEUP = true;
};

/** A vCPU that waits and that an interrupt may wake. */
const wakeable = (ops: VendorOps, vcpu: Vcpu): boolean => vcpu.waiter && ops.interruptAllowed(vcpu);

/** As in 6.16: SN is set of a preempted vCPU only, whether it waits or not. */
export const piPut616: PiPut = (ops, d, v, preempted) => {
  if (wakeable(ops, d.vcpu[v])) enableWakeupHandler(d, v);
  if (preempted) d.vcpu[v].sn = true;
};

/** As in 6.19: SN is set of every vCPU whose wakeup handler is not enabled. */
export const piPut619: PiPut = (ops, d, v, preempted) => {
  if (!preempted && wakeable(ops, d.vcpu[v])) enableWakeupHandler(d, v);
  else d.vcpu[v].sn = true;
};

/**
 * What kvm_sched_out() takes for preempted: a task that can still run; or one that is on the run queue, where a task that
 * sleeps may stay with delayed dequeue.
 */
export type PreemptedFrom = "running" | "on_rq";

/** Scheduling out: schedule() of a blocked vCPU, and preemption. */
export const schedOut = (
  ops: VendorOps,
  put: PiPut,
  preemptedFrom: PreemptedFrom = "running",
): readonly Action<State>[] => [
  preemptedFrom === "running" ? schedule(ops, put) : scheduleOnRq(ops, put),
  preempt(ops, put),
];

/** Scheduling out and in, the latter in the three steps of vmx_vcpu_pi_load(). */
export const sched = (ops: VendorOps, put: PiPut): readonly Action<State>[] => [
  ...schedOut(ops, put),
  schedIn,
  schedInElsewhere,
  loadControl(() => "LOAD_PIR"),
  loadPir,
];

const putSource = "timer 2.11, 4.9";
const putAtomic =
  "the switch runs with host IRQs off, so the wakeup list, NV and the self-IPI change unseen on this pCPU; ON is read with " +
  "the cmpxchg of NV; a waker meanwhile waits for the switch to end";

const scheduleSource = `timer 2.10; ${putSource}`;

const atSchedule = (s: State, v: number): boolean => threadAt(s.vcpu[v], "BLOCK_SCHEDULE");

/** schedule() of a thread that nobody has woken since it set its state. */
const sleep = (d: Open, v: number, put: () => void): void => {
  d.vcpu[v].pc = "BLOCK_STATE";
  if (d.vcpu[v].task === "RUNNING") return;
  d.vcpu[v].sched = "BLOCKED";
  if (d.vm.bypassIrqs) put();
};

const schedule = (ops: VendorOps, put: PiPut): Action<State> =>
  action("schedule", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_vcpu_block(): schedule(); kvm_sched_out(), vmx_vcpu_pi_put()",
    branch: ({ vm, vcpu }, { v }: OfVcpu) => {
      if (vcpu[v].task === "RUNNING")
        return "kvm_vcpu_block(): schedule() of a thread that was woken goes on";
      return `kvm_vcpu_block(): schedule(); kvm_sched_out()${vm.bypassIrqs ? ", vmx_vcpu_pi_put()" : ""}`;
    },
    source: scheduleSource,
    atomic: putAtomic,
    guard: (s, { v }) => atSchedule(s, v),
    effect: (d, { v }) => sleep(d, v, () => put(ops, d, v, false)),
  });

/** The same where `preempted` is read from on_rq: it is set of a task whose dequeue the scheduler puts off. */
const scheduleOnRq = (ops: VendorOps, put: PiPut): Action<State> =>
  action("schedule", {
    actor: cpu,
    args: { v: "vcpu", dequeue: ["at-once", "delayed"] },
    kernel: "kvm_vcpu_block(): schedule(); kvm_sched_out(): preempted is on_rq; vmx_vcpu_pi_put()",
    branch: ({ vm, vcpu }, { v, dequeue }: OfVcpu & { readonly dequeue: string }) => {
      if (vcpu[v].task === "RUNNING")
        return "kvm_vcpu_block(): schedule() of a thread that was woken goes on";
      const left = dequeue === "delayed" ? ", which leaves on_rq set" : "";
      return `kvm_vcpu_block(): schedule()${left}; kvm_sched_out()${vm.bypassIrqs ? ", vmx_vcpu_pi_put()" : ""}`;
    },
    source: scheduleSource,
    atomic: putAtomic,
    guard: (s, { v, dequeue }) => atSchedule(s, v) && (dequeue === "at-once" || s.vcpu[v].task !== "RUNNING"),
    effect: (d, { v, dequeue }) => sleep(d, v, () => put(ops, d, v, dequeue === "delayed")),
  });

const preempt = (ops: VendorOps, put: PiPut): Action<State> =>
  action("preempt", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "__schedule(SM_PREEMPT): kvm_sched_out() with preempted set, vmx_vcpu_pi_put()",
    branch: ({ vm }) =>
      `__schedule(SM_PREEMPT): kvm_sched_out() with preempted set${vm.bypassIrqs ? ", vmx_vcpu_pi_put()" : ""}`,
    source: putSource,
    atomic: putAtomic,
    guard: (s, { v }) => preemptible(s.vcpu[v]) && threadAt(s.vcpu[v], s.vcpu[v].pc),
    effect: (d, { v }) => {
      d.vcpu[v].sched = "PREEMPTED";
      if (d.vm.bypassIrqs) put(ops, d, v, true);
    },
  });

/** The thread is scheduled out, and may be scheduled in again: it was preempted, or it was woken. */
export const mayLoad = ({ sched, task }: Vcpu): boolean =>
  sched === "PREEMPTED" || (sched === "BLOCKED" && task === "RUNNING");

/** kvm_sched_in() on another pCPU, or off a wakeup list: the control word has to be written. */
const fullLoad = (vcpu: Draft<Vcpu>): void => {
  vcpu.wakeupList = "NONE";
  vcpu.sched = "LOAD_CONTROL";
};

const schedIn = action("sched_in", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_sched_in(): vmx_vcpu_pi_load(): SN tested and cleared, or off the wakeup list",
  branch: ({ vcpu }, { v }: OfVcpu) => {
    if (vcpu[v].nv === "WAKEUP") return "kvm_sched_in(): vmx_vcpu_pi_load(): off the wakeup list";
    return `kvm_sched_in(): vmx_vcpu_pi_load(): SN is ${vcpu[v].sn ? "set, and cleared" : "clear"}`;
  },
  source: "timer 2.11",
  atomic: "one test-and-clear of SN; the list is changed under its lock with host IRQs off",
  guard: (s, { v }) => mayLoad(s.vcpu[v]) && !irqPending(s.vcpu[v]),
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    if (vcpu.nv === "WAKEUP") return fullLoad(vcpu);
    vcpu.sched = vcpu.sn ? "LOAD_PIR" : "ON_CPU";
    vcpu.sn = false;
  },
});

const schedInElsewhere = action("sched_in_elsewhere", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_sched_in() on another pCPU: vmx_vcpu_pi_load() up to the cmpxchg; KVM_REQ_MIGRATE_TIMER",
  branch: ({ timer }, { v }: OfVcpu) =>
    `kvm_sched_in() on another pCPU: vmx_vcpu_pi_load() up to the cmpxchg; ${timer[v].hv ? "kvm_lapic_restart_hv_timer() to come; " : ""}KVM_REQ_MIGRATE_TIMER`,
  source: "timer 2.11, 1.12, 1.10: the hv timer of a vCPU that has one in use is restarted last",
  atomic:
    "the list is changed under its lock with host IRQs off; interrupts of the pCPU that is left are handled before; only " +
    "this thread reads the request, and not before the load is over",
  guard: (s, { v }) => mayLoad(s.vcpu[v]) && !irqPending(s.vcpu[v]) && otherPcpuFree(s, v),
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    leaveTimerBehind(d, v);
    restartHvTimer(d, v);
    vcpu.cpu = vcpu.cpu === "P0" ? "P1" : "P0";
    fullLoad(vcpu);
  },
});

const loading = (sched: Vcpu["sched"]) => (s: State, v: number) =>
  s.vcpu[v].sched === sched && !irqPending(s.vcpu[v]);

/** The step after the control word is written, by what SN was: as the kernel is, PIR is tested whatever it was. */
export const loadControl = (next: (wasSuppressed: boolean) => Vcpu["sched"]): Action<State> =>
  action("pi_load_control", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "vmx_vcpu_pi_load(): pi_try_set_control(), NDST this pCPU, SN clear, NV POSTED_INTR_VECTOR",
    source: "timer 2.11",
    atomic: "one cmpxchg of the control word",
    guard: (s, { v }) => loading("LOAD_CONTROL")(s, v),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      vcpu.sched = next(vcpu.sn);
      vcpu.ndst = vcpu.cpu;
      vcpu.sn = false;
      vcpu.nv = "POSTED";
    },
  });

export const loadPir = action("pi_load_pir", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vmx_vcpu_pi_load(): pi_is_pir_empty(), pi_set_on()",
  branch: (s, { v }: OfVcpu) =>
    `vmx_vcpu_pi_load(): PIR is ${anyVector(s.vcpu[v].pir) ? "not empty, pi_set_on()" : "empty"}`,
  source: "timer 2.11: recovers what was posted while SN was set",
  atomic:
    "nobody takes bits out of PIR before the vCPU runs; a post after the test finds SN clear and sets ON",
  guard: (s, { v }) => loading("LOAD_PIR")(s, v),
  effect: (d, { v }) => {
    if (anyVector(d.vcpu[v].pir)) d.vcpu[v].on = true;
    d.vcpu[v].sched = "ON_CPU";
  },
});

export default (ops: VendorOps) => sched(ops, piPut619);
