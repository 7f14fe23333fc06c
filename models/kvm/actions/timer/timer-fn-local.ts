import type { Action, Draft } from "#check";
import { canPost, irqsOn } from "../../predicates.ts";
import { kickLocal, type VendorOps } from "../../ops.ts";
import { action, cpu, type State } from "../../state.ts";
import { inject } from "./inject.ts";
import type { OfVcpu } from "../../citation.ts";
import { expires, injectsTimer, restarts } from "../../prints/timers.ts";

/** May a timer callback post, where kvm_vcpu mode says IN_GUEST_MODE? The part of the test that options replace. */
export type PostTest = (s: Pick<State, "host" | "vm">, vcpu: { readonly apicvActive: boolean }) => boolean;

/** kvm_use_posted_timer_interrupt() as it is: the setup decides. */
export const asConfigured: PostTest = canPost;

/** The test m18 asks for: whatever the setup, a vCPU with active APICv that is in the guest can be posted to. */
export const inGuestMode: PostTest = (_, { apicvActive }) => apicvActive;

/** apic_timer_expired(apic, true) on the vCPU's own pCPU, up to the tail of apic_timer_fn(). */
export type Expire = (d: Draft<State>, v: number) => void;

/** The scheme of every tree read: count in `pending`, request KVM_REQ_UNBLOCK, kick. */
export const expirePending =
  (ops: VendorOps, mayPost: PostTest): Expire =>
  (d, v) => {
    const timer = d.timer[v];
    if (timer.pending > 0) return;
    begin(d, v);
    if (mayPost(d, d.vcpu[v]) && d.vcpu[v].mode === "IN_GUEST") return inject(ops, d, v);
    timer.pending++;
    d.vcpu[v].req.UNBLOCK = true;
    kickLocal(d, v);
  };

/** m21's proposal: no `pending`, deliver at once. */
export const expireDirect =
  (ops: VendorOps): Expire =>
  (d, v) => {
    begin(d, v);
    inject(ops, d, v);
  };

/** History: an expiry that counts. */
export const begin = (d: Draft<State>, v: number): void => {
  noteExpiry(d, v);
  noteDeadline(d, v);
  d.timer[v].ghost.exited = d.vcpu[v].pc !== "NONROOT";
};

/** History: a timer fired. One that is not periodic does so once for each arming; a second injection is one too many. */
export const noteExpiry = (d: Draft<State>, v: number): void => {
  const { ghost, periodic, masked } = d.timer[v];
  ghost.fired = true;
  ghost.masked = masked;
  if (periodic || ghost.rearmed) ghost.injections = 0;
  ghost.rearmed = false;
};

/** apic_timer_expired() notes the deadline that the wait before delivery is for; with an advance, it is still ahead. */
export const noteDeadline = (d: Draft<State>, v: number): void => {
  const timer = d.timer[v];
  if (!timer.advance || !(timer.tscMode || timer.hv)) return;
  timer.expired = timer.deadline;
  timer.early = timer.deadline;
  const { pc } = d.vcpu[v];
  if (pc === "WAIT_CLEAR" || pc === "WAIT_SPIN") timer.staleWait = true;
};

/** The tail of apic_timer_fn(): a periodic timer is enqueued again, where it was. */
export const finish = (d: Draft<State>, v: number): void => {
  const timer = d.timer[v];
  timer.hr = timer.periodic ? "ENQUEUED" : "INACTIVE";
  if (timer.periodic) {
    timer.due = false;
    if (timer.period) timer.deadline = true;
  } else timer.on = "OWN";
  timer.ghost.switched = false;
};

/** The callback as a hard IRQ on the vCPU's own pCPU: nothing of the vCPU thread runs before it returns. */
export const timerFnLocal = (expire: Expire): Action<State> =>
  action("apic_timer_fn", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "apic_timer_fn(), apic_timer_expired(apic, true)",
    prints: (s, { v }: OfVcpu, after, kind) => [
      expires(v),
      // What is not counted in `pending` is injected.
      ...(s.timer[v].pending === 0 && after.timer[v].pending === 0 ? injectsTimer(s, v, kind) : []),
      ...restarts(v, after),
    ],
    source: "m16; timer 1.4, 1.5, 6.3",
    atomic:
      "hard IRQ on the pCPU of the vCPU thread; what other CPUs do meanwhile touches none of what it reads",
    guard: (s, { v }) => {
      const { hr, on } = s.timer[v];
      return hr === "ENQUEUED" && on === "OWN" && s.vcpu[v].irq.HRTIMER && irqsOn(s.vcpu[v]);
    },
    effect: (d, { v }) => {
      d.vcpu[v].irq.HRTIMER = false;
      expire(d, v);
      finish(d, v);
    },
  });

export default (ops: VendorOps) => timerFnLocal(expirePending(ops, asConfigured));
