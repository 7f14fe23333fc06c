import type { Action } from "#check";
import { endInterrupt, eoiWritten } from "../actions/ioapic/eoi.ts";
import { takeInterrupt } from "../in-service.ts";
import { leave } from "../leave.ts";
import type { VendorOps } from "../ops.ts";
import { guestRuns, threadAt } from "../predicates.ts";
import type { Vector } from "../state-vectors.ts";
import { action, cpu, type State } from "../state.ts";
import { guestExits } from "./any-guest.ts";

const takes = (ops: VendorOps, vector: Vector): Action<State> =>
  action("guest_takes_interrupt", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "virtual-interrupt delivery",
    source: "timer 2.9; irqchip 3.6",
    atomic: "one event of the CPU",
    guard: (s, { v }) =>
      guestRuns(s.vcpu[v]) &&
      ops.virtualDelivery(s.vcpu[v], vector) &&
      s.vcpu[v].irr[vector] &&
      !s.vcpu[v].isr[vector],
    effect: (d, { v }) => takeInterrupt(d, v, vector),
  });

const ends = (ops: VendorOps, vector: Vector): Action<State> =>
  action("guest_ends_interrupt", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "EOI: accelerated, or an exit",
    branch: eoiWritten,
    source: "irqchip 3.3",
    atomic: "one event of the CPU",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.vcpu[v].isr[vector],
    effect: (d, { v }) => endInterrupt(ops, d, v, vector),
  });

/** KVM handles an EOI although APICv is active: by a Hyper-V MSR, or where the MSR or the page is intercepted. */
const endsByExit = (vector: Vector): Action<State> =>
  action("eoi_exits_though_apicv_active", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "kvm_lapic_set_eoi(): HV_X64_MSR_EOI, or an EOI that is intercepted",
    source: "irqchip 3.3",
    atomic: "the exit is one event of the CPU",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && s.vcpu[v].apicvActive && s.vcpu[v].isr[vector],
    effect: (d, { v }) => leave(d, v, "EOI"),
  });

/** The guest has interrupts disabled, or a higher priority: nothing is injected now. */
const putOff = action("injection_is_put_off", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_check_and_inject_events(): kvm_x86_interrupt_allowed() is false, enable_irq_window()",
  source: "timer 2.5 S2",
  atomic: "what it reads is this thread's own",
  guard: (s, { v }) => threadAt(s.vcpu[v], "EVENTS") && s.vcpu[v].req.EVENT && !s.vcpu[v].apicvActive,
  effect: (d, { v }) => {
    d.vcpu[v].req.EVENT = false;
  },
});

/** An interrupt window exit, a change of TPR, another interrupt: KVM_REQ_EVENT for whatever reason. */
const requestsEvent = action("event_requested", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "kvm_make_request(KVM_REQ_EVENT)",
  source: "timer 2.5 S2",
  atomic: "one locked bit operation",
  guard: (s, { v }) => threadAt(s.vcpu[v], "RUN_TOP") && !s.vcpu[v].req.EVENT && !s.vcpu[v].apicvActive,
  effect: (d, { v }) => {
    d.vcpu[v].req.EVENT = true;
  },
});

/** What a guest may do with interrupts of a vector, whoever sends them. */
export const anyInterruptGuest = (ops: VendorOps, vector: Vector): readonly Action<State>[] => [
  guestExits,
  takes(ops, vector),
  ends(ops, vector),
  endsByExit(vector),
  putOff,
  requestsEvent,
];
