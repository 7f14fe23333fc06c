import type { Action } from "#check";
import type { VendorOps } from "../../ops.ts";
import { action, type State } from "../../state.ts";
import { posterActions } from "../posting/poster.ts";
import { accepts } from "../../prints/delivery.ts";
import { sends } from "../../prints/messages.ts";

const actor = "irqfd";

/** An edge-triggered message of another device, which has nothing to do with the pin but to be posted beside it. */
export const otherMessage = (ops: VendorOps): readonly Action<State>[] => [
  action("other_message", {
    actor,
    kernel: "irqfd_wakeup(): kvm_arch_set_irq_inatomic() of another device's message to vCPU 0",
    prints: () => [sends("msi", ["0", "EDGE"]), accepts(0, "msi")],
    source: "irqchip 7.1, 7.4",
    atomic: "the eventfd is signalled at any moment",
    guard: (s) => s.device.pc === "IDLE",
    effect: (d) => {
      d.device.pc = ops.deliverFrom;
    },
  }),
  ...posterActions({
    name: "other",
    actor,
    vector: "msi",
    caller: "irqchip 7.4",
    at: (s, v, pc) => s.device.pc === pc && v === 0,
    go: (d, _, pc) => {
      d.device.pc = pc;
    },
    done: (d) => {
      d.device.pc = "IDLE";
    },
    accepted: () => {},
  }),
];
