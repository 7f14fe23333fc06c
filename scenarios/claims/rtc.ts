import type { Claim } from "#check";
import { everyGuest } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const kernel = ["irqchip=kernel"];
const split = ["irqchip=split"];
const one = (property: string) => ({ property, scenario: "kvm/rtc" });
const restore = (property: string) => ({ property, scenario: "kvm/rtc-restore" });
const two = (property: string) => ({ property, scenario: "kvm/rtc-two-destinations" });
/** What the thread says about the RTC behind the in-kernel I/O APIC. */
const rtcClaims: readonly Claim[] = [
  {
    id: "C1",
    statement:
      "With APICv inhibited the pending EOI of the RTC is never cleared, so every tick after the first is called " +
      "coalesced",
    messages: ["m3"],
    source: "irqchip (c) C1",
    word: "confirmed",
    checks: [
      {
        ...one("rtc-stuck-after-first-tick"),
        set: kernel,
        columns: everyGuest,
      },
      {
        ...two("rtc-stuck-after-first-tick"),
        set: kernel,
        columns: everyGuest,
      },
      {
        ...one("rtc-stuck-after-first-tick"),
        set: [...kernel, "lineIoctl=nostatus"],
        columns: ["v1-inhibit"],
      },
      {
        ...restore("rtc-stuck-after-first-tick"),
        set: ["rtcRestore=irqchip"],
        columns: ["v1-inhibit"],
      },
      {
        ...restore("rtc-stuck-after-first-tick"),
        set: ["rtcRestore=lapic"],
        columns: ["v1-inhibit"],
      },
      {
        ...restore("set-irqchip-forgets-rtc-eoi"),
        set: ["rtcRestore=irqchip"],
        columns: ["v1-inhibit", "active"],
      },
      {
        ...restore("set-lapic-forgets-rtc-eoi"),
        set: ["rtcRestore=lapic"],
        columns: ["v1-inhibit", "active"],
      },
    ],
  },
  {
    id: "C2",
    statement:
      "With APICv active the pending EOI of the RTC is cleared whenever ioapic_set_irq() is called for it",
    messages: ["m3"],
    source: "irqchip (c) C2",
    word: "holds under: one destination",
    said: "m3 says that kvm_apic_pending_eoi() is always false for a TD, so the pending EOI is always cleared.",
    shown:
      "With two destinations the lazy check forgives the first and stops, so the count stays above 0 and the tick is " +
      "dropped.",
    checks: [
      {
        ...one("rtc-pending-eoi-clear-at-set-irq"),
        set: kernel,
        columns: everyGuest,
      },
      {
        ...two("rtc-pending-eoi-clear-at-set-irq"),
        set: kernel,
        columns: everyGuest,
      },
    ],
  },
  {
    id: "C3",
    statement: "No RTC tick is called coalesced while nothing of it is in flight",
    messages: ["m3"],
    source: "irqchip (c) C3",
    word: "holds under: APICv (or AVIC) active and one destination, or a split irqchip",
    said: "m3 says that with APICv inhibited userspace is misled to see coalesced RTC interrupts.",
    shown:
      "So it is; and with two destinations it is so with APICv active too, even for an ordinary guest between two " +
      "EOIs and their exits, and for AVIC for ever. Where the APIC is emulated a tick may come between the two halves of " +
      "an EOI.",
    checks: [
      {
        ...one("rtc-never-false-coalesced"),
        set: kernel,
        columns: everyGuest,
      },
      {
        ...two("rtc-never-false-coalesced"),
        set: kernel,
        columns: everyGuest,
      },
      { ...one("rtc-never-false-coalesced"), set: split, columns: everyGuest },
    ],
  },
  {
    id: "C4",
    statement: "With APICv active userspace may miss coalesced RTC interrupts",
    messages: ["m3"],
    source: "irqchip (c) C4",
    word: "holds under: register C read outside the handler, or IRQ8 unmasked in the PIC",
    said: "m3 says that with APICv active coalesced RTC interrupts may go unreported.",
    shown:
      "Not if the line falls in the guest's handler only, for then nothing is posted any more; with a guest that " +
      "polls register C the line falls while the first tick is still posted. With IRQ8 unmasked in the PIC two raises in a " +
      "row do, for any guest: the PIC adds its 1 for a line that is up already.",
    checks: [
      {
        ...one("rtc-never-missed-coalesced"),
        set: kernel,
        columns: everyGuest,
      },
      {
        ...one("rtc-never-missed-coalesced"),
        set: [...kernel, "rtcGuest=polls"],
        columns: everyGuest,
      },
      {
        ...two("rtc-never-missed-coalesced"),
        set: kernel,
        columns: everyGuest,
      },
      {
        ...one("rtc-never-missed-coalesced"),
        set: [...kernel, "irq8=unmasked"],
        columns: everyGuest,
      },
    ],
  },
  {
    id: "C5",
    statement: "Enforcing a split irqchip removes the RTC's misreports",
    messages: ["m3", "m5"],
    source: "irqchip (c) C5",
    word: "holds under: ticks wrongly called coalesced; not for ticks wrongly called delivered",
    said: "m3 offers a split irqchip as the way out of the RTC's misreports.",
    shown:
      "No tick is then called coalesced that was not, but none is ever called coalesced: an MSI route answers how " +
      "many LAPICs accepted it, not whether anything was new.",
    checks: [
      { ...one("split-removes-rtc-misreport"), set: split, columns: everyGuest },
      { ...one("no-rtc-coalesced-misreport-under-split"), set: split, columns: everyGuest },
    ],
  },
  confirmed(
    "Q11",
    "m3; timer 9.2 Q11",
    "The lazy EOI of the RTC is wrong for a TD either way: never done if APICv is inhibited, too early if it is active",
    asks("kvm/rtc", "rtc-stuck-after-first-tick", ["v1-inhibit", "active"], kernel),
    asks("kvm/rtc", "rtc-pending-eoi-clear-at-set-irq", ["v1-inhibit", "active"], kernel),
  ),
];

export default rtcClaims;
