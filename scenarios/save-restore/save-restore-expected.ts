import type { Expectation, Where } from "../expectation.ts";
import { direct, each } from "../timer/timer-modes-columns.ts";

const tscDeadline: Where = { timerMode: "tsc-deadline" };
const toNewVm: Where = { ...tscDeadline, restoredTo: "new-vm" };

/** Where the hrtimer runs while the vCPU is paused. */
const hrtimer: readonly Where[] = [{ guest: ["avic", "svm-sw"] }, { preemptionTimer: "off" }];

/** Where m21's proposal loses the timer. */
const lost = hrtimer.map((where): Where => ({
  ...where,
  ...direct,
  ...tscDeadline,
  saveOrder: ["any", "lapic-first"],
}));

const because = "the callback between the two delivers, and clears tscdeadline: neither has it";

/** Where a callback elsewhere posts, and KVM_GET_LAPIC finds PIR set and ON not. */
const unsynced: Where = { ...direct, guest: "vmx", preemptionTimer: "off", nohzFull: "on" };

const notSynced = ["saved-expiry-is-owed-after", "saved-vectors-are-pending-after"].flatMap((property) =>
  each(
    [{ timerMode: "periodic" }, { ...tscDeadline, saveOrder: ["any", "lapic-first"] }],
    {
      property,
      verdict: "violated",
      because:
        "the callback stands between PIR and ON: sync_pir_to_irr() finds ON clear, and the vector is not saved",
    },
    unsynced,
  ),
);

/** What irqchip 6.13 and m21 lead one to expect; first match counts. */
export const saveRestoreExpected: readonly Expectation[] = [
  ...notSynced,
  ...each(lost, { property: "saved-state-owes-timer", verdict: "violated", because }),
  { property: "saved-state-owes-timer", verdict: "holds" },

  ...each(lost, { property: "saved-timer-is-owed-after", verdict: "violated", because }),
  {
    property: "saved-timer-is-owed-after",
    where: { ...toNewVm, restoreOrder: ["deadline-before-lapic", "any"] },
    verdict: "violated",
    because: "a new vCPU is in one-shot mode, in which the deadline is ignored",
  },
  { property: "saved-timer-is-owed-after", verdict: "holds" },

  ...each(
    hrtimer,
    {
      property: "saved-expiry-is-owed-after",
      verdict: "violated",
      because: "a tick counted in pending is in nothing that is saved",
    },
    { timerMode: "periodic", timerDelivery: "pending" },
  ),
  ...each(
    hrtimer,
    {
      property: "saved-expiry-is-owed-after",
      verdict: "violated",
      because: "the deadline is ignored, or found ahead of a TSC that starts near 0",
    },
    {
      ...toNewVm,
      timerDelivery: "pending",
      restoreOrder: ["deadline-before-lapic", "deadline-before-tsc", "any"],
    },
  ),
  { property: "saved-expiry-is-owed-after", verdict: "holds" },

  {
    property: "saved-timer-is-not-owed-anew",
    where: { timerMode: "oneshot" },
    verdict: "violated",
    because: "TMICT is set and TMCCT 0 of a one-shot that was delivered, as of one that has just expired",
  },
  { property: "saved-timer-is-not-owed-anew", verdict: "holds" },

  {
    property: "restored-deadline-meets-its-tsc",
    where: { timerMode: ["oneshot", "periodic"] },
    verdict: "vacuous",
    because: "there is no deadline",
  },
  {
    property: "restored-deadline-meets-its-tsc",
    where: { restoredTo: "new-vm", restoreOrder: "deadline-before-lapic" },
    verdict: "vacuous",
    because: "the deadline is ignored",
  },
  {
    property: "restored-deadline-meets-its-tsc",
    where: { restoredTo: "new-vm", restoreOrder: ["deadline-before-tsc", "any"] },
    verdict: "violated",
    because: "the TSC of a new vCPU is not the guest's before IA32_TSC is written",
  },
  { property: "restored-deadline-meets-its-tsc", verdict: "holds" },

  ...["saved-vectors-are-pending-after", "saved-handlers-run-on", "expiry-not-delayed-past-entry"].map(
    (property) => ({ property, verdict: "holds" }) as const,
  ),
];
