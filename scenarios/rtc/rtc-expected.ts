import type { Expectation, Where } from "../expectation.ts";

/** Guests whose APIC is emulated. */
export const emulated = ["vmx-sw", "svm-sw"] as const;
/** Guests whose IRR is where KVM sets it, so that it sees all that is pending. */
export const seen = [...emulated, "avic"] as const;

/** Where APICv is active. */
const withApicvActive: readonly Where[] = [
  { guest: ["vmx", "avic"] },
  { guest: "td", design: ["active", "active-split", "upstream"] },
];

/** What is expected whatever the number of destinations. */
export const either: readonly Expectation[] = [
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
export const otherLines: readonly Expectation[] = [
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

/** Why the posted patch's ticks are called coalesced. */
export const stuckForever = "KVM never sees the EOI, so the tick is dropped and called coalesced for ever";
