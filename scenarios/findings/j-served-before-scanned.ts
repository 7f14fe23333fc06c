import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-j",
  statement:
    "The in-kernel I/O APIC serves a level-triggered line that is up before it has the new destination scan: a handler " +
    "without an exit ends it first, the EOI is not intercepted, and remote_irr stays",
  rating: "open",
  because:
    "ioapic_write_indirect() calls ioapic_service() and requests the scan then, as in every version read",
  affects: "every version read, 6.14 to 7.3; VMX, AVIC, and emulated APICs, which ask the same bits",
  source: "irqchip 2.8, 3.1",
  asks: [
    "kvm/ioapic-scan",
    "--guest",
    "vmx",
    "--set",
    "irqchip=kernel",
    "--property",
    "remote-irr-not-stuck",
  ],
  property: "remote-irr-not-stuck",
  steps: 11,
  fixes: [
    {
      about:
        "ioapic_write_indirect() requests the scan, waits for it, and serves the pin then, as kvm_set_ioapic() does",
      flags: [
        "--change",
        "other_vcpu_writes_entry without pin.pc, pin.remoteIrr, ioapic.locked",
        "--change",
        "other_vcpu_writes_entry set scan.thenServe: true",
        "--change",
        "ioapic_write_indirect set scan.thenServe: after.scan.waiting && after.pin.pc != IDLE",
        "--change",
        "ioapic_write_indirect set pin.remoteIrr: after.scan.thenServe ? pin.remoteIrr : after.pin.remoteIrr",
        "--change",
        "ioapic_write_indirect set pin.pc: after.scan.thenServe ? IDLE : after.pin.pc",
      ],
    },
  ],
  doubt:
    "Linux masks an entry before it changes it, and so never meets this; firmware or another guest that writes the low dword " +
    "of an unmasked entry does. ioapic->lock is held with interrupts on, so that the window is as long as what interrupts the " +
    "writer. A write by the destination's own vCPU is safe: it scans before it enters its guest.",
  mail: {
    subject: "KVM: x86: ioapic: a pending level interrupt is injected before its new destination scans",
    text: [
      "ioapic_write_indirect() calls ioapic_service() for a line that is up before kvm_make_scan_ioapic_request_mask().",
      "If the new destination runs with APICv, or its handler makes no exit, it can take and end the interrupt before it has " +
        "scanned; the EOI is not intercepted and remote_irr stays set for good.",
      "Make the scan request first, as kvm_set_ioapic() does.",
    ],
  },
  reproducer:
    "mdelay() in ioapic_write_indirect() behind ioapic_service(); a selftest with two vCPUs and APICv: userspace holds the " +
    "pin up, vCPU 0 writes the low dword of its entry with a new vector and vCPU 1 as destination, the handler on vCPU 1 " +
    "lowers the line through shared memory and writes EOI. Then KVM_GET_IRQCHIP has remote_irr. Without the delay user space " +
    "can only make the writer be interrupted there.",
};

export default finding;
