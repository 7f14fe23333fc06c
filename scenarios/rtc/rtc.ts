import {
  noRtcCoalescedMisreportUnderSplit,
  rtcNeverFalseCoalesced,
  rtcNeverMissedCoalesced,
  rtcPendingEoiClearAtSetIrq,
  rtcStuckAfterFirstTick,
  rtcPendingEoiCountsDestinations,
  splitRemovesRtcMisreport,
} from "../../properties/rtc/rtc.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { irq8, lineIoctl, pin8, rtcGuest } from "../../models/kvm/options/rtc.ts";
import { noKernelIrqchip } from "../no-kernel-irqchip.ts";
import { eoiLaws, ioapicLaws, rtcLaws } from "../irqchip-laws.ts";
import { postingLaws, runLoopLaws } from "../laws.ts";
import { rtcTicks, runLoop, userspaceExits } from "../parts.ts";
import { either, emulated, otherLines, seen, stuckForever } from "./rtc-expected.ts";
import { every, world, type World } from "../world.ts";

const properties = [
  noRtcCoalescedMisreportUnderSplit,
  rtcStuckAfterFirstTick,
  rtcPendingEoiClearAtSetIrq,
  rtcNeverFalseCoalesced,
  rtcNeverMissedCoalesced,
  splitRemovesRtcMisreport,
  rtcPendingEoiCountsDestinations,
];

const common = {
  guests: every,
  options: [irqchip, rtcGuest],
  start: "running",
  actions: [...runLoop, ...userspaceExits, ...rtcTicks, "req_nmi"],
  properties,
} satisfies Partial<World>;

/** The RTC to one destination. */
export const rtcOneDestination = world({
  ...common,
  name: "kvm/rtc",
  about: "RTC ticks by KVM_IRQ_LINE_STATUS to one vCPU, through the in-kernel I/O APIC or a split irqchip",
  options: [...common.options, lineIoctl, irq8, pin8],
  actions: [...common.actions, "KVM_IRQ_LINE", "KVM_IRQ_LINE_split"],
  properties: [...properties, ...runLoopLaws, ...postingLaws, ...ioapicLaws, ...eoiLaws, ...rtcLaws],
  scope: { vcpu: 1 },
  expected: [
    ...noKernelIrqchip(properties),
    ...otherLines,
    ...either,
    {
      property: "rtc-stuck-after-first-tick",
      where: { guest: "td", design: "v1-inhibit" },
      verdict: "holds",
    },
    {
      property: "rtc-stuck-after-first-tick",
      verdict: "violated",
      because: "the EOI is seen, or taken for granted by the lazy check",
    },
    { property: "rtc-pending-eoi-clear-at-set-irq", verdict: "holds" },
    {
      property: "rtc-never-false-coalesced",
      where: { guest: "td", design: "v1-inhibit" },
      verdict: "violated",
      because: stuckForever,
    },
    {
      property: "rtc-never-false-coalesced",
      where: { guest: emulated },
      verdict: "violated",
      because: "a tick comes between apic_set_eoi() and kvm_ioapic_update_eoi()",
    },
    { property: "rtc-never-false-coalesced", verdict: "holds" },
    { property: "rtc-never-missed-coalesced", where: { guest: seen }, verdict: "holds" },
    {
      property: "rtc-never-missed-coalesced",
      where: { rtcGuest: "polls" },
      verdict: "violated",
      because: "the line falls while the first tick is still posted, and the lazy check cannot see it",
    },
    { property: "rtc-never-missed-coalesced", verdict: "holds" },
  ],
});

/** The RTC to two destinations, where the lazy check stops at the first. */
const rtcTwoDestinations = world({
  ...common,
  name: "kvm/rtc-two-destinations",
  about: "RTC ticks by KVM_IRQ_LINE_STATUS to two vCPUs at once",
  scope: { vcpu: 2 },
  expected: [
    ...noKernelIrqchip(properties),
    ...either,
    { property: "rtc-stuck-after-first-tick", where: { guest: "td" }, verdict: "holds" },
    {
      property: "rtc-stuck-after-first-tick",
      verdict: "violated",
      because: "an ordinary guest's EOIs are seen",
    },
    {
      property: "rtc-pending-eoi-clear-at-set-irq",
      verdict: "violated",
      because: "the lazy check stops at the first destination",
    },
    {
      property: "rtc-never-false-coalesced",
      where: { guest: "td" },
      verdict: "violated",
      because: stuckForever,
    },
    {
      property: "rtc-never-false-coalesced",
      where: { guest: "avic" },
      verdict: "violated",
      because: "the lazy check forgives the first destination only, for ever",
    },
    {
      property: "rtc-never-false-coalesced",
      where: { guest: emulated },
      verdict: "violated",
      because: "a tick comes between apic_set_eoi() and kvm_ioapic_update_eoi()",
    },
    {
      property: "rtc-never-false-coalesced",
      verdict: "violated",
      because: "between two EOIs and their exits the lazy check forgives one destination only",
    },
    { property: "rtc-never-missed-coalesced", where: { guest: ["td", ...seen] }, verdict: "holds" },
    {
      property: "rtc-never-missed-coalesced",
      verdict: "violated",
      because: "the lazy check cannot see what is only posted",
    },
  ],
});

export default [rtcOneDestination, rtcTwoDestinations];
