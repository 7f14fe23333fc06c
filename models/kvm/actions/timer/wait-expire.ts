import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { action, cpu, type State } from "../../state.ts";
import { localDeliver } from "./timer-fn-remote.ts";
import { byGuest } from "../../text.ts";
import type { OfVcpu } from "../../citation.ts";
import { deliversLocally, waitsForDeadline } from "../../prints/timers.ts";

/** __kvm_wait_lapic_expire(): a timer fires early on purpose, and whoever delivers it spins until its deadline. */

const setAdvance = action("lapic_timer_advance", {
  actor: "userspace",
  args: { v: "vcpu" },
  kernel: "kvm_create_lapic(): timer_advance_ns",
  source: "timer 1.0, 1.13",
  atomic: "before the vCPU runs",
  guard: (s, { v }) => s.vcpu[v].pc === "USER" && !s.timer[v].advance,
  effect: (d, { v }) => {
    d.timer[v].advance = true;
  },
});

const deadline = action("guest_deadline_passes", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "the guest's TSC reaches its deadline",
  source: "timer 1.13",
  atomic: "time is abstracted: the deadline passes at any moment after the early expiry",
  guard: (s, { v }) => s.timer[v].early,
  effect: (d, { v }) => {
    d.timer[v].early = false;
  },
});

const entryRead = action("entry_wait_reads_deadline", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: byGuest("vendor_vcpu_run(): kvm_wait_lapic_expire(), expired_tscdeadline read", {
    td: "tdx_vcpu_run(): kvm_wait_lapic_expire(), expired_tscdeadline read",
    vmx: "vmx_vcpu_run(): kvm_wait_lapic_expire(), expired_tscdeadline read",
    svm: "svm_vcpu_run(): kvm_wait_lapic_expire(), expired_tscdeadline read",
  }),
  source: "m21; timer 1.13, 4.7 E3",
  atomic: "one plain read",
  guard: (s, { v }) => s.vcpu[v].pc === "WAIT_READ",
  effect: (d, { v }) => {
    d.vcpu[v].pc = d.timer[v].expired ? "WAIT_CLEAR" : "ENTER";
  },
});

const entryClear = action("entry_wait_clears_deadline", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "__kvm_wait_lapic_expire(): expired_tscdeadline = 0",
  prints: (s, { v }: OfVcpu) => [waitsForDeadline(s, v)],
  source: "m21; timer 1.13: plain memory, no lock, so what a callback noted meanwhile is lost",
  atomic: "one plain store",
  guard: (s, { v }) => s.vcpu[v].pc === "WAIT_CLEAR",
  effect: (d, { v }) => {
    d.timer[v].expired = false;
    d.vcpu[v].pc = "WAIT_SPIN";
  },
});

const entrySpin = action("entry_wait_ends", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "__kvm_wait_lapic_expire(): __wait_lapic_expire() spins",
  source: "timer 1.13",
  atomic: "ends when the deadline that was read has passed; one read before the timer fired again has",
  guard: (s, { v }) => s.vcpu[v].pc === "WAIT_SPIN" && (!s.timer[v].early || s.timer[v].staleWait),
  effect: (d, { v }) => {
    d.timer[v].staleWait = false;
    d.vcpu[v].pc = "ENTER";
  },
});

/** When a callback that delivers at once, as m21 proposes, waits before it does. */
export type DirectWait = "in-guest" | "always" | "no";

/** A callback that delivers at once: whether it waits for the guest's deadline first. */
export const directWait = (ops: VendorOps, waits: DirectWait): Action<State> =>
  action("fn_direct_may_wait", {
    actor: "housekeeping",
    args: { v: "vcpu" },
    kernel: "apic_timer_expired(apic, true) as m21 proposes it: before kvm_apic_inject_pending_timer_irqs()",
    prints: (s, { v }: OfVcpu, after) => deliversLocally(s, v, after),
    source: "m21; timer 9.1 P9: column V3",
    atomic: "one read of mode",
    guard: (s, { v }) => s.timer[v].pc === "WAIT_TEST",
    effect: (d, { v }) => {
      const inGuest = d.vcpu[v].mode === "IN_GUEST";
      if (waits === "always" || (waits === "in-guest" && inGuest)) d.timer[v].pc = "WAIT_READ";
      else localDeliver(ops, d, v);
    },
  });

const callbackRead = (ops: VendorOps): Action<State> =>
  action("fn_wait_reads_deadline", {
    actor: "housekeeping",
    args: { v: "vcpu" },
    kernel: "apic_timer_expired(apic, true): __kvm_wait_lapic_expire(), expired_tscdeadline read and cleared",
    prints: (s, { v }: OfVcpu, after) =>
      s.timer[v].expired ? [waitsForDeadline(s, v)] : deliversLocally(s, v, after),
    source: "m21; timer 1.5 step 4, 1.13",
    atomic:
      "two plain accesses merged: an entry that reads between them waits as well, and notes nothing itself",
    guard: (s, { v }) => s.timer[v].pc === "WAIT_READ",
    effect: (d, { v }) => {
      if (d.timer[v].expired) d.timer[v].pc = "WAIT_SPIN";
      else localDeliver(ops, d, v);
      d.timer[v].expired = false;
    },
  });

const callbackSpin = (ops: VendorOps): Action<State> =>
  action("fn_wait_ends", {
    actor: "housekeeping",
    args: { v: "vcpu" },
    kernel: "__kvm_wait_lapic_expire(): __wait_lapic_expire() spins; kvm_apic_local_deliver()",
    prints: (s, { v }: OfVcpu, after) => deliversLocally(s, v, after),
    source: "timer 1.13",
    atomic: "ends when the deadline has passed; then the mask is read",
    guard: (s, { v }) => s.timer[v].pc === "WAIT_SPIN" && !s.timer[v].early,
    effect: (d, { v }) => localDeliver(ops, d, v),
  });

/** The two waits, of the entry and of a callback that posts. */
const waitExpire = (ops: VendorOps): readonly Action<State>[] => [
  setAdvance,
  deadline,
  entryRead,
  entryClear,
  entrySpin,
  directWait(ops, "in-guest"),
  callbackRead(ops),
  callbackSpin(ops),
];

export default waitExpire;
