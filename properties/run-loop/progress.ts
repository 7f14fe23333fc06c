import { asleep } from "../../models/kvm/blocking.ts";
import { leadsTo, strong, weak } from "../../models/kvm/state.ts";

/*
 * Of a periodic timer most of these say nothing: time is abstracted, so that its period may be shorter than an entry, and its
 * callback comes again and again before the vCPU thread takes a step. The kernel has min_timer_period_us against that.
 */

/** Every thread and every device of the host goes on, and TDH.VP.ENTER is not busy for ever. */
const goesOn = [weak({ each: "action" }), strong({ action: ["vm_enter"], each: "action" })];

export const vcpuThreadGoesOn = leadsTo({
  id: "vcpu-thread-goes-on",
  statement:
    "A vCPU thread that is in KVM enters the guest in the end, returns to userspace, or sleeps in a halt: it neither stands " +
    "still nor gives up its entry for ever",
  source: "timer 2.4, 2.5",
  kernel: "vcpu_run()",
  args: { v: "vcpu" },
  fairness: goesOn,
  from: ({ vcpu, timer }, { v }) =>
    !["ABSENT", "NONROOT", "USER", "DEAD"].includes(vcpu[v].pc) && !asleep(vcpu[v]) && !timer[v].periodic,
  to: ({ vcpu }, { v }) => ["NONROOT", "USER", "DEAD"].includes(vcpu[v].pc) || asleep(vcpu[v]),
});

export const hostInterruptIsHandled = leadsTo({
  id: "host-interrupt-is-handled",
  statement: "An interrupt that is pending on a vCPU's pCPU is handled in the end",
  source: "timer 2.3, 2.7, 6.3",
  kernel: "vmx_handle_external_intr_irqoff(), local_irq_enable()",
  args: { v: "vcpu" },
  fairness: goesOn,
  from: ({ vcpu }, { v }) => vcpu[v].irq.HRTIMER || vcpu[v].irq.RESCHEDULE || vcpu[v].irq.CALL_FUNCTION,
  to: ({ vcpu }, { v }) => !vcpu[v].irq.HRTIMER && !vcpu[v].irq.RESCHEDULE && !vcpu[v].irq.CALL_FUNCTION,
});

export const notificationIsProcessed = leadsTo({
  id: "notification-is-processed",
  statement: "A notification that reaches a running guest is processed there, or the guest exits",
  source: "timer 2.9",
  kernel: "posted-interrupt processing",
  args: { v: "vcpu" },
  fairness: goesOn,
  from: ({ vcpu }, { v }) => vcpu[v].pc === "NONROOT" && vcpu[v].irq.POSTED_INTR,
  to: ({ vcpu }, { v }) => vcpu[v].pc !== "NONROOT" || !vcpu[v].irq.POSTED_INTR,
});

export const deadlineOfAnEnqueuedTimerIsMet = leadsTo({
  id: "deadline-of-an-enqueued-timer-is-met",
  statement: "The hrtimer that is enqueued expires in the end, and its callback runs, or it is cancelled",
  source: "timer 6.1, 6.2, 8 W_DEADLINE",
  kernel: "hrtimer_interrupt(), apic_timer_fn()",
  args: { v: "vcpu" },
  fairness: goesOn,
  from: ({ timer }, { v }) => timer[v].hr === "ENQUEUED" && !timer[v].periodic,
  to: ({ timer }, { v }) => timer[v].hr === "INACTIVE",
});

export const deliverableVectorIsTaken = leadsTo({
  id: "deliverable-vector-is-taken",
  statement:
    "A guest that runs with IF set, and with the timer's vector in IRR and none in service, takes it in the end, or exits, " +
    "or clears IF",
  source: "timer 2.9, 8 G_TAKE_IRQ",
  kernel: "virtual-interrupt delivery",
  args: { v: "vcpu" },
  fairness: [...goesOn, strong({ action: ["guest_take_irq", "guest_eoi_timer"], each: "action" })],
  from: ({ vcpu, timer }, { v }) =>
    vcpu[v].irr.timer && vcpu[v].interruptFlag && vcpu[v].pc === "NONROOT" && !timer[v].periodic,
  to: ({ vcpu }, { v }) => !vcpu[v].irr.timer || !vcpu[v].interruptFlag || vcpu[v].mp === "HALTED",
});

export const interruptInServiceEnds = leadsTo({
  id: "interrupt-in-service-ends",
  statement: "The guest's handler of the timer's interrupt ends in an EOI",
  source: "timer 4.8",
  kernel: "virtual EOI",
  args: { v: "vcpu" },
  fairness: [...goesOn, strong({ action: ["guest_eoi_timer"], each: "action" })],
  from: ({ vcpu, timer }, { v }) => vcpu[v].isr.timer && !timer[v].periodic,
  to: ({ vcpu }, { v }) => !vcpu[v].isr.timer,
});
