import type { Finding, Fix } from "#check";

/** What mends a wake-up that a migration loses, whoever posts. */
export const onIfSuppressed: Fix = {
  about: "vmx_vcpu_pi_load() sets ON for a PIR that is not empty only where SN was set, migrated or not",
  flags: ["--set", "piLoad=if-suppressed"],
};

const finding: Finding = {
  id: "finding-a",
  statement:
    "A vCPU that is preempted on its way to sleep and loaded on another pCPU sleeps through an interrupt whose sender stands " +
    "between PIR and ON, and through all that are posted after it",
  rating: "open",
  because: "the code of the 7.3 cycle does it, and vt_vcpu_pi_load() of linux-next (September 2026) as well",
  affects: "every version read, 5.12 to 7.3; by its text since c112b5f50232 (5.0)",
  source: "timer 2.10, 2.11",
  asks: ["kvm/block", "--property", "halted-vcpu-wakes-for-vector"],
  property: "halted-vcpu-wakes-for-vector",
  steps: 22,
  fixes: [onIfSuppressed],
  doubt:
    "The host must be preemptible, the VM without posted interrupts of the IOMMU, and the guest a TD or one without IPI " +
    "virtualization. A pending timer, another request or a signal ends the sleep, so a guest with a tick loses time, not " +
    "itself. The model has sequential consistency; both sides of the race have locked instructions.",
  mail: {
    subject: "KVM: VMX: lost wakeup if a blocking vCPU migrates while a posted interrupt is being delivered",
    text: [
      "After a migration vmx_vcpu_pi_load() sets PID.ON for any PIR that is not empty, also if SN was clear and a sender is " +
        "between pi_test_and_set_pir() and pi_test_and_set_on().",
      "If the vCPU task was preempted behind its last kvm_vcpu_check_block(), it goes on to schedule(), while the sender " +
        "finds ON set and wakes nobody, as does every sender after it.",
      "Setting ON only if SN was set, as the path without migration does, closes the hole; the sender of 33fd0ccd2590 " +
        "(7.1) stands at the same place.",
    ],
  },
  reproducer:
    "mdelay() in __vmx_deliver_posted_interrupt() between the two bitops, and another in kvm_vcpu_block() before schedule(); " +
    "a selftest guest halts with interrupts on, one thread sends KVM_SIGNAL_MSI, another moves the vCPU thread with " +
    "sched_setaffinity(); the handler must run within a second. Without the delays user space cannot order the sender's two " +
    "bitops around the migration: it can only make both preemptible (CONFIG_PREEMPT, SCHED_IDLE for the sender) and repeat.",
};

export default finding;
