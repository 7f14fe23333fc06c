import { pollC } from "../actions/rtc/rtc-handler.ts";
import {
  acceptFixed,
  acceptNmi,
  discard,
  lineOnly,
  lineStatus,
  picMasked,
  picUnmasked,
  usualLine,
  type RtcLine,
} from "../actions/rtc/rtc-line.ts";
import { setIrqchip } from "../actions/rtc/rtc-restore.ts";
import { countsAlways, countsKernelOnly, readCSlew, slew, slewSteps } from "../actions/rtc/rtc-slew.ts";
import { rtcLineSteps } from "../actions/rtc/rtc-tick.ts";
import { joint, option } from "../option.ts";
import { tdOps } from "../ops.ts";

export const rtcGuest = option({
  name: "rtcGuest",
  about:
    "where the guest reads the RTC's register C, which lowers the line: in its handler only, or anywhere",
  source: "irqchip 2.9, (b) RtcHandler",
  values: { handler: {}, polls: { replace: [pollC] } },
});

export const lineIoctl = option({
  name: "lineIoctl",
  about: "how userspace raises IRQ 8: with KVM_IRQ_LINE_STATUS, which answers, or with KVM_IRQ_LINE",
  source: "irqchip 2.2, 2.9 correction 1",
  values: { status: {}, nostatus: {} },
});

export const irq8 = option({
  name: "irq8",
  about: "whether IRQ8 is masked in the PIC, whose answer is otherwise added to the I/O APIC's",
  source: "irqchip 2.2",
  values: { masked: {}, unmasked: {} },
});

export const pin8 = option({
  name: "pin8",
  about: "the delivery mode that the guest gives pin 8 of the I/O APIC: fixed (or lowest priority), or NMI",
  source: "irqchip 2.5, (c) C28",
  values: { fixed: {}, nmi: {} },
});

export const splitReporter = option({
  name: "splitReporter",
  about:
    "UNSURE: whether userspace with a split irqchip counts a tick as delivered at all, as with the in-kernel one",
  source: "irqchip 2.9 correction 4, UNSURE list 5",
  values: { never: {}, "as-kernel": {} },
});

export const lostTickPolicy = option({
  name: "lostTickPolicy",
  about: "what userspace does about ticks that were coalesced: nothing, or raise them again (slew)",
  source: "irqchip 2.9",
  values: { discard: {}, slew: {} },
});

const lazyEoi = option({
  name: "lazyEoi",
  about:
    "of how many destinations ioapic_lazy_update_eoi() takes the EOI for granted: of the first that has none pending, even " +
    "if it owes none, as it is up to 7.3, or of all",
  source: "irqchip 2.4",
  values: { first: {}, all: {} },
});

const usual = (line: RtcLine): boolean =>
  line.lazyEoi === usualLine.lazyEoi &&
  line.ioctl === usualLine.ioctl &&
  line.picSetIrq === usualLine.picSetIrq &&
  line.accept === usualLine.accept &&
  line.policy === usualLine.policy;

const usualNames = rtcLineSteps(tdOps, usualLine).map(({ name }) => name);

/** The steps of the RTC's line, where it is not the usual one. */
const rtcLine = joint({ lineIoctl, irq8, pin8, splitReporter, lostTickPolicy, lazyEoi }, ({ ops }, set) => {
  const line: RtcLine = {
    lazyEoi: set.lazyEoi,
    ioctl: set.lineIoctl === "nostatus" ? lineOnly : lineStatus,
    picSetIrq: set.irq8 === "unmasked" ? picUnmasked : picMasked,
    accept: set.pin8 === "nmi" ? acceptNmi : acceptFixed,
    policy:
      set.lostTickPolicy === "slew"
        ? slew(set.splitReporter === "as-kernel" ? countsAlways : countsKernelOnly)
        : discard,
  };
  if (usual(line)) return {};
  const steps = rtcLineSteps(ops, line);
  const counts = line.policy !== discard;
  const known = (name: string): boolean => usualNames.includes(name);
  return {
    drop: usualNames.filter((name) => steps.every((step) => step.name !== name)),
    replace: [...steps.filter(({ name }) => known(name)), ...(counts ? [readCSlew] : [])],
    add: [...steps.filter(({ name }) => !known(name)), ...(counts ? slewSteps(ops, line) : [])],
  };
});

export const rtcRestore = option({
  name: "rtcRestore",
  about: "which state userspace writes back while the RTC ticks: a vCPU's LAPIC's, the I/O APIC's, or none",
  source: "irqchip 2.9 correction 1",
  values: {
    lapic: {},
    irqchip: ({ name, ops }) => ({
      add: [setIrqchip(ops)],
      ...(name === "td" ? { drop: ["KVM_SET_LAPIC"] } : {}),
    }),
    none: ({ name }) => (name === "td" ? { drop: ["KVM_SET_LAPIC"] } : {}),
  },
});

/** What is left open of the RTC and of the userspace that raises its line. */
export default [
  rtcGuest,
  lineIoctl,
  irq8,
  pin8,
  splitReporter,
  lostTickPolicy,
  lazyEoi,
  rtcLine,
  rtcRestore,
] as const;
