import {
  noRtcCoalescedMisreportUnderSplit,
  rtcNeverFalseCoalesced,
  rtcNeverMissedCoalesced,
  rtcPendingEoiClearAtSetIrq,
  rtcStuckAfterFirstTick,
  splitRemovesRtcMisreport,
} from "../../../properties/rtc.ts";
import { kernelIrqchip, rtcGuest } from "../options.ts";
import { rtcTicks, runLoop, userspaceExits } from "./parts.ts";
import { world, type World } from "./world.ts";

const common = {
  options: [kernelIrqchip, rtcGuest],
  start: "running",
  actions: [...runLoop, ...userspaceExits, ...rtcTicks],
  properties: [
    noRtcCoalescedMisreportUnderSplit,
    rtcStuckAfterFirstTick,
    rtcPendingEoiClearAtSetIrq,
    rtcNeverFalseCoalesced,
    rtcNeverMissedCoalesced,
    splitRemovesRtcMisreport,
  ],
  expected: [],
} satisfies Partial<World>;

/** The RTC to one destination. */
export const rtcOneDestination = world({
  ...common,
  name: "kvm/rtc",
  about: "RTC ticks by KVM_IRQ_LINE_STATUS to one vCPU, through the in-kernel I/O APIC or a split irqchip",
  scope: { vcpu: 1 },
});

/** The RTC to two destinations, where the lazy check stops at the first. */
export const rtcTwoDestinations = world({
  ...common,
  name: "kvm/rtc-two-destinations",
  about: "RTC ticks by KVM_IRQ_LINE_STATUS to two vCPUs at once",
  scope: { vcpu: 2 },
});
