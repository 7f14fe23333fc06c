import { about, bool, index, int, oneOf, record, set } from "#check";
import { posterPcs } from "./state-poster.ts";

/** What drives the line: a device of userspace's, and a second one, which in some worlds is an irqfd with a resampler. */
export const sources = ["a", "b"] as const;
/** One of them. */
export type Source = (typeof sources)[number];

export const pin = about(
  "A pin of the I/O APIC, the kernel's or userspace's, and what is on it. It is above 15, so that the PIC has no part in what kvm_set_irq() answers.",
  record({
    level: about("redirtbl: trig_mode is level.", bool),
    masked: about("redirtbl: the mask bit.", bool),
    dest: about("The vCPUs that its destination matches: one, or none.", set("vcpu")),
    slow: about("The apic map cannot resolve the destination: every vCPU is looked at, the slow path.", bool),
    remoteIrr: about("redirtbl: remote_irr; served, and the EOI is owed.", bool),
    irr: about(
      "ioapic->irr: the pin's bit; an interrupt that was not delivered yet, or a level that is up.",
      bool,
    ),
    irrDelivered: about(
      "ioapic->irr_delivered: the pin's bit; its edge was delivered while the line stays up.",
      bool,
    ),
    sources: about(
      "irq_states: who asserts the line, which is the OR of them.",
      record({
        a: about("The first source asserts it.", bool),
        b: about("The second source asserts it.", bool),
      }),
    ),
    falling: about(
      "A device whose registers are mapped has been quieted, and its thread is about to lower the line.",
      bool,
    ),
    shared: about("Two devices of userspace's share the line; else there is one.", bool),
    routed: about("Split: the pin's GSI is routed to the MSI that the entry says.", bool),
    refused: about("Split: KVM_SET_GSI_ROUTING answered -EINVAL.", bool),
    pc: about(
      "Where the thread that delivers its interrupt stands; it holds the I/O APIC's lock until it is IDLE again.",
      oneOf("IDLE", ...posterPcs),
    ),
    target: about("The vCPU that thread delivers to.", index("vcpu")),
    status: about(
      "The status that the last KVM_IRQ_LINE_STATUS gave, in worlds that ask for it.",
      int(-1, 1),
    ),
    checked: about(
      "The devices that the guest's handler has looked at since it took the interrupt.",
      record({
        a: about("It has looked at the first.", bool),
        b: about("It has looked at the second.", bool),
      }),
    ),
    acking: about(
      "The guest has ended its interrupt in the LAPIC, and is telling the I/O APIC of it, or has its handler yet to go on.",
      oneOf("NONE", "EDGE", "LEVEL", "HANDLER"),
    ),
    lazyEoi: about(
      "ioapic_set_irq() that completes an EOI by itself, as no kernel has it: where the thread stands in its ack notifiers.",
      oneOf("IDLE", "NOTIFY", "SET_IRQ", "COMPLETE"),
    ),
    ghostServed: about("Interrupts of this pin that the guest has done with, at most two.", int(0, 2)),
    ghostUnaccepted: about("remote_irr was set for an interrupt that no LAPIC accepted.", bool),
  }),
);

export const scan = about(
  "kvm_make_vcpus_request_mask(KVM_REQ_SCAN_IOAPIC) in the thread that changed a route or an entry of the table.",
  record({
    pc: about("Where that thread stands.", oneOf("IDLE", "REQUEST", "MODE", "IPI", "WAIT")),
    waiting: about(
      "The thread waits for it, and holds the lock under which it changed what is scanned.",
      bool,
    ),
    thenServe: about("Split: userspace serves the pin once KVM_SET_GSI_ROUTING has returned.", bool),
    todo: about("The vCPUs that are still to be requested.", set("vcpu")),
    ipi: about("The vCPUs that need the IPI.", set("vcpu")),
  }),
);

export const resample = about(
  "An irqfd with KVM_IRQFD_FLAG_RESAMPLE on the pin, and the device behind it: VFIO's INTx.",
  record({
    assigned: about("KVM_IRQFD was accepted.", bool),
    refused: about("KVM_IRQFD answered -EINVAL.", bool),
    intx: about("The device asserts its INTx.", bool),
    masked: about(
      "VFIO masks the device when it signals the eventfd, until the resamplefd is signalled.",
      bool,
    ),
    queued: about("The irqfd's work item is queued: irqfd_inject().", bool),
  }),
);

export const test = about(
  "Where a test program of the I/O APIC stands.",
  record({
    main: about("The next instruction of its main part.", int(0, 7)),
    handler: about("The next instruction of its handler, while one runs.", int(0, 7)),
    inHandler: about("Its handler runs.", bool),
    taken: about("Interrupts that its handler has counted.", int(0, 3)),
    remoteIrr: about("The Remote IRR bit that it read last.", bool),
  }),
);

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
    lazyEoi: "IDLE",
    ghostServed: 0,
    ghostUnaccepted: false,
  },
  scan: { pc: "IDLE", waiting: false, thenServe: false, todo: 0, ipi: 0 },
  resample: { assigned: false, refused: false, intx: false, masked: false, queued: false },
  test: { main: 0, handler: 0, inHandler: false, taken: 0, remoteIrr: false },
} as const;
