import type { Action, Draft } from "#check";
import type { OfVcpu } from "../../citation.ts";
import { ioctl } from "../../ioctl.ts";
import type { VendorOps } from "../../ops.ts";
import { canUseHvTimer, vcpuIoctlAllowed } from "../../predicates.ts";
import { cancels, startsInIoctl } from "../../prints/timers.ts";
import type { State } from "../../state.ts";
import { inject } from "./inject.ts";
import { noteDeadline, noteExpiry } from "./timer-fn-local.ts";
import { forget } from "./tmict.ts";

/**
 * apic_timer_expired(apic, false): whether an expiry that an ioctl finds is counted, injected at once where APICv is active,
 * or delivered in any case, as m21 proposes it.
 */
export type InIoctl = "injected" | "counted" | "delivered";

/**
 * __start_apic_timer() in an ioctl of the vCPU: the preemption timer is set or the hrtimer enqueued, or the deadline found to
 * have passed.
 */
export const startInIoctl = (ops: VendorOps, d: Draft<State>, v: number, expiry: InIoctl): void => {
  const timer = d.timer[v];
  timer.pending = 0;
  if (!timer.due) {
    timer.hv = ops.hasHvTimer && timer.deadline && canUseHvTimer(d, d.vcpu[v]);
    if (!timer.hv) timer.hr = "ENQUEUED";
    return;
  }
  noteExpiry(d, v);
  noteDeadline(d, v);
  if (expiry === "delivered" || (expiry === "injected" && d.vcpu[v].apicvActive)) return inject(ops, d, v);
  timer.pending++;
  d.vcpu[v].req.UNBLOCK = true;
};

/** The timer is cancelled in an ioctl of the vCPU, whose callback has ended. */
export const cancelInIoctl = (d: Draft<State>, v: number): void => {
  d.timer[v].hr = "INACTIVE";
  d.timer[v].hv = false;
  d.timer[v].on = "OWN";
  d.vcpu[v].irq.HRTIMER = false;
};

/** KVM_SET_MSRS of IA32_TSC_DEADLINE with a deadline that is ahead, or has passed: how a timer is restored. */
export const setMsrsDeadline = (ops: VendorOps, expiry: InIoctl): Action<State> =>
  ioctl("KVM_SET_MSRS_TSCD", {
    actor: "userspace",
    args: { v: "vcpu", deadline: ["ahead", "passed"] },
    kernel: "kvm_set_lapic_tscdeadline_msr(): hrtimer_cancel(), tscdeadline, start_apic_timer()",
    prints: (s, { v }: OfVcpu, after, kind) =>
      s.vm.dead ? [] : [...cancels(s, v), ...startsInIoctl(s, v, after, kind)],
    source: "timer 1.3, 1.5 step 3",
    atomic:
      "vcpu->mutex; hrtimer_cancel() waits while the callback runs, and nobody else starts the timer or reads its deadline",
    guard: (s, { v }) => vcpuIoctlAllowed(s, v) && s.timer[v].tscMode && s.timer[v].hr !== "CALLBACK",
    refuses: () => undefined,
    accepted: "1",
    effect: (d, { v, deadline }) => {
      cancelInIoctl(d, v);
      forget(d, v);
      d.timer[v].deadline = true;
      d.timer[v].due = deadline === "passed";
      startInIoctl(ops, d, v, expiry);
    },
  });

export default (ops: VendorOps) => setMsrsDeadline(ops, "counted");
