import type { Draft } from "#check";
import { canPost, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import type { OfVcpu } from "../../citation.ts";
import { cancels, starts } from "../../prints/timers.ts";

/** kvm_arch_vcpu_load() on another pCPU: a timer that is enqueued stays behind, and its migration is requested. */
export const leaveTimerBehind = (d: Draft<State>, v: number): void => {
  const timer = d.timer[v];
  if (timer.hr === "ENQUEUED" && !d.host.nohzFull) timer.on = timer.on === "OWN" ? "HOUSEKEEPING" : "OWN";
  d.vcpu[v].req.MIGRATE_TIMER = true;
};

/**
 * kvm_arch_vcpu_load() on another pCPU: kvm_lapic_restart_hv_timer(), step by step, in the preempt notifier; then the thread
 * goes on where it was preempted.
 */
export const restartHvTimer = (d: Draft<State>, v: number): void => {
  const vcpu = d.vcpu[v];
  if (!d.timer[v].hv) return;
  vcpu.loadedAt = vcpu.pc;
  vcpu.pc = "RESTART";
};

/** The vCPU may be loaded on the other pCPU: a callback that runs there, as a hard IRQ, has ended. */
export const otherPcpuFree = (s: State, v: number): boolean => s.host.nohzFull || s.timer[v].pc === "NONE";

/** The hrtimer follows its vCPU, unless its interrupts may be posted from wherever it fires. */
const migrateTimer = action("req_migrate_timer", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): KVM_REQ_MIGRATE_TIMER, __kvm_migrate_apic_timer()",
  prints: (s, { v }: OfVcpu) =>
    !canPost(s, s.vcpu[v]) && s.timer[v].hr === "ENQUEUED" ? [...cancels(s, v), starts(v)] : [],
  source: "timer 1.12, 2.5 S1",
  atomic:
    "hrtimer_cancel() waits while the callback runs; between it and hrtimer_start_expires() nobody else can enqueue the timer",
  guard: (s, { v }) =>
    threadAt(s.vcpu[v], "REQUESTS") &&
    !s.vcpu[v].req.VM_DEAD &&
    s.vcpu[v].req.MIGRATE_TIMER &&
    (canPost(s, s.vcpu[v]) || s.timer[v].hr !== "CALLBACK"),
  effect: (d, { v }) => {
    d.vcpu[v].req.MIGRATE_TIMER = false;
    if (!canPost(d, d.vcpu[v]) && d.timer[v].hr === "ENQUEUED") d.timer[v].on = "OWN";
  },
});

export default migrateTimer;
