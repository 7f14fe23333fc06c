import { step } from "../../models/kvm/state.ts";

export const pitTicksAreCounted = step({
  id: "pit-ticks-are-counted",
  statement:
    "The PIT's timer counts a tick once, where ticks are injected again, and an acknowledgement takes one off, if there is one",
  source: "irqchip 4",
  kernel: "pit_timer_fn(): atomic_inc(&pending); kvm_pit_ack_irq(): atomic_dec_if_positive(&pending)",
  antecedent: ({ pit: before, vcpu }, { pit: after }) =>
    before.counted !== after.counted ||
    before.pending !== after.pending ||
    vcpu.some(({ pc }) => pc === "PIT_ACK_DEC"),
  holds: ({ pit: was, vcpu: before }, { pit: is, vcpu: after }) => {
    if (!was.counted && is.counted)
      return is.pending === (was.reinject ? Math.min(2, was.pending + 1) : was.pending);
    const acked = before.some(({ pc }, v) => pc === "PIT_ACK_DEC" && after[v].pc !== "PIT_ACK_DEC");
    return acked ? is.pending === Math.max(0, was.pending - 1) : is.pending <= was.pending;
  },
});

export const pitWorkIsQueuedForATick = step({
  id: "pit-work-is-queued-for-a-tick",
  statement:
    "The PIT's worker is queued by its timer, which has counted, or by an acknowledgement that leaves ticks to be injected, and begins " +
    "only as its work is taken off the queue",
  source: "irqchip 4",
  kernel: "pit_timer_fn(), kvm_pit_ack_irq(): kthread_queue_work(); pit_do_work()",
  antecedent: ({ pit: before }, { pit: after }) =>
    before.counted !== after.counted || before.queued !== after.queued || before.worker !== after.worker,
  holds: ({ pit: was, vcpu: before }, { pit: is, vcpu: after }) => {
    if (was.counted && !is.counted) return is.queued;
    if (was.worker === "IDLE" && is.worker !== "IDLE") return was.queued && !is.queued;
    if (was.queued || !is.queued) return true;
    return (
      is.pending > 0 && before.some(({ pc }, v) => pc === "PIT_ACK_DEC" && after[v].pc !== "PIT_ACK_DEC")
    );
  },
});
