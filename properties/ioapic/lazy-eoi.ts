import { leadsTo, strong, weak } from "../../models/kvm/state.ts";

export const setIrqReturns = leadsTo({
  id: "set-irq-returns",
  statement: "A call of ioapic_set_irq() returns in the end, also where it completes an EOI by itself",
  source: "irqchip 3.10, 3.8",
  kernel: "ioapic_set_irq(), kvm_notify_acked_irq(), irqfd_resampler_ack(), kvm_set_irq()",
  fairness: [
    weak({ each: "action" }),
    strong({
      action: [
        "vm_enter",
        "guest_take_level",
        "guest_check_device",
        "guest_eoi_level",
        "userspace_lower_line",
      ],
      each: "action",
    }),
  ],
  from: ({ pin }) => pin.pc !== "IDLE" || pin.lazyEoi !== "IDLE",
  to: ({ pin }) => pin.pc === "IDLE" && pin.lazyEoi === "IDLE",
});
