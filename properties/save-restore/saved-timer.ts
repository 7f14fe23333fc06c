import { goesOn, owesExpiry, owesTimer } from "../../models/kvm/saved.ts";
import { invariant, step } from "../../models/kvm/state.ts";

export const savedStateOwesTimer = invariant({
  id: "saved-state-owes-timer",
  statement:
    "Of a vCPU that is owed an interrupt of its LAPIC timer, what is saved has its vector in IRR, a deadline, or a count",
  source: "m21; irqchip 6.13 MSRS; timer 9.0 V3",
  kernel: "kvm_apic_get_state(), kvm_get_lapic_tscdeadline_msr()",
  args: { v: "vcpu" },
  antecedent: ({ saved }, { v }) => {
    const { lapic, deadline, ghost } = saved[v];
    return ghost.timer && lapic.is === "SAVED" && deadline.is === "SAVED";
  },
  holds: ({ saved }, { v }) => {
    const { lapic, deadline } = saved[v];
    return lapic.irr.timer || (lapic.timerMode === "TSC_DEADLINE" ? deadline.value !== "ZERO" : lapic.tmict);
  },
});

export const savedTimerIsOwedAfter = step({
  id: "saved-timer-is-owed-after",
  statement:
    "A vCPU that was owed an interrupt of its LAPIC timer as it was saved is owed one as it goes on: in PIR or IRR, " +
    "counted in pending, or with a timer that runs",
  source: "m21; irqchip 6.13 ORDER",
  kernel: "KVM_GET_LAPIC, KVM_GET_MSRS, KVM_SET_LAPIC, KVM_SET_MSRS, KVM_RUN",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => goesOn(before, after) && before.saved[v].ghost.timer,
  holds: (_, after, __, { v }) => owesTimer(after, v),
});

export const savedExpiryIsOwedAfter = step({
  id: "saved-expiry-is-owed-after",
  statement:
    "An expiry that was counted in pending or posted as the vCPU was saved is there as it goes on: nothing has to pass before " +
    "the guest is interrupted",
  source: "irqchip 6.13 LAPIC; timer 1.7",
  kernel: "kvm_apic_get_state(), __start_apic_timer(APIC_TMCCT)",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => goesOn(before, after) && before.saved[v].ghost.expired,
  holds: (_, after, __, { v }) => owesExpiry(after, v),
});

export const savedTimerIsNotOwedAnew = step({
  id: "saved-timer-is-not-owed-anew",
  statement:
    "A vCPU that was owed no interrupt of its LAPIC timer as it was saved is owed none as it goes on",
  source: "irqchip 6.13 LAPIC",
  kernel: "kvm_apic_get_state(), set_target_expiration(APIC_TMCCT)",
  args: { v: "vcpu" },
  antecedent: (before, after, _, { v }) => goesOn(before, after) && !before.saved[v].ghost.timer,
  holds: (_, after, __, { v }) => !owesTimer(after, v),
});

export const restoredDeadlineMeetsItsTsc = invariant({
  id: "restored-deadline-meets-its-tsc",
  statement:
    "A deadline that userspace restores is compared with the guest's own TSC: the timer is set neither too late nor to expire " +
    "before its time",
  source: "irqchip 6.13 MSRS",
  kernel: "start_sw_tscdeadline(), start_hv_timer(): kvm_read_l1_tsc()",
  args: { v: "vcpu" },
  antecedent: ({ saved }, { v }) => saved[v].deadline.comparedAs !== "NOT_YET",
  holds: ({ saved }, { v }) => saved[v].deadline.comparedAs === "RIGHT",
});
