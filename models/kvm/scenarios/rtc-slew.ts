import { rtcDeliveredTicksAreHandled, rtcHandledOncePerTick } from "../../../properties/rtc-slew.ts";
import { slewSteps } from "../actions/rtc-slew.ts";
import { usualLine } from "../actions/rtc-line.ts";
import { tdOps } from "../ops.ts";
import { irqchip, rtcGuest } from "../options.ts";
import { rtcOptions as open } from "../rtc-options.ts";
import { noKernelIrqchip } from "./no-kernel-irqchip.ts";
import { names, rtcTicks, runLoop } from "./parts.ts";
import { world } from "./world.ts";

const properties = [rtcDeliveredTicksAreHandled, rtcHandledOncePerTick];

/** lost_tick_policy=slew: what userspace makes of the answers to its ticks. */
export const rtcSlew = world({
  name: "kvm/rtc-slew",
  about:
    "three ticks of an RTC whose userspace raises again those that it takes for lost (lost_tick_policy=slew), to one vCPU",
  designs: ["active", "v1-inhibit", "active-split", "upstream"],
  options: [
    { ...irqchip, values: ["kernel", "split"] },
    { ...open.lostTickPolicy, values: ["slew"] },
    open.lineIoctl,
    open.irq8,
    open.splitReporter,
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
  expected: [...noKernelIrqchip(properties)],
});
