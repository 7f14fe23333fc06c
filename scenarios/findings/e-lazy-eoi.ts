import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-e",
  statement:
    "ioapic_lazy_update_eoi() takes the EOI of one vCPU for granted and stops, even if that one owes none: with two " +
    "destinations a tick of the RTC is dropped, and reported as coalesced, with nothing in flight",
  rating: "open",
  because: "the loop of the 7.3 cycle ends in a break",
  affects: "every version read since f458d039db7e (5.7), up to 7.3",
  source: "irqchip 2.4, 2.9",
  asks: ["scenarios/findings/rtc-lazy-eoi.yaml", "--property", "rtc-never-false-coalesced"],
  property: "rtc-never-false-coalesced",
  steps: 52,
  fixes: [
    {
      about: "the loop goes on to the next destination instead of ending with the first",
      flags: ["--set", "lazyEoi=all"],
    },
  ],
  doubt:
    "Few guests send IRQ 8 to two vCPUs at once. With an in-kernel I/O APIC and VMX the EOI exits, so that it is one tick at " +
    "the wrong moment; with AVIC no EOI of an edge is seen, and a bit that was left stays until that vCPU is the first of " +
    "the loop without a pending one. lost_tick_policy=slew raises the tick again.",
  mail: {
    subject: "KVM: x86: ioapic: a tick of the RTC is lost with two destinations",
    text: [
      "ioapic_lazy_update_eoi() forgives at most one vCPU per tick, and stops at the first without a pending EOI although " +
        "that one's bit in dest_map may be clear.",
      "A tick between two EOIs and their exits is then dropped and answered 0, coalesced; with AVIC the second vCPU's bit " +
        "may stay, and later ticks are dropped as well.",
      "Replace the break by a continue.",
    ],
  },
  reproducer:
    "A selftest with an in-kernel irqchip, pin 8 fixed to a logical destination of two vCPUs, AVIC on: " +
    "KVM_IRQ_LINE_STATUS up and down, both handlers run to their EOI, and again; the second answers 0. With AVIC user space " +
    "can order all of it, as no exit is needed in between.",
};

export default finding;
