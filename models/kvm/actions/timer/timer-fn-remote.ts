import type { Action, Draft } from "#check";
import { deliverable } from "../../predicates.ts";
import { kicked, pendingTested } from "../../branch-texts.ts";
import { wakeUp, type VendorOps } from "../../ops.ts";
import { action, type State } from "../../state.ts";
import { countInjection, forgetDeadline } from "./inject.ts";
import { posterActions } from "../posting/poster.ts";
import type { PosterPc } from "../../state-poster.ts";
import { asConfigured, begin, finish, type PostTest } from "./timer-fn-local.ts";
import type { OfVcpu } from "../../citation.ts";
import { deliversLocally, expires, restarts } from "../../prints/timers.ts";

type Cb = State["timer"][number]["pc"];

const base = (pc: Cb) => ({
  actor: "housekeeping",
  args: { v: "vcpu" } as const,
  guard: (s: State, { v }: { readonly v: number }) => s.timer[v].pc === pc,
});

/** The callback starts on a housekeeping pCPU; the vCPU thread runs on while it does. */
const callbackStart = (first: Cb): Action<State> =>
  action("apic_timer_fn_start", {
    actor: "housekeeping",
    args: { v: "vcpu" },
    kernel: "__run_hrtimer(): apic_timer_fn()",
    prints: (_, { v }: OfVcpu) => [expires(v)],
    source: "m17, m18; timer 1.4, 6.2",
    atomic: "dequeued and marked running under the hrtimer base lock",
    guard: (s, { v }) => {
      const { hr, on, due } = s.timer[v];
      return hr === "ENQUEUED" && on === "HOUSEKEEPING" && due;
    },
    effect: (d, { v }) => {
      d.timer[v].hr = "CALLBACK";
      d.timer[v].pc = first;
    },
  });

const callbackTestPending = action("fn_test_pending", {
  ...base("TEST_PENDING"),
  kernel: "apic_timer_expired(apic, true): pending",
  branch: (s, { v }: OfVcpu) => `apic_timer_expired(apic, true): ${pendingTested(s.timer[v])}`,
  source: "timer 1.5 step 1",
  atomic: "one read",
  effect: (d, { v }) => {
    const timer = d.timer[v];
    if (timer.pending > 0) timer.pc = "TAIL";
    else {
      begin(d, v);
      timer.pc = "CAN_POST";
    }
  },
});

/** kvm_can_post_timer_interrupt(), before mode is read. */
export const callbackCanPost = (mayPost: PostTest): Action<State> =>
  action("fn_can_post", {
    ...base("CAN_POST"),
    kernel: "apic_timer_expired(apic, true): kvm_can_post_timer_interrupt()",
    branch: (_, { v }: OfVcpu, { timer }) =>
      `apic_timer_expired(apic, true): kvm_can_post_timer_interrupt() is ${timer[v].pc === "MODE"}`,
    source: "m3, m18, m19, m20; timer 1.5 step 4, 1.11",
    atomic: "reads apicv_active once; the rest is constant while vCPUs exist",
    effect: (d, { v }) => {
      d.timer[v].pc = mayPost(d, d.vcpu[v]) ? "MODE" : "INC_PENDING";
    },
  });

/** Where the callback goes once it has delivered, or dropped, the interrupt. */
const delivered = (d: Draft<State>, v: number): void => {
  d.timer[v].pc = d.timer[v].deadline && !d.timer[v].periodic ? "CLEAR_DEADLINE" : "TAIL";
};

/** kvm_apic_local_deliver() from the callback: the first step of the delivery, or nothing. */
export const localDeliver = (ops: VendorOps, d: Draft<State>, v: number): void => {
  if (deliverable(d.vcpu[v], d.timer[v])) {
    d.timer[v].pc = ops.deliverFrom;
    return;
  }
  if (d.timer[v].masked) d.timer[v].ghost.fired = false;
  delivered(d, v);
};

const callbackMode = (ops: VendorOps): Action<State> =>
  action("fn_test_mode", {
    ...base("MODE"),
    kernel: "kvm_use_posted_timer_interrupt(): mode == IN_GUEST_MODE; kvm_apic_local_deliver()",
    branch: ({ vcpu, timer }, { v }: OfVcpu) => {
      if (vcpu[v].mode !== "IN_GUEST") return "kvm_use_posted_timer_interrupt(): mode is not IN_GUEST_MODE";
      return `kvm_use_posted_timer_interrupt(): mode is IN_GUEST_MODE${timer[v].expired ? "" : "; kvm_apic_local_deliver()"}`;
    },
    prints: (s, { v }: OfVcpu, after) => deliversLocally(s, v, after),
    source: "m18; timer 1.5 step 4",
    atomic: "one read of mode; whether the APIC is enabled changes only outside guest mode",
    effect: (d, { v }) => {
      if (d.vcpu[v].mode !== "IN_GUEST") d.timer[v].pc = "INC_PENDING";
      else if (d.timer[v].expired) d.timer[v].pc = "WAIT_READ";
      else localDeliver(ops, d, v);
    },
  });

/** m21's proposal on a housekeeping pCPU: the callback delivers at once. */
export const callbackDirect = (ops: VendorOps): Action<State> =>
  action("fn_test_pending", {
    ...base("TEST_PENDING"),
    kernel: "apic_timer_expired(apic, true) as m21 proposes it: kvm_apic_local_deliver()",
    prints: (s, { v }: OfVcpu, after) => deliversLocally(s, v, after),
    source: "m21; timer 9.0 V3",
    atomic: "reads the APIC's enable bits; nothing of the delivery is done yet",
    effect: (d, { v }) => {
      begin(d, v);
      if (!deliverable(d.vcpu[v], d.timer[v])) d.timer[v].ghost.fired = false;
      if (d.timer[v].expired) d.timer[v].pc = "WAIT_TEST";
      else localDeliver(ops, d, v);
    },
  });

export const callbackIncPending = action("fn_inc_pending", {
  ...base("INC_PENDING"),
  kernel: "apic_timer_expired(apic, true): atomic_inc(&pending)",
  source: "m16; timer 1.5 step 5",
  atomic: "one locked instruction",
  effect: (d, { v }) => {
    d.timer[v].pending++;
    d.timer[v].pc = "UNBLOCK";
  },
});

export const callbackUnblock = action("fn_request_unblock", {
  ...base("UNBLOCK"),
  kernel: "apic_timer_expired(apic, true): kvm_make_request(KVM_REQ_UNBLOCK)",
  source: "m16, m18; timer 1.5 step 5",
  atomic: "one locked bit operation after a write barrier",
  effect: (d, { v }) => {
    d.vcpu[v].req.UNBLOCK = true;
    d.timer[v].pc = "KICK";
  },
});

export const callbackKick = action("fn_kick", {
  ...base("KICK"),
  kernel: "kvm_vcpu_kick(): rcuwait_wake_up(), else cmpxchg(mode, IN_GUEST_MODE, EXITING_GUEST_MODE)",
  branch: kicked,
  source: "m16; timer 2.3",
  atomic:
    "one locked instruction after a full barrier; a vCPU that blocks between the two sees UNBLOCK first",
  effect: (d, { v }) => {
    if (!wakeUp(d, v) && d.vcpu[v].mode === "IN_GUEST") {
      d.vcpu[v].mode = "EXITING";
      d.timer[v].pc = "RESCHEDULE";
    } else d.timer[v].pc = "TAIL";
  },
});

const callbackReschedule = action("fn_reschedule_ipi", {
  ...base("RESCHEDULE"),
  kernel: "kvm_vcpu_kick(): smp_send_reschedule()",
  source: "timer 2.3, 6.4",
  atomic: "one write to the interrupt command register",
  effect: (d, { v }) => {
    d.vcpu[v].irq.RESCHEDULE = true;
    d.timer[v].pc = "TAIL";
  },
});

const callbackForgetDeadline = action("fn_clear_deadline", {
  ...base("CLEAR_DEADLINE"),
  kernel: "kvm_apic_inject_pending_timer_irqs(): tscdeadline = 0",
  source: "timer 1.6: the delivery comes first",
  atomic: "plain stores; the vCPU thread reads them without a lock, or after hrtimer_cancel()",
  effect: (d, { v }) => {
    forgetDeadline(d, v);
    d.timer[v].pc = "TAIL";
  },
});

const callbackTail = action("fn_return", {
  ...base("TAIL"),
  kernel: "apic_timer_fn(): HRTIMER_RESTART or HRTIMER_NORESTART",
  branch: (s, { v }: OfVcpu) =>
    `apic_timer_fn(): ${s.timer[v].periodic ? "HRTIMER_RESTART" : "HRTIMER_NORESTART"}`,
  prints: (_, { v }: OfVcpu, after) => restarts(v, after),
  source: "timer 1.4, 6.2",
  atomic: "the enqueueing and the end of 'running' are one under the hrtimer base lock",
  effect: (d, { v }) => {
    d.timer[v].pc = "NONE";
    finish(d, v);
  },
});

/** The posting half of the callback: deliver_interrupt() from the housekeeping pCPU. */
const callbackPost: readonly Action<State>[] = posterActions({
  name: "fn",
  actor: "housekeeping",
  vector: "timer",
  caller: "timer 1.6",
  at: (s, v, pc) => s.timer[v].pc === pc,
  go: (d, v, pc: PosterPc) => {
    d.timer[v].pc = pc;
  },
  done: (d, v) => {
    delivered(d, v);
  },
  accepted: (d, v) => countInjection(d, v),
});

/** The callback on a housekeeping pCPU, each step open to what the vCPU does meanwhile. */
export const timerFnRemote = (ops: VendorOps, mayPost: PostTest): readonly Action<State>[] => [
  callbackStart("TEST_PENDING"),
  callbackTestPending,
  callbackCanPost(mayPost),
  callbackMode(ops),
  ...callbackPost,
  callbackIncPending,
  callbackUnblock,
  callbackKick,
  callbackReschedule,
  callbackForgetDeadline,
  callbackTail,
];

export default (ops: VendorOps) => timerFnRemote(ops, asConfigured);
