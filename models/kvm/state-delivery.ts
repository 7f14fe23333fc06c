import { about, bool, index, int, oneOf, record, set } from "#check";
import { posterPcs } from "./state-poster.ts";

/**
 * Where a message goes: the physical id of a vCPU, or one that nobody has; the ids that may mean everybody; a mask of
 * logical ids; a shorthand, of IPIs only.
 */
export const destinations = [
  "0",
  "1",
  "2",
  "0xff",
  "0xffffffff",
  "LOGICAL_1",
  "LOGICAL_2",
  "LOGICAL_3",
  "SELF",
  "ALL",
  "OTHERS",
] as const;
/** One of them. */
export type Destination = (typeof destinations)[number];

/** What a message says: its destination, and the trigger mode that its data carries. */
const message = {
  dest: about("The destination: a physical id, a mask of logical ids, a shorthand.", oneOf(...destinations)),
  trig: about("The trigger mode that its data carries.", oneOf("EDGE", "LEVEL")),
} as const;

const delivery = about(
  "kvm_irq_delivery_to_apic() of one message, in the thread that called it.",
  record({
    ...message,
    by: about("Who called it.", oneOf("NONE", "SIGNAL_MSI", "IRQ_LINE", "IRQFD", "WORK", "ICR")),
    assert: about(
      "The `level` argument of kvm_set_irq() and kvm_set_msi(): the line is asserted, whatever the trigger mode.",
      bool,
    ),
    pc: about(
      "Where the thread that delivers stands.",
      oneOf("IDLE", "ROUTED", "MAP", "ACCEPT", ...posterPcs, "DONE"),
    ),
    slow: about("The fast path did not apply: every vCPU is looked at.", bool),
    targets: about("The LAPICs that the fast path found in the map.", set("vcpu")),
    target: about("The vCPU that it delivers to.", index("vcpu")),
    result: about("What it returns: how many LAPICs accepted, or -1 where none matched.", int(-1, 2)),
  }),
);

export const msi = about(
  "A GSI that is routed to a message, an irqfd on it, and the thread that delivers.",
  record({
    route: about("The entry of kvm->irq_routing.", record(message)),
    irqfd: about("The copy of it that the irqfd has cached.", record(message)),
    routing: about(
      "Where KVM_SET_GSI_ROUTING stands.",
      oneOf("IDLE", "IRQFDS", "SCAN", "KICK", "WAIT", "SYNC"),
    ),
    work: about("The irqfd's work item is queued.", bool),
    delivery,
    ghostStale: about(
      "KVM_SET_GSI_ROUTING has returned, and the delivery in flight is by an entry from before it.",
      bool,
    ),
  }),
);

export const ipi = about(
  "An IPI of vCPU 0 that KVM sends, as kvm_irq_delivery_to_apic() delivers it.",
  delivery,
);

const noMessage = { dest: "0", trig: "EDGE" } as const;
const noDelivery = {
  ...noMessage,
  by: "NONE",
  assert: false,
  pc: "IDLE",
  slow: false,
  targets: 0,
  target: 0,
  result: 0,
} as const;

/** These parts before anything has booted. */
export const deliveryPowerOn = {
  msi: {
    route: noMessage,
    irqfd: noMessage,
    routing: "IDLE",
    work: false,
    delivery: noDelivery,
    ghostStale: false,
  },
  ipi: noDelivery,
} as const;
