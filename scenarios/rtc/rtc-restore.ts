import {
  restoredIrqchipOwesNoEoi,
  restoredLapicOwesNoEoi,
  rtcPendingEoiCountsDestinations,
  rtcStuckAfterFirstTick,
} from "../../properties/rtc/rtc.ts";
import { only } from "../../models/kvm/option.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { rtcRestore as restoredState } from "../../models/kvm/options/rtc.ts";
import { noKernelIrqchip } from "../no-kernel-irqchip.ts";
import { apicMap, rtcTicks, runLoop, userspaceExits } from "../parts.ts";
import { world } from "../world.ts";

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
  options: [only(irqchip, "kernel"), restoredState],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...userspaceExits, ...apicMap, ...rtcTicks, "KVM_SET_IRQCHIP", "KVM_SET_LAPIC"],
  properties,
  expected: [
    ...noKernelIrqchip(properties),
    {
      property: "rtc-stuck-after-first-tick",
      where: { design: "v1-inhibit", rtcRestore: "none" },
      verdict: "holds",
    },
    {
      property: "rtc-stuck-after-first-tick",
      verdict: "violated",
      because: "the EOI is forgotten as the state is written back, or by the lazy check",
    },
    { property: "set-irqchip-forgets-rtc-eoi", where: { rtcRestore: "irqchip" }, verdict: "holds" },
    { property: "set-irqchip-forgets-rtc-eoi", verdict: "vacuous", because: "KVM_SET_IRQCHIP is not tried" },
    {
      property: "set-lapic-forgets-rtc-eoi",
      where: { rtcRestore: "lapic", design: "v1-inhibit" },
      verdict: "holds",
    },
    {
      property: "set-lapic-forgets-rtc-eoi",
      where: { rtcRestore: "lapic" },
      verdict: "violated",
      because: "KVM_SET_LAPIC is refused",
    },
    { property: "set-lapic-forgets-rtc-eoi", verdict: "vacuous", because: "KVM_SET_LAPIC is not tried" },
    { property: "rtc-pending-eoi-counts-destinations", verdict: "holds" },
  ],
});

export default rtcRestore;
