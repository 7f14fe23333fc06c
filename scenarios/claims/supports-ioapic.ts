import { forTd, nowhere, under, whereActive, type Supports } from "./supports-columns.ts";

/** What supports the claims about the RTC, the PIT and level-triggered interrupts. */
export const supports: Supports = {
  C1: {
    "rtc-stuck-after-first-tick": under("holds", "v1-inhibit"),
    // Another ioctl, and a restored state, are not what the claim is about.
    "rtc-stuck-after-first-tick irqchip=kernel lineIoctl=nostatus": nowhere,
    "rtc-stuck-after-first-tick rtcRestore=irqchip": nowhere,
    "rtc-stuck-after-first-tick rtcRestore=lapic": nowhere,
    "set-irqchip-forgets-rtc-eoi": nowhere,
    "set-lapic-forgets-rtc-eoi": nowhere,
  },
  C2: { "rtc-pending-eoi-clear-at-set-irq": whereActive("holds") },
  C3: { "rtc-never-false-coalesced": "holds" },
  C4: { "rtc-never-missed-coalesced": whereActive("violated") },
  C5: { "split-removes-rtc-misreport": "holds", "no-rtc-coalesced-misreport-under-split": "holds" },
  Q11: {
    "rtc-stuck-after-first-tick": { ...under("holds", "v1-inhibit"), ...under("violated", "active") },
    "rtc-pending-eoi-clear-at-set-irq": under("holds", "active"),
  },
  C6: {
    "rtc-owed-ticks-return": "holds",
    "rtc-delivered-ticks-get-handled": "holds",
    "rtc-delivered-ticks-are-handled": "holds",
    "rtc-handled-once-per-tick": "holds",
  },
  C28: { "rtc-pending-eoi-counts-destinations": "holds" },
  C7: {
    "pit-interrupts-for-ever": forTd("violated"),
    "pit-waits-for-an-eoi-that-comes": forTd("violated"),
    "pit-interrupts-once-per-load": forTd("holds"),
    // Without re-injection, which the claim is not about.
    "pit-interrupts-for-ever pitMode=no-reinject": nowhere,
  },
  C8: {
    "pit-reinject-never-inhibits": {
      ...forTd("holds"),
      ...under("holds", "vmx", "vmx-sw"),
      ...under("violated", "avic"),
    },
  },
  F7: { "pit-waits-for-an-eoi-that-comes": "violated" },
  Q10: {
    "remote-irr-not-stuck": forTd("violated"),
    "level-line-delivered-again": forTd("violated"),
  },
  C12: {
    "td-eoi-never-seen": "holds",
    "td-eoi-exit-bitmap-empty": "holds",
    "td-shadow-tmr-unused": "holds",
    "td-pending-eoi-never-seen": "holds",
  },
  C13: {
    "one-interrupt-per-write": forTd("holds"),
    "level-device-served-in-the-end": forTd("violated"),
  },
  C14: { "level-device-served-in-the-end": forTd("violated"), "level-line-served": forTd("violated") },
  C15: { "remote-irr-not-stuck": "violated" },
  C16: {
    "remote-irr-not-stuck irqchip=split": "holds",
    // The claim is about a split irqchip.
    "remote-irr-not-stuck irqchip=kernel": nowhere,
    "level-line-delivered-again": "witnessed",
    "level-device-served-in-the-end": "holds",
  },
  C17: {
    "level-message-eoi-intercepted": "holds",
    "level-message-eoi-intercepted irqchip=split": nowhere,
    "level-message-taken-again": nowhere,
  },
  C29: { "remote-irr-only-if-accepted": "holds", "level-pin-with-destination-served": nowhere },
  C30: {
    "resampled-device-not-stuck": forTd("holds"),
    "resampled-device-unmasked": forTd("holds"),
    "resample-irqfd-accepted": forTd("holds"),
  },
};
