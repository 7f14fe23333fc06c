import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { exitIrqPending, irqsOn, threadAt } from "../../predicates.ts";
import { action, cpu, type State } from "../../state.ts";
import { exitHandlers } from "./handle-exit.ts";
import { byGuest } from "../../text.ts";
import type { OfVcpu } from "../../citation.ts";
import { exitPrinted, registerWritten } from "../../prints/exits.ts";

/** From non-root mode back to a place where the exit is handled: interrupts that exit, mode, IRQs on. */
export const exits = (ops: VendorOps): readonly Action<State>[] => [
  externalInterrupt(ops),
  modeOutside,
  hostIrq,
  irqsOnAgain,
];

const externalInterrupt = (ops: VendorOps): Action<State> =>
  action("external_interrupt_exit", {
    actor: cpu,
    args: { v: "vcpu" },
    kernel: byGuest("EXIT_REASON_EXTERNAL_INTERRUPT (SVM: SVM_EXIT_INTR)", {
      td: "EXIT_REASON_EXTERNAL_INTERRUPT",
      vmx: "EXIT_REASON_EXTERNAL_INTERRUPT",
      svm: "SVM_EXIT_INTR",
    }),
    source: "timer 2.3, 2.9, 6.3",
    atomic: "the exit is one event of the CPU",
    guard: (s, { v }) => {
      const vcpu = s.vcpu[v];
      return (
        vcpu.pc === "NONROOT" &&
        (exitIrqPending(vcpu) || (vcpu.irq.POSTED_INTR && !ops.processesPosted(vcpu)))
      );
    },
    effect: (d, { v }) => {
      d.vcpu[v].pc = "EXITED";
      d.vcpu[v].exit = "EXTINT";
      d.timer[v].ghost.exited = true;
    },
  });

const modeOutside = action("mode_outside", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): mode = OUTSIDE_GUEST_MODE, smp_wmb()",
  prints: (s, { v }: OfVcpu, _, kind) => [exitPrinted(s, v, kind)],
  source: "timer 2.5 S12",
  atomic: "one store",
  guard: (s, { v }) => s.vcpu[v].pc === "EXITED",
  effect: (d, { v }) => {
    d.vcpu[v].mode = "OUTSIDE";
    d.vcpu[v].rvi = "HIGHEST_IRR";
    d.vcpu[v].pc = "IRQS_ON";
  },
});

const hostIrq = action("host_irq", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "reschedule, POSTED_INTR_VECTOR and call-function IPIs in root mode: nothing to do but ack",
  source: "timer 2.7, 2.5 S14",
  atomic:
    "host hard IRQ; handling several at once is as handling them in a row, since none does anything here",
  guard: (s, { v }) => {
    const { irq } = s.vcpu[v];
    return irqsOn(s.vcpu[v]) && (irq.RESCHEDULE || irq.POSTED_INTR || irq.CALL_FUNCTION);
  },
  effect: (d, { v }) => {
    const { irq } = d.vcpu[v];
    irq.RESCHEDULE = false;
    irq.POSTED_INTR = false;
    irq.CALL_FUNCTION = false;
  },
});

const irqsOnAgain = action("irqs_on", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: "vcpu_enter_guest(): local_irq_enable(); handle_exit()",
  prints: (s, { v }: OfVcpu) => registerWritten(s.vcpu[v]),
  source: "timer 2.5 S14 to S16, 6.5",
  atomic: "pending host IRQs are handled before it is over; the dispatch reads what only this thread writes",
  guard: (s, { v }) => threadAt(s.vcpu[v], "IRQS_ON"),
  effect: (d, { v }) => {
    d.vcpu[v].pc = exitHandlers[d.vcpu[v].exit](d, v);
  },
});

export default exits;
