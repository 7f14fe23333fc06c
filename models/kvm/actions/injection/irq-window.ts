import { irqPending, irqWindowOpen } from "../../predicates.ts";
import { byGuest } from "../../text.ts";
import { action, cpu } from "../../state.ts";
import { leave } from "../../leave.ts";

/** An interrupt that could not be injected makes the guest exit as soon as it can take one. */
export default action("interrupt_window_exit", {
  actor: cpu,
  args: { v: "vcpu" },
  kernel: byGuest("EXIT_REASON_INTERRUPT_WINDOW (SVM: SVM_EXIT_VINTR): KVM_REQ_EVENT", {
    vmx: "EXIT_REASON_INTERRUPT_WINDOW: handle_interrupt_window(), KVM_REQ_EVENT",
    svm: "SVM_EXIT_VINTR: interrupt_window_interception(), KVM_REQ_EVENT",
  }),
  source: "irqchip 5.3 step 3",
  atomic:
    "the exit is one event of the CPU; what its handler stores only this thread reads before the next entry",
  guard: (s, { v }) => s.vcpu[v].pc === "NONROOT" && !irqPending(s.vcpu[v]) && irqWindowOpen(s.vcpu[v]),
  effect: (d, { v }) => {
    d.vcpu[v].irqWindow = false;
    d.vcpu[v].req.EVENT = true;
    leave(d, v, "IRQ_WINDOW");
  },
});
