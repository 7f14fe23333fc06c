import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-n",
  statement:
    "With a split irqchip a signal between the exit of an EOI and the next entry leaves pending_ioapic_eoi to the next KVM_RUN. " +
    "Nothing that is saved has it: moved to a new VM, remote_irr stays set in userspace's table and the line is dead",
  rating: "open",
  because:
    "neither the request nor the vector is in what KVM_GET_LAPIC, KVM_GET_VCPU_EVENTS or any other ioctl gives",
  affects: "every version read, 6.14 to 7.3; split irqchips, with APICv and without",
  source: "irqchip 6.13 IRQCHIP, 3.4",
  asks: [
    "kvm/save-restore-pin",
    "--guest",
    "vmx",
    "--set",
    "irqchip=split",
    "--set",
    "pausedBy=signal",
    "--property",
    "level-line-served",
  ],
  property: "level-line-served",
  steps: 41,
  fixes: [
    {
      about:
        "vcpu_run() does not return for a signal before vcpu_enter_guest() has told userspace of the EOI that is pending",
      flags: [
        "--change",
        "exit_on_signal set vcpu[v].pc: vcpu[v].req.IOAPIC_EOI_EXIT ? REQUESTS : USER",
        "--change",
        "exit_on_signal set vcpu[v].signal: vcpu[v].req.IOAPIC_EOI_EXIT",
      ],
    },
  ],
  doubt:
    "A VMM that enters the guest once more before it saves is told of the EOI; KVM_RUN with immediate_exit returns -EINTR before " +
    "it looks, so that this does not help. A VMM that clears remote_irr of a level-triggered entry as it restores, and has each " +
    "device raise its line again, gets one interrupt too many and loses none.",
  mail: {
    subject: "KVM: x86: split irqchip: an EOI is lost to userspace if its vCPU is paused and moved",
    text: [
      "kvm_ioapic_send_eoi() leaves the vector in pending_ioapic_eoi and makes KVM_REQ_IOAPIC_EOI_EXIT, which the next " +
        "vcpu_enter_guest() turns into KVM_EXIT_IOAPIC_EOI; a signal that comes first has vcpu_run() return -EINTR.",
      "Neither the request nor the vector is in anything that is saved: in the VM that is restored the EOI was made, remote_irr " +
        "is set in userspace's I/O APIC, and the level-triggered line never interrupts again.",
      "Serve that request before the signal, or give userspace a way to read what is pending.",
    ],
  },
  reproducer:
    "A selftest with KVM_CAP_SPLIT_IRQCHIP and a level-triggered route: the guest's handler writes EOI, and a signal is pending " +
    "by then: KVM_RUN returns -EINTR, not KVM_EXIT_IOAPIC_EOI. KVM_GET_LAPIC has the vector in neither IRR nor ISR; write it to a " +
    "new VM and run that: KVM_EXIT_IOAPIC_EOI never comes. The signal has to come within the exit of the EOI, which userspace can't " +
    "order: it needs a delay after handle_apic_eoi_induced() or very many tries.",
};

export default finding;
