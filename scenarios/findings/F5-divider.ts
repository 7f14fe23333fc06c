import type { Finding } from "#check";
import { forgetsPeriod } from "./c-one-shot-twice.ts";

const finding: Finding = {
  id: "finding-F5",
  claims: ["F5"],
  statement: "Changing the divider of a one-shot that was delivered delivers it again, at once",
  rating: "open",
  because:
    "the write of TDCR restarts a timer whose period is set, and that of a one-shot is set after it was delivered",
  affects: "every version read, 6.14 to 7.3",
  source: "timer 1.14, 9.4 F5",
  asks: ["kvm/f5-tdcr", "--property", "arming-injected-once"],
  property: "arming-injected-once",
  steps: 36,
  fixes: [
    forgetsPeriod,
    {
      about: "the write of TDCR restarts nothing where a one-shot has no deadline any more",
      flags: ["--set", "tdcrGuard=guarded"],
    },
  ],
  doubt:
    "No guest is known to write TDCR but once before it uses its timer. The reading of 1.14 is of the control flow; a guard " +
    "that was overlooked would make it moot, which is what --set tdcrGuard=guarded stands for.",
  mail: {
    subject: "KVM: x86: lapic: a write of TDCR delivers a finished one-shot again",
    text: [
      "kvm_lapic_reg_write() restarts the timer when the divider changes and lapic_timer.period is not 0, which is so of a " +
        "one-shot long after it was delivered.",
      "Its target_expiration is 0 then, has passed, and the interrupt is injected again.",
      "Clear the period of a one-shot together with target_expiration in kvm_apic_inject_pending_timer_irqs().",
    ],
  },
  reproducer:
    "A guest of ten lines, kvm-unit-tests style: one-shot, wait for its interrupt, write TDCR with another divider, count " +
    "interrupts: 2. Nothing has to be ordered.",
};

export default finding;
