import type { Action, Draft } from "#check";
import { wakeUp } from "../../ops.ts";
import { kicked } from "../../branch-texts.ts";
import { anyVector } from "../../predicates.ts";
import { apicvAccepts } from "../../prints/delivery.ts";
import { kvmAvicDoorbell } from "../../tracepoints/lapic.ts";
import { handsOver, handsToApicv, kicksGuest, type Printing } from "./poster-prints.ts";
import type { PosterPc } from "../../state-poster.ts";
import type { Vector } from "../../state-vectors.ts";
import { action, type State } from "../../state.ts";
import type { OfVcpu } from "../../citation.ts";

/** A CPU that delivers an interrupt to a vCPU it does not run: who it is, and where its place is kept. */
export interface Poster extends Printing {
  /** Prefix of its action names. */
  readonly name: string;
  readonly actor: string;
  readonly vector: Vector;
  /** Where its caller was read, as a citation. */
  readonly caller: string;
  /** Whether it stands at `pc`, delivering to `v`. */
  readonly at: (s: State, v: number, pc: PosterPc) => boolean;
  readonly go: (d: Draft<State>, v: number, pc: PosterPc) => void;
  /** What it does once the interrupt is handed over. */
  readonly done: (d: Draft<State>, v: number) => void;
  /** Called where the vector's bit is set; `merged` when it was in PIR or IRR before, so that no delivery is added. */
  readonly accepted: (d: Draft<State>, v: number, merged: boolean) => void;
  /** Where vCPUs migrate: notes the pCPU that the notification goes to. */
  readonly aim?: (d: Draft<State>, v: number) => void;
  /** Where vCPUs migrate: the vCPU is still on the pCPU that the notification goes to. */
  readonly reaches?: (d: Draft<State>, v: number) => boolean;
}

type As = (pc: PosterPc) => {
  readonly actor: string;
  readonly args: { readonly v: "vcpu" };
  readonly guard: (s: State, args: { readonly v: number }) => boolean;
};

/** What a thread that requests KVM_REQ_EVENT of another vCPU and kicks it says of itself. */
type Requester = Pick<Poster, "name" | "actor" | "caller" | "at" | "go" | "done" | "printsAfter">;

const stepsOf =
  (p: Requester): As =>
  (pc) => ({ actor: p.actor, args: { v: "vcpu" }, guard: (s, { v }) => p.at(s, v, pc) });

/** kvm_make_request(KVM_REQ_EVENT) and kvm_vcpu_kick() from another CPU. */
export const requestEventAndKick = (p: Requester): readonly Action<State>[] => {
  const as = stepsOf(p);
  return [
    action(`${p.name}_request_event`, {
      ...as("SOFT_EVENT"),
      kernel: "kvm_make_request(KVM_REQ_EVENT)",
      source: `timer 2.7; ${p.caller}`,
      atomic: "one locked bit operation",
      effect: (d, { v }) => {
        d.vcpu[v].req.EVENT = true;
        p.go(d, v, "SOFT_KICK");
      },
    }),
    action(`${p.name}_event_kick`, {
      ...as("SOFT_KICK"),
      kernel: "kvm_vcpu_kick(): rcuwait_wake_up(), else cmpxchg(mode, IN_GUEST_MODE, EXITING_GUEST_MODE)",
      branch: kicked,
      prints: handsOver(p, (vcpu) => !kicksGuest(vcpu)),
      source: "timer 2.3",
      atomic: "one locked instruction; a vCPU that blocks between the two sees the request before it sleeps",
      effect: (d, { v }) => {
        if (!wakeUp(d, v) && d.vcpu[v].mode === "IN_GUEST") {
          d.vcpu[v].mode = "EXITING";
          p.go(d, v, "SOFT_RESCHEDULE");
        } else p.done(d, v);
      },
    }),
    action(`${p.name}_event_reschedule`, {
      ...as("SOFT_RESCHEDULE"),
      kernel: "kvm_vcpu_kick(): smp_send_reschedule()",
      prints: handsOver(p, () => true),
      source: "timer 2.3, 6.4",
      atomic: "one write to the interrupt command register",
      effect: (d, { v }) => {
        d.vcpu[v].irq.RESCHEDULE = true;
        p.done(d, v);
      },
    }),
  ];
};

/** svm_deliver_interrupt() from another CPU: set IRR, then complete the delivery. */
const svmPosterActions = (p: Poster): readonly Action<State>[] => [
  action(`${p.name}_svm_set_irr`, {
    ...stepsOf(p)("SVM_IRR"),
    kernel: "svm_deliver_interrupt(): kvm_lapic_set_irr(), smp_mb__after_atomic()",
    source: `irqchip 7.1; ${p.caller}`,
    atomic: "one locked bit operation, then a full barrier",
    effect: (d, { v }) => {
      const vcpu = d.vcpu[v];
      p.accepted(d, v, vcpu.irr[p.vector]);
      vcpu.irr[p.vector] = true;
      if (vcpu.apicvActive) vcpu.irrUnseen = true;
      p.go(d, v, "SVM_MODE");
    },
  }),
  ...completeInterruptDelivery(p),
];

/**
 * svm_complete_interrupt_delivery() from another CPU: read mode, read apicv_active, then the doorbell or a wake-up; an APIC
 * that is emulated gets KVM_REQ_EVENT and a kick.
 */
export const completeInterruptDelivery = (p: Omit<Poster, "accepted">): readonly Action<State>[] => {
  const source = `irqchip 7.1; ${p.caller}`;
  const as = stepsOf(p);
  const toEmulated = (d: Draft<State>, v: number): boolean => {
    if (!d.vcpu[v].apicvActive) p.go(d, v, "SOFT_EVENT");
    return !d.vcpu[v].apicvActive;
  };
  return [
    action(`${p.name}_svm_read_mode`, {
      ...as("SVM_MODE"),
      kernel: "svm_complete_interrupt_delivery(): mode == IN_GUEST_MODE",
      branch: (s, { v }: OfVcpu) =>
        `svm_complete_interrupt_delivery(): mode is ${s.vcpu[v].mode === "IN_GUEST" ? "" : "not "}IN_GUEST_MODE`,
      source,
      atomic: "one load-acquire",
      effect: (d, { v }) =>
        p.go(d, v, d.vcpu[v].mode === "IN_GUEST" ? "SVM_TEST_IN_GUEST" : "SVM_TEST_OUTSIDE"),
    }),
    action(`${p.name}_svm_test_apicv`, {
      ...as("SVM_TEST_IN_GUEST"),
      kernel: "svm_complete_interrupt_delivery(): apicv_active, of a vCPU found in guest mode",
      branch: (s, { v }: OfVcpu) =>
        `svm_complete_interrupt_delivery(): apicv_active is ${s.vcpu[v].apicvActive ? "set" : "clear"}, of a vCPU found in guest mode`,
      prints: (s, { v }: OfVcpu) =>
        s.vcpu[v].apicvActive ? [apicvAccepts(v, p.vector, s.vcpu[v].tmr[p.vector])] : [],
      source,
      atomic:
        "one read; avic_ring_doorbell() reads vcpu->cpu after it, and once: a vCPU that has moved since looks at IRR as it enters",
      effect: (d, { v }) => {
        if (toEmulated(d, v)) return;
        p.aim?.(d, v);
        p.go(d, v, "DOORBELL");
      },
    }),
    action(`${p.name}_svm_wake`, {
      ...as("SVM_TEST_OUTSIDE"),
      kernel:
        "svm_complete_interrupt_delivery(): apicv_active; kvm_vcpu_wake_up() of a vCPU found outside guest mode",
      branch: (s, { v }: OfVcpu) =>
        s.vcpu[v].apicvActive
          ? "svm_complete_interrupt_delivery(): kvm_vcpu_wake_up() of a vCPU found outside guest mode"
          : "svm_complete_interrupt_delivery(): apicv_active is clear, of a vCPU found outside guest mode",
      prints: handsToApicv(p, ({ apicvActive }) => apicvActive),
      source,
      atomic:
        "one read; a vCPU that publishes itself as a waiter between it and the waking sees IRR before it sleeps",
      effect: (d, { v }) => {
        if (toEmulated(d, v)) return;
        wakeUp(d, v);
        p.done(d, v);
      },
    }),
    action(`${p.name}_doorbell`, {
      ...as("DOORBELL"),
      kernel: "avic_ring_doorbell(): the CPU looks at IRR again, if it runs the guest",
      branch: (s, { v }: OfVcpu) =>
        s.vcpu[v].pc === "NONROOT"
          ? "avic_ring_doorbell(): the CPU looks at IRR again"
          : "avic_ring_doorbell(): the vCPU is not in the guest, and nothing happens",
      prints: (s, { v }: OfVcpu, after) => [
        kvmAvicDoorbell.event({ vcpu: v, apicid: v }),
        ...(p.printsAfter?.(s, v, after) ?? []),
      ],
      source,
      atomic:
        "one write to the doorbell MSR; its delay is before it. A CPU that is not in the guest ignores it",
      effect: (d, { v }) => {
        if (d.vcpu[v].pc === "NONROOT" && (p.reaches?.(d, v) ?? true)) d.vcpu[v].irrUnseen = false;
        p.done(d, v);
      },
    }),
  ];
};

/**
 * deliver_interrupt() from another CPU: set PIR, set ON, read mode, notify; each a step, since the target runs meanwhile.
 * An ordinary vCPU whose APICv is inhibited gets its IRR bit, KVM_REQ_EVENT and a kick instead.
 */
export const posterActions = (p: Poster): readonly Action<State>[] => {
  const source = `timer 2.7; ${p.caller}`;
  const as = stepsOf(p);
  return [
    ...svmPosterActions(p),
    action(`${p.name}_test_apicv`, {
      ...as("APICV_TEST"),
      kernel: "vmx_deliver_interrupt(): apicv_active",
      branch: (s, { v }: OfVcpu) =>
        `vmx_deliver_interrupt(): apicv_active is ${s.vcpu[v].apicvActive ? "set" : "clear"}`,
      source,
      atomic: "one read; the vCPU may change it before the bit is set",
      effect: (d, { v }) => p.go(d, v, d.vcpu[v].apicvActive ? "SET_PIR" : "SOFT_IRR"),
    }),
    action(`${p.name}_set_pir`, {
      ...as("SET_PIR"),
      kernel: "__vmx_deliver_posted_interrupt(): pi_test_and_set_pir()",
      branch: (s, { v }: OfVcpu) =>
        `__vmx_deliver_posted_interrupt(): pi_test_and_set_pir()${s.vcpu[v].pir[p.vector] ? ", it was set, return" : ""}`,
      prints: handsToApicv(p, ({ pir }) => pir[p.vector]),
      source: `timer 2.7 D1; ${p.caller}`,
      atomic: "one locked instruction",
      effect: (d, { v }) => {
        const was = d.vcpu[v].pir[p.vector];
        d.vcpu[v].pir[p.vector] = true;
        p.accepted(d, v, was || d.vcpu[v].irr[p.vector]);
        if (was) p.done(d, v);
        else p.go(d, v, "SET_ON");
      },
    }),
    action(`${p.name}_set_on`, {
      ...as("SET_ON"),
      kernel: "__vmx_deliver_posted_interrupt(): pi_test_and_set_on()",
      branch: (s, { v }: OfVcpu) =>
        `__vmx_deliver_posted_interrupt(): pi_test_and_set_on()${s.vcpu[v].on ? ", it was set, return" : ""}`,
      prints: handsToApicv(p, ({ on }) => on),
      source: `timer 2.7 D2; ${p.caller}`,
      atomic: "one locked instruction",
      effect: (d, { v }) => {
        if (d.vcpu[v].on) p.done(d, v);
        else {
          d.vcpu[v].on = true;
          p.go(d, v, "NOTIFY_TEST");
        }
      },
    }),
    action(`${p.name}_notify_test`, {
      ...as("NOTIFY_TEST"),
      kernel: "kvm_vcpu_trigger_posted_interrupt(): mode == IN_GUEST_MODE",
      branch: (s, { v }: OfVcpu) =>
        s.vcpu[v].mode === "IN_GUEST"
          ? "kvm_vcpu_trigger_posted_interrupt(): mode is IN_GUEST_MODE"
          : "kvm_vcpu_trigger_posted_interrupt(): mode is not IN_GUEST_MODE, kvm_vcpu_wake_up()",
      prints: handsToApicv(p, ({ mode }) => mode !== "IN_GUEST"),
      source: `timer 2.7 D3; ${p.caller}`,
      atomic:
        "one read after a locked instruction; a vCPU outside guest mode is woken, and one that publishes itself as a " +
        "waiter between the read and the waking sees ON before it sleeps",
      effect: (d, { v }) => {
        if (d.vcpu[v].mode === "IN_GUEST") {
          p.aim?.(d, v);
          return p.go(d, v, "NOTIFY");
        }
        wakeUp(d, v);
        p.done(d, v);
      },
    }),
    action(`${p.name}_notify`, {
      ...as("NOTIFY"),
      kernel: "__apic_send_IPI_mask(POSTED_INTR_VECTOR)",
      prints: handsToApicv(p, () => true),
      source: `timer 2.7 D3, 6.4; ${p.caller}`,
      atomic: "one write to the interrupt command register",
      effect: (d, { v }) => {
        if (p.reaches?.(d, v) ?? true) d.vcpu[v].irq.POSTED_INTR = true;
        p.done(d, v);
      },
    }),
    action(`${p.name}_set_irr`, {
      ...as("SOFT_IRR"),
      kernel: "vmx_deliver_interrupt(): kvm_lapic_set_irr()",
      source,
      atomic: "one locked bit operation",
      effect: (d, { v }) => {
        const vcpu = d.vcpu[v];
        p.accepted(d, v, vcpu.irr[p.vector]);
        if (vcpu.apicvActive && vcpu.mode !== "OUTSIDE" && !anyVector(vcpu.irr)) vcpu.rvi = "ZERO";
        vcpu.irr[p.vector] = true;
        p.go(d, v, "SOFT_EVENT");
      },
    }),
    ...requestEventAndKick(p),
  ];
};
