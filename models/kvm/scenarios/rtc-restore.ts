import {
  restoredIrqchipOwesNoEoi,
  restoredLapicOwesNoEoi,
  rtcPendingEoiCountsDestinations,
  rtcStuckAfterFirstTick,
} from "../../../properties/rtc.ts";
import { irqchip } from "../options.ts";
import { rtcOptions as open } from "../rtc-options.ts";
import { noKernelIrqchip } from "./no-kernel-irqchip.ts";
import { apicMap, rtcTicks, runLoop, userspaceExits } from "./parts.ts";
import { world } from "./world.ts";

const properties = [
  rtcStuckAfterFirstTick,
  restoredIrqchipOwesNoEoi,
  restoredLapicOwesNoEoi,
  rtcPendingEoiCountsDestinations,
];

/** The ways out of an RTC that is stuck. */
export const rtcRestore = world({
  name: "kvm/rtc-restore",
  about:
    "RTC ticks to a TD through the in-kernel I/O APIC, while userspace writes back the irqchip's state, or the LAPIC's",
  designs: ["v1-inhibit", "active", "active-split", "upstream"],
  guests: ["td"],
  options: [{ ...irqchip, values: ["kernel"] }, open.rtcRestore],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...userspaceExits, ...apicMap, ...rtcTicks, "KVM_SET_IRQCHIP", "KVM_SET_LAPIC"],
  properties,
  expected: [...noKernelIrqchip(properties)],
});
