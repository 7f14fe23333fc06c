import { setLapicKeepsPosted, setLapicLeavesApicvAlone } from "../../properties/ioctls/set-lapic.ts";
import { setLapic } from "../../models/kvm/options/ioctls.ts";
import { apicMap, rtcTicks, runLoop, userspaceExits } from "../parts.ts";
import { world } from "../world.ts";

const clears = {
  property: "set-lapic-keeps-what-was-posted",
  verdict: "violated",
  because: "PIR and ON are cleared first, for a TD too",
} as const;

/** KVM_SET_LAPIC of a TD that runs, with interrupts posted to it meanwhile. */
export const setLapicWorld = world({
  name: "kvm/set-lapic",
  about: "one TD vCPU that takes RTC ticks through a split irqchip, and a userspace that restores its LAPIC",
  guests: ["td"],
  options: [setLapic],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...userspaceExits, ...apicMap, ...rtcTicks, "KVM_SET_LAPIC"],
  properties: [setLapicLeavesApicvAlone, setLapicKeepsPosted],
  expected: [
    { property: "set-lapic-leaves-apicv-alone", verdict: "holds" },
    { ...clears, where: { setLapic: ["allow", "force-x2apic"] } },
    { ...clears, where: { setLapic: "as-designed", design: "v1-inhibit" } },
    { property: "set-lapic-keeps-what-was-posted", verdict: "holds" },
  ],
});

export default setLapicWorld;
