import type { Action, Draft } from "#check";
import { canUseHvTimer, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { inGuest, leave } from "../../leave.ts";
import { forget } from "./tmict.ts";
import { msrWriteExit } from "../../vm-exits.ts";
import type { OfVcpu } from "../../citation.ts";
import { exitPrinted } from "../../prints/exits.ts";
import { cancels } from "../../prints/timers.ts";

/** A write of IA32_TSC_DEADLINE: kvm_set_lapic_tscdeadline_msr(), from the exit handler or an exit fastpath. */

/** Whether the exit fastpath takes the write; a TD has none. */
export type Fastpath = (s: Pick<State, "host" | "vm">, vcpu: { readonly apicvActive: boolean }) => boolean;

/** Of a TD, and since 7.0 while the mediated PMU counts instructions: kvm_pmu_is_fastpath_emulation_allowed(). */
export const noFastpath: Fastpath = () => false;

/** The write exits, and is handled with host IRQs off and mode IN_GUEST_MODE if there is a fastpath for it. */
export const guestWritesDeadline = (fastpath: Fastpath): Action<State> =>
  action("guest_write_tsc_deadline", {
    actor: cpu,
    args: { v: "vcpu", value: ["TSCD_N", "TSCD_0"] },
    kernel: msrWriteExit(" of IA32_TSC_DEADLINE; vmx_exit_handlers_fastpath()"),
    prints: (_, { v }: OfVcpu, after, kind) =>
      after.vcpu[v].pc === "TSCD_CANCEL" ? [exitPrinted(after, v, kind)] : [],
    source: "timer 1.3, 2.6, 8 G_WRITE_TSCD",
    atomic: "the exit is one event of the CPU; whether there is a fastpath is constant while vCPUs exist",
    guard: (s, { v }) => inGuest(s, v) && s.timer[v].tscMode,
    effect: (d, { v, value }) => {
      leave(d, v, value);
      if (fastpath(d, d.vcpu[v])) d.vcpu[v].pc = "TSCD_CANCEL";
    },
  });

/** As in 6.16: the write has a fastpath only if the hv timer can be used. */
export const fastpathIfHvTimer: Fastpath = (s, vcpu) => canUseHvTimer(s, vcpu);
/** As in 6.19: the write always has a fastpath. */
export const fastpathAlways: Fastpath = () => true;

const cancel = action("tscd_hrtimer_cancel", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_set_lapic_tscdeadline_msr(): hrtimer_cancel()",
  prints: (s, { v }: OfVcpu) => cancels(s, v),
  source: "timer 1.3, 6.1: with IRQs off a remote callback still ends by itself",
  atomic: "waits while the callback runs, then dequeues under the hrtimer base lock",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TSCD_CANCEL") && s.timer[v].hr !== "CALLBACK",
  effect: (d, { v }) => {
    d.timer[v].hr = "INACTIVE";
    d.timer[v].on = "OWN";
    d.vcpu[v].irq.HRTIMER = false;
    d.vcpu[v].pc = "TSCD_STORE";
  },
});

const store = action("store_tscdeadline", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_set_lapic_tscdeadline_msr(): tscdeadline = data",
  source: "timer 1.3: the hv timer is not cancelled here",
  atomic:
    "one store that no callback can read any more; an expiry that is pending is still of the old arming",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TSCD_STORE"),
  effect: (d, { v }) => {
    d.timer[v].deadline = d.vcpu[v].exit === "TSCD_N";
    d.timer[v].due = false;
    d.vcpu[v].pc = "TSCD_CLEAR";
  },
});

const clear = action("tscd_clear_pending", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "__start_apic_timer(): atomic_set(&pending, 0)",
  source: "m3, m21; timer 1.3",
  atomic: "one store; the new arming of the timer begins here",
  guard: (s, { v }) => threadAt(s.vcpu[v], "TSCD_CLEAR"),
  effect: (d: Draft<State>, { v }) => {
    d.timer[v].pending = 0;
    forget(d, v);
    d.vcpu[v].pc = "RESTART";
  },
});

/** TSC-deadline writes as far as they are common to both guests. */
const tscDeadline: readonly Action<State>[] = [guestWritesDeadline(noFastpath), cancel, store, clear];

export default tscDeadline;
