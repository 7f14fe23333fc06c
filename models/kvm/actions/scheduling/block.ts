import type { Action } from "#check";
import { acceptEvents, endBlock, hasEventBesideInterrupts, initOrSipiPending } from "../../accept-events.ts";
import type { VendorOps } from "../../ops.ts";
import { pendingDeliverable, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { isRunnable } from "./halt.ts";
import { byGuest } from "../../text.ts";
import type { OfVcpu } from "../../citation.ts";
import { kvmVcpuWakeup } from "../../tracepoints/run-loop.ts";

type Pc = State["vcpu"][number]["pc"];

const at = (pc: Pc) => ({
  actor: cpu,
  args: { v: "vcpu" } as const,
  guard: (s: State, { v }: { readonly v: number }) => threadAt(s.vcpu[v], pc),
});

const monotone =
  "this thread alone takes bits out of PIR, ON and the virtual IRR while it is outside the guest: what is set during the " +
  "test is as set after it, and a preemption in it is as one after it";

/** vcpu_block() and kvm_vcpu_block(): publish, set the task state, three checks in their order, schedule(), unpublish. */
export const block = (ops: VendorOps): readonly Action<State>[] => [
  runnableFirst(ops),
  publish,
  setState,
  checkRunnable(ops),
  checkTimer,
  checkUnblock,
  finish,
  runnableAgain(ops),
];

/**
 * vcpu_block() of a vCPU that is runnable. INIT and SIPI are accepted first; one that comes after the test is as one after the
 * return.
 */
const wake = (d: Parameters<Action<State>["effect"]>[0], v: number): void =>
  initOrSipiPending(d.vcpu[v]) ? acceptEvents(d, v, "BLOCK") : endBlock(d, v);

/** What vcpu_block() does of a vCPU that is runnable. */
const woken = ({ vcpu }: State, v: number): string => {
  if (initOrSipiPending(vcpu[v])) return "kvm_apic_accept_events()";
  return vcpu[v].mp === "HALTED" ? "HALTED becomes RUNNABLE" : `mp_state stays ${vcpu[v].mp}`;
};

const runnableFirst = (ops: VendorOps): Action<State> =>
  action("block_test_runnable", {
    ...at("BLOCK_RUNNABLE"),
    kernel: "vcpu_block(): kvm_arch_vcpu_runnable(); HALTED becomes RUNNABLE",
    branch: (s, { v }: OfVcpu, { vcpu }) =>
      vcpu[v].pc !== "BLOCK_PUBLISH"
        ? `vcpu_block(): kvm_arch_vcpu_runnable() is true; ${woken(s, v)}`
        : "vcpu_block(): kvm_arch_vcpu_runnable() is false",
    source: "timer 2.10",
    atomic: monotone,
    effect: (d, { v }) => {
      if (isRunnable(ops, d, v)) wake(d, v);
      else d.vcpu[v].pc = "BLOCK_PUBLISH";
    },
  });

export const publish = action("block_publish", {
  ...at("BLOCK_PUBLISH"),
  kernel: "kvm_vcpu_block(): prepare_to_rcuwait()",
  source: "timer 2.10",
  atomic: "one store; the barrier comes with the task state",
  effect: (d, { v }) => {
    d.vcpu[v].waiter = true;
    d.vcpu[v].pc = "BLOCK_STATE";
  },
});

export const setState = action("block_set_state", {
  ...at("BLOCK_STATE"),
  kernel: "kvm_vcpu_block(): set_current_state(TASK_INTERRUPTIBLE)",
  source: "timer 2.10, 2.1",
  atomic: "one store with a full barrier",
  effect: (d, { v }) => {
    d.vcpu[v].task = "INTERRUPTIBLE";
    d.vcpu[v].pc = "BLOCK_CHECK_RUNNABLE";
  },
});

const checkRunnable = (ops: VendorOps): Action<State> =>
  action("block_check_runnable", {
    ...at("BLOCK_CHECK_RUNNABLE"),
    kernel: "kvm_vcpu_check_block(): kvm_arch_vcpu_runnable()",
    branch: (_, { v }: OfVcpu, { vcpu }) =>
      `kvm_vcpu_check_block(): kvm_arch_vcpu_runnable() is ${vcpu[v].pc === "BLOCK_FINISH"}`,
    source: byGuest("timer 2.10, 4.4: tdx_interrupt_allowed(), tdx_protected_apic_has_interrupt()", {
      ordinary: "timer 2.10",
    }),
    atomic: monotone,
    effect: (d, { v }) => {
      d.vcpu[v].pc = isRunnable(ops, d, v) ? "BLOCK_FINISH" : "BLOCK_CHECK_TIMER";
    },
  });

const checkTimer = action("block_check_timer", {
  ...at("BLOCK_CHECK_TIMER"),
  kernel: "kvm_vcpu_check_block(): kvm_cpu_has_pending_timer()",
  branch: (_, { v }: OfVcpu, { vcpu }) =>
    `kvm_vcpu_check_block(): kvm_cpu_has_pending_timer() is ${vcpu[v].pc === "BLOCK_FINISH"}`,
  source: "timer 2.10, 1.8",
  atomic: "one read of pending; the APIC's registers are written by this thread only",
  effect: (d, { v }) => {
    d.vcpu[v].pc = pendingDeliverable(d.vcpu[v], d.timer[v]) ? "BLOCK_FINISH" : "BLOCK_CHECK_UNBLOCK";
  },
});

const checkUnblock = action("block_check_unblock", {
  ...at("BLOCK_CHECK_UNBLOCK"),
  kernel: "kvm_vcpu_check_block(): signal_pending(); kvm_check_request(KVM_REQ_UNBLOCK), which consumes it",
  branch: (s, { v }: OfVcpu) => {
    if (s.vcpu[v].signal) return "kvm_vcpu_check_block(): signal_pending()";
    return s.vcpu[v].req.UNBLOCK
      ? "kvm_vcpu_check_block(): kvm_check_request(KVM_REQ_UNBLOCK), which consumes it"
      : "kvm_vcpu_check_block(): kvm_check_request(KVM_REQ_UNBLOCK) is false";
  },
  source: "timer 2.10, 2.2",
  atomic: "test and clear of one request bit; only this thread clears it",
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    vcpu.pc = vcpu.signal || vcpu.req.UNBLOCK ? "BLOCK_FINISH" : "BLOCK_SCHEDULE";
    if (!vcpu.signal) vcpu.req.UNBLOCK = false;
  },
});

const finish = action("block_finish", {
  ...at("BLOCK_FINISH"),
  kernel: "kvm_vcpu_block(): finish_rcuwait()",
  prints: () => [kvmVcpuWakeup.event({})],
  source: "timer 2.10",
  atomic: "two stores of what only this thread sets; a waker in between finds a thread that runs",
  effect: (d, { v }) => {
    d.vcpu[v].waiter = false;
    d.vcpu[v].task = "RUNNING";
    if (d.vcpu[v].mp === "UNINITIALIZED") acceptEvents(d, v, "RUN");
    else d.vcpu[v].pc = "BLOCK_AGAIN";
  },
});

export const runnableAgain = (ops: VendorOps): Action<State> =>
  action("block_test_runnable_again", {
    ...at("BLOCK_AGAIN"),
    kernel: "vcpu_block(): kvm_arch_vcpu_runnable() again; still not runnable: return 1",
    branch: (s, { v }: OfVcpu, { vcpu }) =>
      vcpu[v].mp !== s.vcpu[v].mp || vcpu[v].pc !== "CLEAR_UNBLOCK" || hasEventBesideInterrupts(s, v)
        ? `vcpu_block(): kvm_arch_vcpu_runnable() again, ${woken(s, v)}`
        : "vcpu_block(): kvm_arch_vcpu_runnable() again; still not runnable: return 1",
    source: "timer 2.10",
    atomic: monotone,
    effect: (d, { v }) => {
      if (isRunnable(ops, d, v)) wake(d, v);
      else d.vcpu[v].pc = "CLEAR_UNBLOCK";
    },
  });

export default block;
