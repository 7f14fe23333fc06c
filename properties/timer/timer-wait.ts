import { invariant, step } from "../../models/kvm/state.ts";

export const waitsDoNotCollide = invariant({
  id: "waits-do-not-collide",
  role: "observation",
  statement:
    "A timer callback never waits for the guest's deadline while the vCPU thread waits for it on entry",
  source: "m21; timer 1.13, 9.1 P9",
  claim: "P9",
  kernel: "__kvm_wait_lapic_expire(), from apic_timer_expired() and from vcpu_run()",
  args: { v: "vcpu" },
  antecedent: (s, { v }) => s.timer[v].pc === "WAIT_READ" || s.timer[v].pc === "WAIT_SPIN",
  holds: (s, { v }) => !["WAIT_READ", "WAIT_CLEAR", "WAIT_SPIN"].includes(s.vcpu[v].pc),
});

export const noInterruptBeforeDeadline = step({
  id: "no-interrupt-before-deadline",
  statement:
    "The guest never takes the timer interrupt before its own deadline, although the timer fires early",
  source: "m21; timer 1.13, 9.1 P9: whether a collision does harm",
  claim: "P9",
  kernel: "__kvm_wait_lapic_expire(): expired_tscdeadline",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "guest_take_irq" &&
    args["v"] === v &&
    args["vector"] === "timer" &&
    before.timer[v].advance &&
    before.timer[v].ghost.injections > 0,
  // While the vector is still in PIR, what the guest takes is an older interrupt.
  holds: (before, _, __, { v }) => !before.timer[v].early || before.vcpu[v].pir.timer,
});

export const deadlineIsWaitedForOnce = step({
  id: "deadline-is-waited-for-once",
  statement:
    "Whoever waits for the deadline of an expiry clears it before it spins, so that it is waited for once; an entry that finds none " +
    "goes on",
  source: "timer 1.13",
  kernel: "__kvm_wait_lapic_expire(): expired_tscdeadline = 0",
  args: { v: "vcpu" },
  antecedent: ({ vcpu: before, timer: was }, { vcpu: after, timer }, _, { v }) =>
    (before[v].pc !== after[v].pc && ["WAIT_READ", "WAIT_CLEAR"].includes(before[v].pc)) ||
    (was[v].pc === "WAIT_READ" && timer[v].pc !== "WAIT_READ"),
  holds: ({ vcpu: before, timer: was }, { vcpu: after, timer }, _, { v }) => {
    if (before[v].pc === "WAIT_READ" && before[v].pc !== after[v].pc)
      return (after[v].pc === "WAIT_CLEAR") === was[v].expired;
    return !timer[v].expired;
  },
});
