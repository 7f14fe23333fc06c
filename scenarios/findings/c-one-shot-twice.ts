import type { Finding, Fix } from "#check";

/** Where a LAPIC timer's interrupt is injected, the change that has a one-shot forget its period. */
const forgets = (action: string): readonly string[] => [
  "--change",
  `${action} set timer[v].period: timer[v].period && after.timer[v].deadline`,
];

/** What keeps a one-shot that was injected from being started again. */
export const forgetsPeriod: Fix = {
  about:
    "kvm_apic_inject_pending_timer_irqs() sets period to 0 with target_expiration, if the timer is one-shot",
  flags: ["expired_inject_if_apicv", "inject_pending_timer"].flatMap(forgets),
};

const finding: Finding = {
  id: "finding-c",
  statement:
    "A one-shot whose deadline passes as its vCPU halts is injected twice: kvm_lapic_switch_to_hv_timer() starts it again, " +
    "since its period is still set and its target_expiration, now 0, has passed",
  rating: "benign",
  because:
    "both posts come in vcpu_block() with no entry between them, so that the guest takes one interrupt",
  affects: "every version read with the VMX preemption timer, 6.14 to 7.3",
  source: "timer 1.9, 1.10",
  asks: ["kvm/hv-timer", "--guest", "vmx", "--property", "arming-injected-once"],
  property: "arming-injected-once",
  steps: 39,
  fixes: [forgetsPeriod],
  doubt:
    "Whether anything reads the period of a one-shot that was delivered: TMCCT is 0 either way, and KVM_GET_LAPIC takes it " +
    "from there. What makes it harmless, arming-taken-once, is asked in the same world and holds.",
  mail: {
    subject: "KVM: x86: a delivered one-shot still counts as armed",
    text: [
      "kvm_apic_inject_pending_timer_irqs() clears target_expiration of a one-shot and leaves its period, which is what " +
        "start_sw_period() takes for armed.",
      "So kvm_lapic_switch_to_hv_timer() after a halt injects it a second time, which merges in the IRR, and a write of " +
        "TDCR does so visibly (finding-F5).",
      "Clearing the period as well mends both.",
    ],
  },
  reproducer:
    "A one-shot of some microseconds, then HLT, with a tracepoint on kvm_apic_accept_irq: two of the timer's vector for one " +
    "arming. The deadline has to pass between the exit and start_sw_period(), which user space can only hit by sweeping the " +
    "count; no delay is needed for that, and the guest sees nothing.",
};

export default finding;
