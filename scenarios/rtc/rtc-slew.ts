import type { Expectation, Where } from "../expectation.ts";
import {
  rtcDeliveredTicksAreHandled,
  rtcDeliveredTicksGetHandled,
  rtcHandledOncePerTick,
  rtcOwedTicksReturn,
} from "../../properties/rtc/rtc-slew.ts";
import { slewSteps } from "../../models/kvm/actions/rtc/rtc-slew.ts";
import { usualLine } from "../../models/kvm/actions/rtc/rtc-line.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { only } from "../../models/kvm/option.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { irq8, lineIoctl, lostTickPolicy, rtcGuest, splitReporter } from "../../models/kvm/options/rtc.ts";
import { noKernelIrqchip } from "../no-kernel-irqchip.ts";
import { names, rtcTicks, runLoop } from "../parts.ts";
import { every, world } from "../world.ts";

const properties = [
  rtcDeliveredTicksAreHandled,
  rtcDeliveredTicksGetHandled,
  rtcOwedTicksReturn,
  rtcHandledOncePerTick,
];

/** Where APICv is active. */
const withApicvActive: readonly Where[] = [{ guest: "td", design: "active" }, { guest: "vmx" }];

/** Whether a tick that counts as delivered may be lost. */
const lost = (property: string): readonly Expectation[] => [
  {
    property,
    where: { irqchip: "split", splitReporter: "never" },
    verdict: "vacuous",
    because: "no tick counts as delivered",
  },
  {
    property,
    where: { irqchip: "split" },
    verdict: "violated",
    because: "an MSI route counts LAPICs that accept, not interrupts that are new",
  },
  {
    property,
    where: { lineIoctl: "nostatus" },
    verdict: "violated",
    because: "KVM_IRQ_LINE has no answer, so that every tick counts as delivered",
  },
  {
    property,
    where: { irq8: "unmasked" },
    verdict: "violated",
    because: "the PIC adds its 1 while the line is up, although the tick is dropped",
  },
  ...withApicvActive.map((where): Expectation => ({
    property,
    where: { ...where, rtcGuest: "polls" },
    verdict: "violated",
    because: "the line falls while the first tick is still posted, and the lazy check cannot see it",
  })),
  { property, verdict: "holds" },
];

/** lost_tick_policy=slew: what userspace makes of the answers to its ticks. */
export const rtcSlew = world({
  name: "kvm/rtc-slew",
  about:
    "three ticks of an RTC whose userspace raises again those that it takes for lost (lost_tick_policy=slew), to one vCPU",
  designs: ["active", "v1-inhibit", "active-split", "upstream"],
  guests: every,
  options: [
    only(irqchip, "kernel", "split"),
    only(lostTickPolicy, "slew"),
    lineIoctl,
    irq8,
    splitReporter,
    rtcGuest,
  ],
  scope: { vcpu: 1 },
  start: "running",
  actions: [
    ...runLoop,
    "exit_to_userspace",
    "KVM_RUN",
    ...rtcTicks,
    "KVM_IRQ_LINE",
    "KVM_IRQ_LINE_split",
    ...names(slewSteps(tdOps, usualLine)),
  ],
  properties,
  expected: [
    ...noKernelIrqchip(properties),
    ...["rtc-delivered-ticks-are-handled", "rtc-delivered-ticks-get-handled"].flatMap(lost),
    {
      property: "rtc-owed-ticks-return",
      where: { irqchip: "split", splitReporter: "never" },
      verdict: "violated",
      because: "userspace takes every tick for lost, and what it raises again as well",
    },
    {
      property: "rtc-owed-ticks-return",
      where: { irqchip: "split" },
      verdict: "vacuous",
      because: "an MSI route never answers 0",
    },
    {
      property: "rtc-owed-ticks-return",
      where: { lineIoctl: "nostatus" },
      verdict: "vacuous",
      because: "every tick counts as delivered",
    },
    {
      property: "rtc-owed-ticks-return",
      where: { guest: "td", design: "v1-inhibit", irq8: "masked" },
      verdict: "violated",
      because: "KVM never sees the EOI, so the tick is dropped and called coalesced for ever",
    },
    { property: "rtc-owed-ticks-return", where: { guest: "td", design: "v1-inhibit" }, verdict: "holds" },
    {
      property: "rtc-owed-ticks-return",
      where: { guest: "td", irq8: "unmasked" },
      verdict: "vacuous",
      because: "the PIC adds its 1 while the line is up, and once it fell nothing is coalesced",
    },
    { property: "rtc-owed-ticks-return", verdict: "holds" },
    {
      property: "rtc-handled-once-per-tick",
      where: { irqchip: "split", splitReporter: "never" },
      verdict: "violated",
      because: "ticks that were delivered are raised again, since userspace takes all for lost",
    },
    { property: "rtc-handled-once-per-tick", verdict: "holds" },
  ],
});

export default rtcSlew;
