import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-F4",
  claims: ["F4"],
  statement:
    "A one-shot that has expired is started again as periodic if the guest switches the mode while the callback runs on " +
    "another CPU: the switch does not wait for it, and its tail reads timer_mode anew",
  rating: "open",
  because: "apic_update_lvtt() cancels the hrtimer only for a switch into or out of TSC-deadline mode",
  affects: "every version read, 6.14 to 7.3, with nohz_full; never with the VMX preemption timer",
  source: "timer 1.2, 9.4 F4",
  asks: [
    "kvm/f4-mode-switch",
    "--never",
    "before.timer[0].ghost.switched && after.timer[0].hr == ENQUEUED",
    "--after",
    "fn_return",
  ],
  property: "never",
  steps: 37,
  fixes: [
    {
      about:
        "apic_update_lvtt() waits for a callback that runs, without cancelling, before it stores the new mode",
      flags: ["--change", "lvtt_set_mode when timer[v].hr != CALLBACK"],
      gives: { "mode-switch-restarts-nothing": "with the wait no callback is left that a switch could meet" },
    },
  ],
  doubt:
    "Linux switches modes with the timer stopped. That the switch must not cancel is what dedf9c5e2169 (4.15) is about, so a " +
    "plain hrtimer_cancel() would bring back another bug. What hardware does to a count that has just ended as the mode is " +
    "switched is not written down.",
  mail: {
    subject: "KVM: x86: lapic: a switch from one-shot to periodic restarts a timer that has expired",
    text: [
      "apic_timer_fn() reads the mode after it has delivered, and LVTT writes between one-shot and periodic do not " +
        "synchronize with it.",
      "With the hrtimer on a housekeeping CPU, a guest that makes its expired one-shot periodic gets ticks that it never " +
        "armed.",
      "Wait for the callback in apic_update_lvtt(), or have apic_timer_fn() read the mode once.",
    ],
  },
  reproducer:
    "nohz_full for the vCPU's CPU, kvm_intel.preemption_timer=0, mdelay() in apic_timer_fn() before lapic_is_periodic(); a " +
    "guest arms a one-shot, and writes LVTT with the periodic bit at the moment it expires. Ticks without a write of TMICT " +
    "are the bug. Without the delay user space can only sweep the moment of the write.",
};

export default finding;
