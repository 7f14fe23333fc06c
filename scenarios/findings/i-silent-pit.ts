import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-i",
  claims: ["F7"],
  statement:
    "Switching re-injection off and on again may leave the in-kernel PIT of an ordinary guest silent: a worker that both " +
    "calls overtake eats the irq_ack of the reset, and its own EOI comes before there is an ack notifier",
  rating: "open",
  because: "kvm_pit_set_reinject() resets first and registers the notifiers then, in every version read",
  affects: "every version read, 6.14 to 7.3",
  source: "irqchip 1.6, 4",
  asks: ["kvm/pit-control", "--guest", "vmx", "--property", "pit-waits-for-an-eoi-that-comes"],
  property: "pit-waits-for-an-eoi-that-comes",
  steps: 44,
  fixes: [
    {
      about: "kvm_pit_set_reinject() registers the notifiers first and resets last",
      flags: [
        "--change",
        "KVM_REINJECT_CONTROL set pit.control: after.pit.control == RESET ? NOTIFIERS : after.pit.control",
        "--change",
        "pit_control_wait set pit.control: pit.controlOn ? RESET : STORE",
        "--change",
        "pit_control_reset_ack set pit.control: STORE",
      ],
    },
    {
      about:
        "switching re-injection off ends with kthread_flush_work(), so that no worker is left that read it as on",
      flags: ["--change", "pit_control_store when pit.controlOn || pit.worker == IDLE"],
    },
  ],
  doubt:
    "The worker has to stand between two instructions across both ioctls, the first of which waits for two grace periods of " +
    "SRCU, and QEMU never switches re-injection on again. It is a hole in an argument, not a bug that anybody has met.",
  mail: {
    subject: "KVM: x86: i8254: KVM_REINJECT_CONTROL off and on may silence the PIT",
    text: [
      "kvm_pit_set_reinject(on) sets irq_ack before the ack notifier is registered, and a pit_do_work() that read reinject " +
        "before the preceding 'off' may take it and inject.",
      "The EOI of that interrupt is seen by nobody, so that irq_ack stays 0 and every later tick waits, until the PIT is " +
        "loaded anew.",
      "Register the notifiers first and reset last, or flush the worker when re-injection is switched off.",
    ],
  },
  reproducer:
    "mdelay() in pit_do_work() between atomic_read(&reinject) and atomic_xchg(&irq_ack); a selftest guest loads channel 0 in " +
    "mode 2 and counts, userspace calls KVM_REINJECT_CONTROL with 0 and 1 during the delay. Without it user space cannot " +
    "order the worker, a kthread of normal priority, against the two calls but by luck.",
};

export default finding;
