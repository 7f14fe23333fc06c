import { bool, index, int, oneOf, record, set } from "#check";
import { posterPcs } from "./state-poster.ts";

/** What drives the line: a device of userspace's, and a second one, which in some worlds is an irqfd with a resampler. */
export const sources = ["a", "b"] as const;
/** One of them. */
export type Source = (typeof sources)[number];

/**
 * A pin of the I/O APIC, the kernel's or userspace's, and what is on it. It is above 15, so that the PIC has no part in
 * what kvm_set_irq() answers.
 */
export const pin = record({
  /** redirtbl: trig_mode is level. */
  level: bool,
  masked: bool,
  /** The vCPUs that its destination matches: one, or none. */
  dest: set("vcpu"),
  /** The apic map cannot resolve the destination: every vCPU is looked at, the slow path. */
  slow: bool,
  /** redirtbl: remote_irr; served, and the EOI is owed. */
  remoteIrr: bool,
  irr: bool,
  irrDelivered: bool,
  /** irq_states: who asserts the line, which is the OR of them. */
  sources: record({ a: bool, b: bool }),
  /** A device whose registers are mapped has been quieted, and its thread is about to lower the line. */
  falling: bool,
  /** Two devices of userspace's share the line; else there is one. */
  shared: bool,
  /** Split: the pin's GSI is routed to the MSI that the entry says. */
  routed: bool,
  /** Split: KVM_SET_GSI_ROUTING answered -EINVAL. */
  refused: bool,
  /** Where the thread that delivers its interrupt stands; it holds the I/O APIC's lock until it is IDLE again. */
  pc: oneOf("IDLE", ...posterPcs),
  target: index("vcpu"),
  /** The status that the last KVM_IRQ_LINE_STATUS gave, in worlds that ask for it. */
  status: int(-1, 1),
  /** The devices that the guest's handler has looked at since it took the interrupt. */
  checked: record({ a: bool, b: bool }),
  /** The guest's handler has ended its interrupt in the LAPIC, and is telling the I/O APIC of it. */
  acking: oneOf("NONE", "EDGE", "LEVEL"),
  /** Interrupts of this pin that the guest has done with, at most two. */
  ghostServed: int(0, 2),
  /** remote_irr was set for an interrupt that no LAPIC accepted. */
  ghostUnaccepted: bool,
});

/** kvm_make_vcpus_request_mask(KVM_REQ_SCAN_IOAPIC) in the thread that changed a route or an entry of the table. */
export const scan = record({
  pc: oneOf("IDLE", "REQUEST", "MODE", "IPI", "WAIT"),
  /** The thread waits for it, and holds the lock under which it changed what is scanned. */
  waiting: bool,
  /** Split: userspace serves the pin once KVM_SET_GSI_ROUTING has returned. */
  thenServe: bool,
  /** The vCPUs that are still to be requested, and those that need the IPI. */
  todo: set("vcpu"),
  ipi: set("vcpu"),
});

/** An irqfd with KVM_IRQFD_FLAG_RESAMPLE on the pin, and the device behind it: VFIO's INTx. */
export const resample = record({
  /** KVM_IRQFD was accepted. */
  assigned: bool,
  /** KVM_IRQFD answered -EINVAL. */
  refused: bool,
  /** The device asserts its INTx. */
  intx: bool,
  /** VFIO masks the device when it signals the eventfd, until the resamplefd is signalled. */
  masked: bool,
  /** The irqfd's work item is queued: irqfd_inject(). */
  queued: bool,
});

/** Where a test program of the I/O APIC stands. */
export const test = record({
  /** The next instruction of its main part, and of its handler while one runs. */
  main: int(0, 7),
  handler: int(0, 7),
  inHandler: bool,
  /** Interrupts that its handler has counted. */
  taken: int(0, 3),
  /** The Remote IRR bit that it read last. */
  remoteIrr: bool,
});

/** These parts before anything has booted: an entry of the table is edge-triggered and masked after reset. */
export const pinPowerOn = {
  pin: {
    level: false,
    masked: true,
    dest: 0,
    slow: false,
    remoteIrr: false,
    irr: false,
    irrDelivered: false,
    sources: { a: false, b: false },
    falling: false,
    shared: false,
    routed: false,
    refused: false,
    pc: "IDLE",
    target: 0,
    status: 0,
    checked: { a: false, b: false },
    acking: "NONE",
    ghostServed: 0,
    ghostUnaccepted: false,
  },
  scan: { pc: "IDLE", waiting: false, thenServe: false, todo: 0, ipi: 0 },
  resample: { assigned: false, refused: false, intx: false, masked: false, queued: false },
  test: { main: 0, handler: 0, inHandler: false, taken: 0, remoteIrr: false },
} as const;
