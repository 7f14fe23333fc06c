import { bool, index, int, oneOf, record, set } from "#check";
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
const message = { dest: oneOf(...destinations), trig: oneOf("EDGE", "LEVEL") } as const;

/** kvm_irq_delivery_to_apic() of one message, in the thread that called it. */
const delivery = record({
  ...message,
  /** Who called it. */
  by: oneOf("NONE", "SIGNAL_MSI", "IRQ_LINE", "IRQFD", "WORK", "ICR"),
  /** The `level` argument of kvm_set_irq() and kvm_set_msi(): the line is asserted, whatever the trigger mode. */
  assert: bool,
  pc: oneOf("IDLE", "ROUTED", "MAP", "ACCEPT", ...posterPcs, "DONE"),
  /** The fast path did not apply: every vCPU is looked at. */
  slow: bool,
  /** The LAPICs that the fast path found in the map. */
  targets: set("vcpu"),
  target: index("vcpu"),
  /** What it returns: how many LAPICs accepted, or -1 where none matched. */
  result: int(-1, 2),
});

/** A GSI that is routed to a message, an irqfd on it, and the thread that delivers. */
export const msi = record({
  /** The entry of kvm->irq_routing. */
  route: record(message),
  /** The copy of it that the irqfd has cached. */
  irqfd: record(message),
  /** Where KVM_SET_GSI_ROUTING stands. */
  routing: oneOf("IDLE", "IRQFDS", "SCAN", "KICK", "WAIT", "SYNC"),
  /** The irqfd's work item is queued. */
  work: bool,
  delivery,
  /** KVM_SET_GSI_ROUTING has returned, and the delivery in flight is by an entry from before it. */
  ghostStale: bool,
});

/** An IPI of vCPU 0 that KVM sends. */
export const ipi = delivery;

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
