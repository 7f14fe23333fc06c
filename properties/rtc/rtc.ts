import { count, has } from "#check";
import { invariant, step, type State } from "../../models/kvm/state.ts";

/** The vector is in PIR, IRR or ISR of some destination. */
const inFlight = (s: State): boolean => s.vcpu.some(({ pir, irr, isr }) => pir.rtc || irr.rtc || isr.rtc);

const raises = ["KVM_IRQ_LINE_STATUS", "KVM_IRQ_LINE"];

/** The transition in which a KVM_IRQ_LINE_STATUS(8, 1) gets its result. */
const answered = (before: State, after: State, action: string): boolean =>
  action === "rtc_return_status" ||
  (raises.includes(action) && after.rtc.pc === "IDLE" && before.rtc.pc === "IDLE");

const neverFalse = (before: State, after: State): boolean => after.rtc.status !== 0 || inFlight(before);
/** Nothing was added: every destination had the vector already, or the tick was dropped. */
const addsNothing = (before: State, action: string): boolean =>
  action === "rtc_return_status" ? before.rtc.ghostMerged : raises.includes(action);
const neverMissed = (before: State, after: State, { action }: { readonly action: string }): boolean =>
  !(after.rtc.status > 0 && addsNothing(before, action));

const kernel = "ioapic_set_irq(), ioapic_lazy_update_eoi(), rtc_irq_eoi(), kvm_set_msi()";

/** The fixed property for the option that was taken: with a split irqchip no tick is called coalesced that was not. */
export const noRtcCoalescedMisreportUnderSplit = step({
  id: "no-rtc-coalesced-misreport-under-split",
  statement:
    "With a split irqchip KVM_IRQ_LINE_STATUS for the RTC never answers 0 (coalesced) while no destination has the " +
    "vector in PIR, IRR or ISR",
  source: "m3, m5; irqchip 2.9, (c) C5: for C3",
  kernel,
  antecedent: (before, after, { action }) => before.vm.irqchip === "SPLIT" && answered(before, after, action),
  holds: neverFalse,
});

export const rtcStuckAfterFirstTick = step({
  id: "rtc-stuck-after-first-tick",
  role: "observation",
  statement:
    "After the first delivered RTC tick every later KVM_IRQ_LINE_STATUS answers 0, and so drops its tick",
  source: "m3; irqchip 2.9, (c) C1",
  claim: "C1",
  kernel,
  antecedent: (before, after, { action }) => before.rtc.ghostTicked && answered(before, after, action),
  holds: (_, after) => after.rtc.status === 0,
});

export const rtcPendingEoiClearAtSetIrq = step({
  id: "rtc-pending-eoi-clear-at-set-irq",
  role: "observation",
  statement:
    "With APICv active, pending_eoi of the RTC is 0 again whenever ioapic_set_irq() has run its lazy check",
  source: "m3; irqchip 2.4, (c) C2",
  claim: "C2",
  kernel,
  antecedent: (before, _, { action }) =>
    raises.includes(action) && before.rtc.ghostTicked && before.vcpu.every(({ apicvActive }) => apicvActive),
  holds: (_, after) => after.ioapic.pendingEoi === 0,
});

export const rtcNeverFalseCoalesced = step({
  id: "rtc-never-false-coalesced",
  statement:
    "KVM_IRQ_LINE_STATUS for the RTC never answers 0 (coalesced) while no destination has the vector in PIR, IRR or ISR",
  source: "m3; irqchip 2.9, (c) C3",
  claim: "C3",
  kernel,
  antecedent: (before, after, { action }) => answered(before, after, action),
  holds: neverFalse,
});

export const rtcNeverMissedCoalesced = step({
  id: "rtc-never-missed-coalesced",
  statement:
    "KVM_IRQ_LINE_STATUS for the RTC never answers that it was delivered while every destination already had the " +
    "vector in PIR or IRR, or it was dropped, so that nothing was added",
  source: "m3; irqchip 2.9, (c) C4",
  claim: "C4",
  kernel,
  antecedent: (before, after, { action }) => answered(before, after, action) && after.rtc.status > 0,
  holds: neverMissed,
});

export const splitRemovesRtcMisreport = step({
  id: "split-removes-rtc-misreport",
  statement: "With a split irqchip the RTC is misreported neither as coalesced nor as delivered",
  source: "m3; irqchip 2.9, (c) C5",
  claim: "C5",
  kernel,
  antecedent: (before, after, { action }) => before.vm.irqchip === "SPLIT" && answered(before, after, action),
  holds: (before, after, taken) => neverFalse(before, after) && neverMissed(before, after, taken),
});

export const rtcPendingEoiCountsDestinations = invariant({
  id: "rtc-pending-eoi-counts-destinations",
  statement: "Outside ioapic->lock pending_eoi of the RTC is the number of vCPUs in dest_map",
  source: "irqchip 2.5, (c) C28",
  claim: "C28",
  kernel: "ioapic_service(), __apic_accept_irq(), rtc_irq_eoi()",
  antecedent: ({ vm, ioapic, rtc }) => vm.irqchip === "KERNEL" && !ioapic.locked && rtc.ghostTicked,
  holds: ({ ioapic }) => ioapic.pendingEoi === count(ioapic.destMap),
});

export const restoredIrqchipOwesNoEoi = step({
  id: "set-irqchip-forgets-rtc-eoi",
  statement:
    "KVM_SET_IRQCHIP leaves no EOI of the RTC owed by a TD, of which KVM sees nothing in IRR or ISR: a stuck pending_eoi is " +
    "cleared",
  source: "irqchip 1.7, 2.9 correction 1",
  claim: "C1",
  kernel: "kvm_set_ioapic(): kvm_rtc_eoi_tracking_restore_all()",
  antecedent: (before, _, { action }) => action === "KVM_SET_IRQCHIP" && before.ioapic.pendingEoi > 0,
  holds: (_, after) => after.ioapic.pendingEoi === 0,
});

export const restoredLapicOwesNoEoi = step({
  id: "set-lapic-forgets-rtc-eoi",
  statement:
    "KVM_SET_LAPIC of a TD vCPU that owes the EOI of the RTC ends that: a stuck pending_eoi is cleared",
  source: "irqchip 2.6, 2.9 correction 1, 6.1",
  claim: "C1",
  kernel: "kvm_apic_set_state(): kvm_rtc_eoi_tracking_restore_one()",
  args: { v: "vcpu" },
  antecedent: (before, _, { action, args }, { v }) =>
    action === "KVM_SET_LAPIC" && args["v"] === v && has(before.ioapic.destMap, v),
  holds: (_, after, __, { v }) => !has(after.ioapic.destMap, v),
});
