import type { Claim, Verdict } from "#check";
import { designsOf, guestsOf, type Expected } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const kernel = ["irqchip=kernel"];
const split = ["irqchip=split"];
const one = (property: string) => ({ property, scenario: "kvm/rtc" });
const restore = (property: string) => ({ property, scenario: "kvm/rtc-restore" });
const two = (property: string) => ({ property, scenario: "kvm/rtc-two-destinations" });
/** An in-kernel irqchip, refused where split is enforced: a TD as posted and with APICv active, then ordinary guests. */
const kernelOf = (posted: Verdict, active: Verdict, vmx: Verdict, avic: Verdict, sw: Verdict): Expected => ({
  ...designsOf(posted, active, "not-applicable"),
  ...guestsOf(vmx, avic, sw),
});
const splitOf = (verdict: Verdict): Expected => ({
  ...designsOf(verdict, verdict),
  ...guestsOf(verdict, verdict, verdict),
});

/** What the thread says of the RTC behind the in-kernel I/O APIC. */
export const rtcClaims: readonly Claim[] = [
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
        expected: kernelOf("holds", "violated", "violated", "violated", "violated"),
      },
      {
        ...two("rtc-stuck-after-first-tick"),
        set: kernel,
        expected: kernelOf("holds", "holds", "violated", "violated", "violated"),
      },
      {
        ...one("rtc-stuck-after-first-tick"),
        set: [...kernel, "lineIoctl=nostatus"],
        expected: { "v1-inhibit": "violated" },
      },
      {
        ...restore("rtc-stuck-after-first-tick"),
        set: ["rtcRestore=irqchip"],
        expected: { "v1-inhibit": "violated" },
      },
      {
        ...restore("rtc-stuck-after-first-tick"),
        set: ["rtcRestore=lapic"],
        expected: { "v1-inhibit": "violated" },
      },
      {
        ...restore("set-irqchip-forgets-rtc-eoi"),
        set: ["rtcRestore=irqchip"],
        expected: { "v1-inhibit": "holds", active: "holds" },
      },
      {
        ...restore("set-lapic-forgets-rtc-eoi"),
        set: ["rtcRestore=lapic"],
        expected: { "v1-inhibit": "holds", active: "violated" },
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
        expected: kernelOf("vacuous", "holds", "violated", "violated", "vacuous"),
      },
      {
        ...two("rtc-pending-eoi-clear-at-set-irq"),
        set: kernel,
        expected: kernelOf("vacuous", "violated", "violated", "violated", "vacuous"),
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
        expected: kernelOf("violated", "holds", "holds", "holds", "violated"),
      },
      {
        ...two("rtc-never-false-coalesced"),
        set: kernel,
        expected: kernelOf("violated", "violated", "violated", "violated", "violated"),
      },
      { ...one("rtc-never-false-coalesced"), set: split, expected: splitOf("holds") },
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
        expected: kernelOf("holds", "holds", "holds", "holds", "holds"),
      },
      {
        ...one("rtc-never-missed-coalesced"),
        set: [...kernel, "rtcGuest=polls"],
        expected: kernelOf("holds", "violated", "violated", "holds", "holds"),
      },
      {
        ...two("rtc-never-missed-coalesced"),
        set: kernel,
        expected: kernelOf("holds", "holds", "violated", "holds", "holds"),
      },
      {
        ...one("rtc-never-missed-coalesced"),
        set: [...kernel, "irq8=unmasked"],
        expected: kernelOf("violated", "violated", "violated", "violated", "violated"),
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
      { ...one("split-removes-rtc-misreport"), set: split, expected: splitOf("violated") },
      { ...one("no-rtc-coalesced-misreport-under-split"), set: split, expected: splitOf("holds") },
    ],
  },
  confirmed(
    "Q11",
    "m3; timer 9.2 Q11",
    "The lazy EOI of the RTC is wrong for a TD either way: never done if APICv is inhibited, too early if it is active",
    asks("kvm/rtc", "rtc-stuck-after-first-tick", { "v1-inhibit": "holds", active: "violated" }, kernel),
    asks("kvm/rtc", "rtc-pending-eoi-clear-at-set-irq", { "v1-inhibit": "vacuous", active: "holds" }, kernel),
  ),
];
