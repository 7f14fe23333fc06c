import type { Action } from "#check";
import type { OfVcpu } from "../../citation.ts";
import type { VendorOps } from "../../ops.ts";
import { irqPending, threadAt } from "../../predicates.ts";
import {
  avicVcpuLoad as load,
  avicVcpuPut as put,
  irListLock as lock,
  type GaLogged,
} from "../../physical-id.ts";
import { preemptible } from "../../preemptible.ts";
import { action, cpu, type State } from "../../state.ts";
import { leaveTimerBehind, otherPcpuFree } from "../timer/migrate-timer.ts";
import { publish, runnableAgain } from "./block.ts";
import { mayLoad } from "./sched.ts";

type Vcpu = State["vcpu"][number];

/**
 * Of which vCPU IsRunning is clear: of one that blocks, from before it is published as a waiter, and of one that is scheduled
 * out, as in the kernel; of the latter only; or of both, but for one that is loaded while it blocks.
 */
export type NotRunning = "blocking-or-out" | "out" | "blocking-until-loaded";

/** IsRunning is as the thread's next step wants it. */
const isMarked = ({ apicvActive, physicalId }: Vcpu, running: boolean): boolean =>
  !apicvActive || physicalId.isRunning === running;

/** Between kvm_arch_vcpu_blocking() and prepare_to_rcuwait(), or between finish_rcuwait() and kvm_arch_vcpu_unblocking(). */
const preemptionDisabled = (vcpu: Vcpu): boolean =>
  (vcpu.pc === "BLOCK_PUBLISH" && isMarked(vcpu, false)) ||
  (vcpu.pc === "BLOCK_AGAIN" && !isMarked(vcpu, true));

const blocking = (logged: GaLogged): Action<State> =>
  action("avic_vcpu_blocking", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_vcpu_block(): avic_vcpu_blocking(): __avic_vcpu_put(), IsRunning is clear",
    source: "irqchip 7.7",
    atomic: `${lock}. Preemption is disabled from here until prepare_to_rcuwait()`,
    guard: (s, { v }) => threadAt(s.vcpu[v], "BLOCK_PUBLISH") && !isMarked(s.vcpu[v], false),
    effect: (d, { v }) => put(d, v, true, logged),
  });

const unblocking = (logged: GaLogged): Action<State> =>
  action("avic_vcpu_unblocking", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_vcpu_block(): avic_vcpu_unblocking(): __avic_vcpu_load(), IsRunning is set",
    source: "irqchip 7.7",
    atomic: `${lock}. Preemption is disabled since before finish_rcuwait()`,
    guard: (s, { v }) => threadAt(s.vcpu[v], "BLOCK_AGAIN") && !isMarked(s.vcpu[v], true),
    effect: (d, { v }) => load(d, v, logged),
  });

/** The steps that an AVIC guest has of its own; without them kvm_vcpu_block() leaves IsRunning as it is. */
export const avicBlocking = (logged: GaLogged): readonly Action<State>[] => [
  blocking(logged),
  unblocking(logged),
];

const publishOnceNotRunning: Action<State> = {
  ...publish,
  guard: (s, args) => publish.guard(s, args) && isMarked(s.vcpu[Number(args["v"])], false),
};

const againOnceRunning = (ops: VendorOps): Action<State> => {
  const base = runnableAgain(ops);
  return { ...base, guard: (s, args) => base.guard(s, args) && isMarked(s.vcpu[Number(args["v"])], true) };
};

const scheduleSource = "timer 2.10; irqchip 7.7";
const putAtomic =
  "the switch runs with host IRQs off, and takes svm->ir_list_lock for the one word of the entry";

const schedule = (logged: GaLogged): Action<State> =>
  action("schedule", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_vcpu_block(): schedule(); kvm_sched_out(), avic_vcpu_put()",
    branch: ({ vcpu }, { v }: OfVcpu) => {
      if (vcpu[v].task === "RUNNING")
        return "kvm_vcpu_block(): schedule() of a thread that was woken goes on";
      const { isRunning } = vcpu[v].physicalId;
      return `kvm_vcpu_block(): schedule(); kvm_sched_out(), avic_vcpu_put(): IsRunning is ${isRunning ? "set, and cleared" : "clear"}`;
    },
    source: scheduleSource,
    atomic: putAtomic,
    guard: (s, { v }) => threadAt(s.vcpu[v], "BLOCK_SCHEDULE"),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      vcpu.pc = "BLOCK_STATE";
      if (vcpu.task === "RUNNING") return;
      vcpu.sched = "BLOCKED";
      if (vcpu.physicalId.isRunning) put(d, v, vcpu.waiter, logged);
    },
  });

const preempt = (logged: GaLogged): Action<State> =>
  action("preempt", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "__schedule(SM_PREEMPT): kvm_sched_out(), avic_vcpu_put()",
    branch: ({ vcpu }, { v }: OfVcpu) =>
      `__schedule(SM_PREEMPT): kvm_sched_out(), avic_vcpu_put(): IsRunning is ${vcpu[v].physicalId.isRunning ? "set, and cleared" : "clear"}`,
    source: scheduleSource,
    atomic: putAtomic,
    guard: (s, { v }) => {
      const vcpu = s.vcpu[v];
      return preemptible(vcpu) && threadAt(vcpu, vcpu.pc) && !preemptionDisabled(vcpu);
    },
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      vcpu.sched = "PREEMPTED";
      if (vcpu.physicalId.isRunning) put(d, v, vcpu.waiter, logged);
    },
  });

const schedIn = (notRunning: NotRunning, logged: GaLogged, elsewhere: boolean): Action<State> =>
  action(elsewhere ? "sched_in_elsewhere" : "sched_in", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: `kvm_sched_in()${elsewhere ? " on another pCPU" : ""}: avic_vcpu_load()${elsewhere ? "; KVM_REQ_MIGRATE_TIMER" : ""}`,
    branch: (_, { v }: OfVcpu, { vcpu }) =>
      `kvm_sched_in()${elsewhere ? " on another pCPU" : ""}: avic_vcpu_load()${vcpu[v].physicalId.isRunning ? ": IsRunning is set" : " does nothing for a vCPU that blocks"}${elsewhere ? "; KVM_REQ_MIGRATE_TIMER" : ""}`,
    source: elsewhere ? `${scheduleSource}; timer 1.12` : scheduleSource,
    atomic:
      `${lock}. vcpu->cpu is written after it, with preemption still disabled: a doorbell that finds the one and not the other ` +
      "goes to a pCPU that is not in this guest, and the vCPU looks at IRR as it enters",
    guard: (s, { v }) => mayLoad(s.vcpu[v]) && !irqPending(s.vcpu[v]) && (!elsewhere || otherPcpuFree(s, v)),
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      if (elsewhere) {
        leaveTimerBehind(d, v);
        vcpu.cpu = vcpu.cpu === "P0" ? "P1" : "P0";
      }
      vcpu.sched = "ON_CPU";
      if (!vcpu.waiter || notRunning !== "blocking-or-out") load(d, v, logged);
    },
  });

/** Blocking and scheduling, each step with what it does to IsRunning. */
export const withIsRunning = (
  ops: VendorOps,
  notRunning: NotRunning,
  logged: GaLogged,
): readonly Action<State>[] => [
  ...(notRunning === "out" ? [] : [publishOnceNotRunning, againOnceRunning(ops), ...avicBlocking(logged)]),
  schedule(logged),
  preempt(logged),
  schedIn(notRunning, logged, false),
  schedIn(notRunning, logged, true),
];
