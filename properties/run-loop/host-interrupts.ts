import { irqPending, irqsOn } from "../../models/kvm/predicates.ts";
import { step, type State } from "../../models/kvm/state.ts";

type Vcpu = State["vcpu"][number];

/** The interrupts whose handlers run in KVM, of those that are pending on the pCPU. */
const handled = ({ irq }: Vcpu): readonly boolean[] => [irq.RESCHEDULE, irq.CALL_FUNCTION, irq.PI_WAKEUP];

export const hostInterruptComesFirst = step({
  id: "host-interrupt-comes-first",
  statement:
    "While an interrupt is pending on its pCPU and host IRQs are on, a vCPU thread takes no step, in userspace neither, nor is it " +
    "scheduled out or in: the handler runs first",
  source: "timer 2.7, 6.3",
  kernel: "local_irq_enable(): pending interrupts are taken before the next instruction",
  args: { v: "vcpu" },
  antecedent: (before, _, __, { v }) => irqsOn(before.vcpu[v]) && irqPending(before.vcpu[v]),
  holds: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    before[v].pc === after[v].pc &&
    before[v].exit === after[v].exit &&
    before[v].sched === after[v].sched &&
    before[v].cpu === after[v].cpu,
});

export const handlerRunsWithIrqsOn = step({
  id: "handler-runs-with-irqs-on",
  statement:
    "An interrupt of the host is handled only where host IRQs are on: from local_irq_disable() to the exit none is; " +
    "hrtimer_cancel() handles none, it takes the timer's back",
  source: "timer 2.5 S5, S14, 2.1",
  kernel: "vcpu_enter_guest(): local_irq_disable(), local_irq_enable()",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before }, { vcpu: after }, _, { v }) =>
    handled(before[v]).some((was, kind) => was && !handled(after[v])[kind]) ||
    // A handler leaves the thread where it was; hrtimer_cancel() is a step of the thread.
    (before[v].irq.HRTIMER && !after[v].irq.HRTIMER && before[v].pc === after[v].pc),
  holds: (before, _, __, { v }) => irqsOn(before.vcpu[v]),
});
