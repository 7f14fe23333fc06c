import type { Action } from "#check";
import { handles, takeInterrupt } from "../../in-service.ts";
import type { VendorOps } from "../../ops.ts";
import { anyVector, guestRuns, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { endInterrupt, eoiWritten } from "../ioapic/eoi.ts";
import { leave } from "../../leave.ts";
import { resetAck, resetPending } from "./pit.ts";
import { ioExit, mmioExit } from "../../vm-exits.ts";
import type { OfVcpu } from "../../citation.ts";
import { acknowledges } from "../../prints/acknowledgements.ts";
import { cancelsPit, startsPit } from "../../prints/pic-pit.ts";

const at = (pc: State["vcpu"][number]["pc"]) => ({
  actor: cpu,
  args: { v: "vcpu" } as const,
  guard: (s: State, { v }: { readonly v: number }) => threadAt(s.vcpu[v], pc),
});

const take = (ops: VendorOps): Action<State> =>
  action("guest_take_pit", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "virtual-interrupt delivery",
    source: "timer 2.9; irqchip 3.3",
    atomic: "one event of the CPU",
    guard: (s, { v }) =>
      guestRuns(s.vcpu[v]) &&
      ops.virtualDelivery(s.vcpu[v], "pit") &&
      s.vcpu[v].irr.pit &&
      !anyVector(s.vcpu[v].isr),
    effect: (d, { v }) => {
      takeInterrupt(d, v, "pit");
    },
  });

const eoi = (ops: VendorOps): Action<State> =>
  action("guest_eoi_pit", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: "EOI: accelerated, or an exit: for VMX since the pin has an ack notifier",
    branch: eoiWritten,
    source: "m3; irqchip 3.1, 3.3, 4",
    atomic: "one event of the CPU",
    guard: (s, { v }) => guestRuns(s.vcpu[v]) && handles(s.vcpu[v], "pit"),
    effect: (d, { v }) => endInterrupt(ops, d, v, "pit"),
  });

const ackSet = action("kvm_pit_ack_irq", {
  ...at("PIT_ACK"),
  kernel:
    "kvm_ioapic_update_eoi_one(): kvm_notify_acked_irq(), kvm_pit_ack_irq(): atomic_set(&irq_ack, 1), smp_mb()",
  prints: () => [acknowledges("pit")],
  source: "irqchip 2.7, 4",
  atomic: "one store and a full barrier; ioapic->lock is dropped around the notifiers (irqchip 7.5)",
  effect: (d, { v }) => {
    resetAck(d);
    d.vcpu[v].pc = "PIT_ACK_DEC";
  },
});

const ackDec = action("kvm_pit_dec_pending", {
  ...at("PIT_ACK_DEC"),
  kernel: "kvm_pit_ack_irq(): atomic_dec_if_positive(&pending), kthread_queue_work() for what is left",
  branch: (_, __, { pit }) =>
    `kvm_pit_ack_irq(): atomic_dec_if_positive(&pending)${pit.pending > 0 ? ", kthread_queue_work()" : ", none is left"}`,
  source: "irqchip 4",
  atomic:
    "one locked operation; the queueing that follows it reads nothing, and a worker that starts later starts after it",
  effect: (d, { v }) => {
    if (d.pit.pending > 0) d.pit.pending--;
    if (d.pit.pending > 0) d.pit.queued = true;
    d.vcpu[v].pc = "CLEAR_UNBLOCK";
  },
});

const load = action("guest_load_pit", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: ioExit(" of port 0x40: channel 0 is loaded"),
  source: "irqchip 4",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => guestRuns(s.vcpu[v]),
  effect: (d, { v }) => leave(d, v, "PIT_LOAD"),
});

const cancelTimer = action("pit_cancel_timer", {
  ...at("PIT_CANCEL"),
  kernel: "create_pit_timer(): hrtimer_cancel()",
  prints: (s) => cancelsPit(s),
  source: "irqchip 4",
  atomic: "pit_state.lock; it waits for a callback that runs",
  guard: (s, { v }) => threadAt(s.vcpu[v], "PIT_CANCEL") && !s.pit.counted && s.pit.control === "IDLE",
  effect: (d, { v }) => {
    d.pit.armed = false;
    d.vcpu[v].pc = "PIT_FLUSH";
  },
});

const startTimer = action("pit_start_timer", {
  ...at("PIT_FLUSH"),
  kernel: "create_pit_timer(): kthread_flush_work(), kvm_pit_reset_reinject(), hrtimer_start()",
  prints: () => [startsPit],
  source: "irqchip 4",
  atomic:
    "pit_state.lock; it waits for the worker, and with the timer off nobody but an ack notifier, which this thread is not in, " +
    "touches pending and irq_ack",
  guard: (s, { v }) => threadAt(s.vcpu[v], "PIT_FLUSH") && s.pit.worker === "IDLE" && !s.pit.queued,
  effect: (d, { v }) => {
    resetPending(d);
    resetAck(d);
    d.pit.armed = true;
    d.pit.ghostDelivered = 0;
    d.vcpu[v].pc = "CLEAR_UNBLOCK";
  },
});

const maskPin = action("guest_mask_pit", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: mmioExit(": the entry of the PIT's pin is masked, or unmasked"),
  branch: ({ pit }) => mmioExit(`: the entry of the PIT's pin is ${pit.masked ? "unmasked" : "masked"}`),
  source: "irqchip 2.8",
  atomic: "the exit is one event of the CPU",
  guard: (s, { v }) => guestRuns(s.vcpu[v]),
  effect: (d, { v }) => leave(d, v, d.pit.masked ? "PIT_UNMASK" : "PIT_MASK"),
});

const writeEntry = action("ioapic_write_pit_entry", {
  ...at("PIT_ENTRY"),
  kernel:
    "ioapic_write_indirect(): the mask bit; unmasked: kvm_fire_mask_notifiers(), kvm_pit_reset_reinject(): pending = 0",
  branch: ({ pit }, { v }: OfVcpu, { vcpu }) => {
    if (vcpu[v].pc === "PIT_UNMASKED")
      return "ioapic_write_indirect(): unmasked, kvm_fire_mask_notifiers(), kvm_pit_reset_reinject(): pending = 0";
    return `ioapic_write_indirect(): ${pit.masked ? "unmasked" : "masked"}`;
  },
  source: "irqchip 2.8, 4",
  atomic: "ioapic->lock, which stays held until the notifier is done (irqchip 7.5); one store to pending",
  guard: (s, { v }) => threadAt(s.vcpu[v], "PIT_ENTRY") && !s.ioapic.locked,
  effect: (d, { v }) => {
    const vcpu = d.vcpu[v];
    d.pit.masked = vcpu.exit === "PIT_MASK";
    vcpu.pc = "CLEAR_UNBLOCK";
    if (d.pit.masked) return;
    d.pit.ghostDelivered = 0;
    if (!d.pit.notified) return;
    resetPending(d);
    d.ioapic.locked = true;
    vcpu.pc = "PIT_UNMASKED";
  },
});

const unmasked = action("pit_mask_notifier", {
  ...at("PIT_UNMASKED"),
  kernel: "pit_mask_notifer(): kvm_pit_reset_reinject(): irq_ack = 1",
  source: "irqchip 4",
  atomic: "one store to irq_ack; ioapic->lock is released",
  effect: (d, { v }) => {
    resetAck(d);
    d.ioapic.locked = false;
    d.vcpu[v].pc = "CLEAR_UNBLOCK";
  },
});

/** What a guest does with its PIT: load it, take its interrupts, mask and unmask its pin; and the ack of its EOIs. */
export const pitGuest = (ops: VendorOps): readonly Action<State>[] => [
  take(ops),
  eoi(ops),
  ackSet,
  ackDec,
  load,
  cancelTimer,
  startTimer,
  maskPin,
  writeEntry,
  unmasked,
];

export default pitGuest;
