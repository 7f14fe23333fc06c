import type { Expectation } from "#check";
import {
  noRtcCoalescedMisreportUnderSplit,
  rtcNeverFalseCoalesced,
  rtcNeverMissedCoalesced,
  rtcPendingEoiClearAtSetIrq,
  rtcStuckAfterFirstTick,
  rtcPendingEoiCountsDestinations,
  splitRemovesRtcMisreport,
} from "../../../properties/rtc.ts";
import { irqchip, rtcGuest } from "../options.ts";
import { rtcOptions as open } from "../rtc-options.ts";
import { noKernelIrqchip } from "./no-kernel-irqchip.ts";
import { rtcTicks, runLoop, userspaceExits } from "./parts.ts";
import { every, world, type World } from "./world.ts";

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
  actions: [...runLoop, ...userspaceExits, ...rtcTicks, "KVM_IRQ_LINE", "KVM_IRQ_LINE_split", "req_nmi"],
  properties,
} satisfies Partial<World>;

const emulated = ["vmx-sw", "svm-sw"];
/** Guests whose IRR is where KVM sets it, so that it sees all that is pending. */
const seen = [...emulated, "avic"];

/** Where APICv is active. */
const withApicvActive = [
  { guest: ["vmx", "avic"] },
  { guest: "td", design: ["active", "active-split", "upstream"] },
];

/** What is expected whatever the number of destinations. */
const either: readonly Expectation[] = [
  ...noKernelIrqchip(properties),
  {
    property: "no-rtc-coalesced-misreport-under-split",
    where: { irqchip: "kernel" },
    verdict: "vacuous",
    because: "not split",
  },
  { property: "no-rtc-coalesced-misreport-under-split", verdict: "holds" },
  {
    property: "split-removes-rtc-misreport",
    where: { irqchip: "kernel" },
    verdict: "vacuous",
    because: "not split",
  },
  {
    property: "rtc-pending-eoi-counts-destinations",
    where: { irqchip: "split" },
    verdict: "vacuous",
    because: "no I/O APIC",
  },
  { property: "rtc-pending-eoi-counts-destinations", verdict: "holds" },
  {
    property: "split-removes-rtc-misreport",
    verdict: "violated",
    because: "an MSI route counts LAPICs that accept, not interrupts that are new",
  },
  {
    property: "rtc-stuck-after-first-tick",
    where: { irqchip: "split" },
    verdict: "violated",
    because: "a split irqchip tracks no EOI, so nothing gets stuck",
  },
  {
    property: "rtc-pending-eoi-clear-at-set-irq",
    where: { irqchip: "split" },
    verdict: "vacuous",
    because: "no I/O APIC",
  },
  {
    property: "rtc-pending-eoi-clear-at-set-irq",
    where: { guest: "td", design: "v1-inhibit" },
    verdict: "vacuous",
    because: "APICv is not active",
  },
  {
    property: "rtc-pending-eoi-clear-at-set-irq",
    where: { guest: emulated },
    verdict: "vacuous",
    because: "APICv is not active",
  },
  {
    property: "rtc-pending-eoi-clear-at-set-irq",
    where: { guest: ["vmx", "avic"] },
    verdict: "violated",
    because: "an ordinary guest's pending EOI is seen, and rightly kept",
  },
  { property: "rtc-never-false-coalesced", where: { irqchip: "split" }, verdict: "holds" },
  {
    property: "rtc-never-missed-coalesced",
    where: { irqchip: "split" },
    verdict: "violated",
    because: "an MSI route never answers 0 for coalescing",
  },
  { property: "rtc-never-missed-coalesced", where: { guest: "td", design: "v1-inhibit" }, verdict: "holds" },
];

/** What differs with another ioctl, with IRQ8 unmasked in the PIC, or with pin 8 in NMI mode. */
const otherLines: readonly Expectation[] = [
  {
    property: "rtc-stuck-after-first-tick",
    where: { irqchip: "kernel", lineIoctl: "nostatus" },
    verdict: "violated",
    because: "KVM_IRQ_LINE does not look at pending_eoi",
  },
  {
    property: "rtc-stuck-after-first-tick",
    where: { irqchip: "kernel", irq8: "unmasked" },
    verdict: "violated",
    because: "the PIC adds its 1 while the line is up, although the tick is dropped",
  },
  { property: "rtc-stuck-after-first-tick", where: { irqchip: "kernel", pin8: "nmi" }, verdict: "holds" },
  ...withApicvActive.flatMap((where): readonly Expectation[] => [
    {
      property: "rtc-pending-eoi-clear-at-set-irq",
      where: { ...where, irqchip: "kernel", lineIoctl: "nostatus" },
      verdict: "holds",
    },
    {
      property: "rtc-pending-eoi-clear-at-set-irq",
      where: { ...where, irqchip: "kernel", pin8: "nmi" },
      verdict: "violated",
      because:
        "an NMI is counted and not recorded in dest_map, so that no EOI and no lazy check takes it off",
    },
  ]),
  {
    property: "rtc-never-false-coalesced",
    where: { irqchip: "kernel", lineIoctl: "nostatus" },
    verdict: "holds",
  },
  {
    property: "rtc-never-false-coalesced",
    where: { irqchip: "kernel", pin8: "nmi", irq8: "unmasked", rtcGuest: "handler" },
    verdict: "holds",
  },
  {
    property: "rtc-never-false-coalesced",
    where: { irqchip: "kernel", pin8: "nmi" },
    verdict: "violated",
    because: "an NMI is counted and not recorded in dest_map, so that every later tick is called coalesced",
  },
  { property: "rtc-never-missed-coalesced", where: { irqchip: "split", pin8: "nmi" }, verdict: "holds" },
  { property: "split-removes-rtc-misreport", where: { irqchip: "split", pin8: "nmi" }, verdict: "holds" },
  {
    property: "rtc-never-missed-coalesced",
    where: { irqchip: "kernel", lineIoctl: "nostatus" },
    verdict: "violated",
    because: "KVM_IRQ_LINE has no answer, so that every tick counts as delivered",
  },
  {
    property: "rtc-never-missed-coalesced",
    where: { irqchip: "kernel", irq8: "unmasked" },
    verdict: "violated",
    because: "the PIC adds its 1 while the line is up, although the tick is dropped",
  },
  { property: "rtc-never-missed-coalesced", where: { irqchip: "kernel", pin8: "nmi" }, verdict: "holds" },
  {
    property: "rtc-pending-eoi-counts-destinations",
    where: { irqchip: "kernel", pin8: "nmi", lineIoctl: "status" },
    verdict: "violated",
    because: "an NMI is counted and not recorded in dest_map",
  },
];

const stuckForever = "KVM never sees the EOI, so the tick is dropped and called coalesced for ever";

/** The RTC to one destination. */
export const rtcOneDestination = world({
  ...common,
  name: "kvm/rtc",
  about: "RTC ticks by KVM_IRQ_LINE_STATUS to one vCPU, through the in-kernel I/O APIC or a split irqchip",
  options: [...common.options, open.lineIoctl, open.irq8, open.pin8],
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
export const rtcTwoDestinations = world({
  ...common,
  name: "kvm/rtc-two-destinations",
  about: "RTC ticks by KVM_IRQ_LINE_STATUS to two vCPUs at once",
  scope: { vcpu: 2 },
  expected: [
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
