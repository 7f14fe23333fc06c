import type { Claim } from "#check";
import { everyGuest, type Columns } from "./columns.ts";
import { asks } from "./make.ts";

const kernel = "irqchip=kernel";
const split = "irqchip=split";
const slew = (property: string, set: readonly string[], columns: Columns) =>
  asks("kvm/rtc-slew", property, columns, set);
const owed = "rtc-owed-ticks-return";
const handled = "rtc-delivered-ticks-get-handled";

/** What lost_tick_policy=slew rests on, and the bookkeeping behind it. */
const rtcSlewClaims: readonly Claim[] = [
  {
    id: "C6",
    statement:
      "With lost_tick_policy=slew no RTC tick is lost: what counts as delivered is handled, and what does not is raised again " +
      "until it does",
    messages: [],
    source: "irqchip 2.9, (c) C6",
    word: "holds under: EOIs that KVM sees, register C read in the handler, IRQ8 masked in the PIC, KVM_IRQ_LINE_STATUS",
    said: "Slew tells ticks that were delivered from those that were not by the answer of KVM_IRQ_LINE_STATUS.",
    shown:
      "As posted, a TD's ticks are owed for ever after the first. With APICv active they come back, if register C is read in " +
      "the handler only; else ticks are lost that count as delivered. Under split they are lost as well, or all are owed " +
      "for ever, by whether userspace counts them at all.",
    checks: [
      slew(owed, [kernel], everyGuest),
      slew(handled, [kernel], everyGuest),
      slew("rtc-delivered-ticks-are-handled", [kernel], everyGuest),
      slew(handled, [kernel, "rtcGuest=polls"], everyGuest),
      slew(handled, [kernel, "irq8=unmasked"], everyGuest),
      slew(handled, [kernel, "lineIoctl=nostatus"], everyGuest),
      slew(handled, [split, "splitReporter=as-kernel"], everyGuest),
      slew(owed, [split, "splitReporter=never"], everyGuest),
      slew("rtc-handled-once-per-tick", [split, "splitReporter=never"], everyGuest),
    ],
  },
  {
    id: "C28",
    statement: "pending_eoi of the RTC is always the number of vCPUs in dest_map",
    messages: [],
    source: "irqchip 2.5, (c) C28",
    word: "holds under: pin 8 in fixed or lowest-priority mode",
    said: "The code decrements the count for each bit that it clears, and so takes both for the same.",
    shown:
      "A guest that puts pin 8 in NMI mode is counted and not recorded: the count is never taken off again, and every later " +
      "tick is called coalesced.",
    checks: [
      ...["kvm/rtc", "kvm/rtc-two-destinations"].map((world) =>
        asks(world, "rtc-pending-eoi-counts-destinations", everyGuest, [kernel]),
      ),
      asks("kvm/rtc", "rtc-pending-eoi-counts-destinations", everyGuest, [kernel, "pin8=nmi"]),
    ],
  },
];

export default rtcSlewClaims;
