import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-g",
  claims: ["F2"],
  statement:
    "One KVM_INTERRUPT on the boot vCPU of a TD sets interrupt.injected for ever: no NMI is handed to that vCPU any more, and " +
    "the next one makes tdx_vcpu_run() warn",
  rating: "open",
  because:
    "kvm_vcpu_ioctl_interrupt() has no test of guest_apic_protected, and nothing on a TD's path clears the queue",
  affects: "6.16 to 7.3, each version with TDs",
  source: "timer 4.8, 9.4 F2",
  asks: ["kvm/f2-extint", "--property", "nmi-handed-over-before-entry"],
  property: "nmi-handed-over-before-entry",
  steps: 31,
  fixes: [
    {
      about: "kvm_vcpu_ioctl_interrupt() refuses a vCPU with guest_apic_protected",
      flags: ["--set", "extInt=refused"],
      gives: {
        "acknowledged-extint-reaches-guest": "no vector is acknowledged any more, where one was lost before",
        "posted-interrupt-works-after-lost-extint": "no vector is lost any more",
      },
    },
  ],
  doubt:
    "No VMM with TDs is known to use KVM_INTERRUPT on them. KVM_SET_VCPU_EVENTS and the bitmap of KVM_SET_SREGS are two more " +
    "ways to set the queue, which the fix has to refuse as well: ask kvm/f2-extint with --set vcpuEvents=sets-injected.",
  mail: {
    subject: "KVM: TDX: KVM_INTERRUPT blocks all NMIs of a TD vCPU",
    text: [
      "KVM_INTERRUPT on a TD's vCPU with LVT0 unmasked leaves arch.interrupt.injected set for ever, since neither " +
        "vt_inject_irq() nor vt_cancel_injection() does anything for a TD.",
      "From then on NMIs of that vCPU are never injected, ready_for_interrupt_injection stays 0, and the next NMI hits " +
        "WARN_ON_ONCE(run_flags) in tdx_vcpu_run().",
      "Refuse KVM_INTERRUPT, and interrupt.injected in KVM_SET_VCPU_EVENTS, if guest_apic_protected.",
    ],
  },
  reproducer:
    "A TDX selftest: split irqchip, KVM_INTERRUPT before the first KVM_RUN of the boot vCPU, KVM_NMI, KVM_RUN; the guest's " +
    "handler never runs and dmesg has the WARN. User space orders all of it.",
};

export default finding;
