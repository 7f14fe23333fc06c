import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { pendingTested } from "../../branch-texts.ts";
import { canPost, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { inject } from "./inject.ts";
import { noteDeadline } from "./timer-fn-local.ts";
import { afterExpiry } from "./timer-return.ts";
import type { OfVcpu } from "../../citation.ts";
import { afterExpiryPrints, injectsTimer } from "../../prints/timers.ts";

/** apic_timer_expired(apic, false), called by the vCPU's own thread when a deadline has passed already. */
export const expired = (ops: VendorOps): readonly Action<State>[] => [
  testPending,
  testApicv(ops),
  testPost(ops),
  incPending,
  unblock,
];

const testPending = action("expired_test_pending", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "apic_timer_expired(apic, false): pending",
  branch: (s, { v }: OfVcpu) => `apic_timer_expired(apic, false): ${pendingTested(s.timer[v])}`,
  prints: (s, { v }: OfVcpu, after) => afterExpiryPrints(s, v, after),
  source: "timer 1.5 step 1",
  atomic: "one read; expired_tscdeadline, noted with it, is read later by the waits only",
  guard: (s, { v }) => threadAt(s.vcpu[v], "EXPIRED_TEST"),
  effect: (d, { v }) => {
    if (d.timer[v].pending > 0) return afterExpiry(d, v);
    noteDeadline(d, v);
    d.vcpu[v].pc = "EXPIRED_APICV";
  },
});

const testApicv = (ops: VendorOps): Action<State> =>
  action("expired_inject_if_apicv", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "apic_timer_expired(apic, false): apicv_active, kvm_apic_inject_pending_timer_irqs()",
    branch: (s, { v }: OfVcpu) =>
      s.vcpu[v].apicvActive
        ? "apic_timer_expired(apic, false): apicv_active is set, kvm_apic_inject_pending_timer_irqs()"
        : "apic_timer_expired(apic, false): apicv_active is clear",
    prints: (s, { v }: OfVcpu, after, kind) =>
      s.vcpu[v].apicvActive ? [...injectsTimer(s, v, kind), ...afterExpiryPrints(s, v, after)] : [],
    source: "m3, m21; timer 1.5 step 3",
    atomic: "apicv_active is written by this thread only; the post is to the vCPU loaded here",
    guard: (s, { v }) => threadAt(s.vcpu[v], "EXPIRED_APICV"),
    effect: (d, { v }) => {
      if (d.vcpu[v].apicvActive) {
        inject(ops, d, v);
        afterExpiry(d, v);
      } else d.vcpu[v].pc = "EXPIRED_POST";
    },
  });

const testPost = (ops: VendorOps): Action<State> =>
  action("expired_test_post", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "apic_timer_expired(apic, false): kvm_use_posted_timer_interrupt()",
    branch: (_, { v }: OfVcpu, { vcpu }) =>
      `apic_timer_expired(apic, false): kvm_use_posted_timer_interrupt() is ${vcpu[v].pc !== "EXPIRED_PEND"}`,
    prints: (s, { v }: OfVcpu, after, kind) =>
      after.vcpu[v].pc === "EXPIRED_PEND"
        ? []
        : [...injectsTimer(s, v, kind), ...afterExpiryPrints(s, v, after)],
    source: "m21; timer 1.5 step 4",
    atomic: "this thread is outside guest mode, so what it reads of itself cannot change",
    guard: (s, { v }) => threadAt(s.vcpu[v], "EXPIRED_POST"),
    effect: (d, { v }) => {
      if (canPost(d, d.vcpu[v]) && d.vcpu[v].mode === "IN_GUEST") {
        inject(ops, d, v);
        afterExpiry(d, v);
      } else d.vcpu[v].pc = "EXPIRED_PEND";
    },
  });

const incPending = action("expired_inc_pending", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "apic_timer_expired(apic, false): atomic_inc(&pending)",
  source: "timer 1.5 step 5",
  atomic: "one locked instruction",
  guard: (s, { v }) => threadAt(s.vcpu[v], "EXPIRED_PEND"),
  effect: (d, { v }) => {
    d.timer[v].pending++;
    d.vcpu[v].pc = "EXPIRED_UNBLOCK";
  },
});

const unblock = action("expired_request_unblock", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "apic_timer_expired(apic, false): kvm_make_request(KVM_REQ_UNBLOCK)",
  prints: (s, { v }: OfVcpu, after) => afterExpiryPrints(s, v, after),
  source: "timer 1.5 step 5: no kick, the vCPU is this thread",
  atomic: "one locked bit operation",
  guard: (s, { v }) => threadAt(s.vcpu[v], "EXPIRED_UNBLOCK"),
  effect: (d, { v }) => {
    d.vcpu[v].req.UNBLOCK = true;
    afterExpiry(d, v);
  },
});

/** m21's proposal: the interrupt is injected whether APICv is active or not. */
export const directExpired = (ops: VendorOps): Action<State> =>
  action("expired_inject_if_apicv", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "apic_timer_expired(apic, false) as m21 proposes it: kvm_apic_inject_pending_timer_irqs()",
    prints: (s, { v }: OfVcpu, after, kind) => [
      ...injectsTimer(s, v, kind),
      ...afterExpiryPrints(s, v, after),
    ],
    source: "m21; timer 9.0 V3",
    atomic: "the post is to the vCPU loaded here",
    guard: (s, { v }) => threadAt(s.vcpu[v], "EXPIRED_APICV"),
    effect: (d, { v }) => {
      inject(ops, d, v);
      afterExpiry(d, v);
    },
  });

export default expired;
