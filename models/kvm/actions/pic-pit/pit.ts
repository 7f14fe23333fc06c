import type { Action, Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { action, type State } from "../../state.ts";
import { posterActions } from "../posting/poster.ts";
import { expiresPit, pitSetsIrq, startsPit } from "../../prints/pic-pit.ts";
import { ioapicSetsEdge } from "../../prints/pins.ts";

type Open = Draft<State>;

const hrtimer = "hrtimer";
const worker = "kvm-pit";
const noLock = "one atomic operation: no lock is shared by timer, worker and ack notifier (irqchip 7.5)";

/** One half of kvm_pit_reset_reinject(): what is counted is forgotten. */
export const resetPending = (d: Open): void => {
  d.pit.pending = 0;
};

/** The other half: the next tick need not wait for an acknowledgement. */
export const resetAck = (d: Open): void => {
  d.pit.irqAck = true;
};

const timerCounts = action("pit_timer_fn", {
  actor: hrtimer,
  kernel: "pit_timer_fn(): reinject; atomic_inc(&pending)",
  branch: ({ pit }) => `pit_timer_fn(): ${pit.reinject ? "reinject, atomic_inc(&pending)" : "no reinject"}`,
  prints: () => [expiresPit],
  source: "irqchip 4",
  atomic: `${noLock}; reinject is read with it, and changes once`,
  guard: (s) => s.pit.armed && !s.pit.counted,
  effect: (d) => {
    if (d.pit.reinject) d.pit.pending = Math.min(2, d.pit.pending + 1);
    d.pit.counted = true;
  },
});

const timerQueues = action("pit_queue_work", {
  actor: hrtimer,
  kernel: "pit_timer_fn(): kthread_queue_work(), hrtimer_add_expires_ns()",
  prints: () => [startsPit],
  source: "irqchip 4",
  atomic: "worker->lock; work that is queued already is queued once",
  guard: (s) => s.pit.counted,
  effect: (d) => {
    d.pit.queued = true;
    d.pit.counted = false;
  },
});

const work = action("pit_do_work", {
  actor: worker,
  kernel: "pit_do_work(): reinject",
  branch: ({ pit }) => `pit_do_work(): ${pit.reinject ? "reinject" : "no reinject"}`,
  source: "irqchip 4",
  atomic: "the work is taken off the queue under worker->lock; one read",
  guard: (s) => s.pit.worker === "IDLE" && s.pit.queued,
  effect: (d) => {
    d.pit.queued = false;
    d.pit.worker = d.pit.reinject ? "XCHG" : "RAISE";
  },
});

const xchg = action("pit_xchg_irq_ack", {
  actor: worker,
  kernel: "pit_do_work(): atomic_xchg(&irq_ack, 0)",
  branch: ({ pit }) => `pit_do_work(): atomic_xchg(&irq_ack, 0), it was ${pit.irqAck ? "1" : "0, return"}`,
  source: "irqchip 4",
  atomic: noLock,
  guard: (s) => s.pit.worker === "XCHG",
  effect: (d) => {
    d.pit.worker = d.pit.irqAck ? "RAISE" : "IDLE";
    d.pit.irqAck = false;
  },
});

const raise = (ops: VendorOps): Action<State> =>
  action("pit_set_irq_1", {
    actor: worker,
    kernel: "kvm_set_irq(KVM_PIT, 0, 1): ioapic_set_irq(), ioapic_service()",
    branch: ({ pit }) =>
      `kvm_set_irq(KVM_PIT, 0, 1): ioapic_set_irq(), ${pit.masked ? "the pin is masked" : "ioapic_service()"}`,
    prints: (s) => pitSetsIrq(s, true),
    source: "irqchip 2.2, 2.3, 2.5, 4: IRQ0 masked in the PIC",
    atomic: "ioapic->lock, which stays held while the interrupt is delivered (irqchip 7.5)",
    guard: (s) => s.pit.worker === "RAISE" && !s.ioapic.locked,
    effect: (d) => {
      if (d.pit.masked) {
        d.pit.worker = "LOWER";
        return;
      }
      d.ioapic.locked = true;
      d.pit.worker = ops.deliverFrom;
    },
  });

const post = posterActions({
  name: "pit",
  actor: worker,
  vector: "pit",
  caller: "irqchip 2.5, 7.1: the one destination's LAPIC is enabled, so it accepts",
  at: (s, v, pc) => s.pit.worker === pc && v === 0,
  go: (d, _, pc) => {
    d.pit.worker = pc;
  },
  done: (d) => {
    d.ioapic.locked = false;
    d.pit.worker = "LOWER";
  },
  accepted: (d) => {
    d.pit.ghostDelivered = Math.min(2, d.pit.ghostDelivered + 1);
  },
  printsAfter: (s) => [ioapicSetsEdge(s, "pit", {})],
});

const lower = action("pit_set_irq_0", {
  actor: worker,
  kernel: "kvm_set_irq(KVM_PIT, 0, 0): ioapic_set_irq() clears irr; no LVT0 is in NMI mode",
  prints: (s) => pitSetsIrq(s, false),
  source: "irqchip 2.3 A, 4",
  atomic: "ioapic->lock (irqchip 7.5)",
  guard: (s) => s.pit.worker === "LOWER" && !s.ioapic.locked,
  effect: (d) => {
    d.pit.worker = "IDLE";
  },
});

/** The timer and the worker of the PIT, which share no lock. */
export const pitTicks = (ops: VendorOps): readonly Action<State>[] => [
  timerCounts,
  timerQueues,
  work,
  xchg,
  raise(ops),
  ...post,
  lower,
];

export default pitTicks;
