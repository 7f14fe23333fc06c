import {
  disabledApicAcceptsNoIpi,
  ipiResultInRange,
  logicalIpiExits,
  mapReadOnce,
  physicalIpiExits,
  selfIpiExits,
} from "../../properties/messages/ipi.ts";
import { ipi } from "../../models/kvm/actions/messages/ipi.ts";
import { spiv } from "../../models/kvm/actions/apicv/spiv.ts";
import { broadcastQuirk, ipiVirtualization, selfIpi } from "../../models/kvm/options/messages.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { messageLaws } from "../irqchip-laws.ts";
import { postingLaws, runLoopLaws } from "../laws.ts";
import { eoi, names, runLoop } from "../parts.ts";
import { inhibitSteps } from "../../models/kvm/actions/apicv/apicv.ts";
import { spivMapSteps } from "../../models/kvm/actions/apicv/apic-map.ts";
import { every, world } from "../world.ts";

/** IPIs of vCPU 0, in every way that a guest can address them. */
export const ipiWorld = world({
  name: "kvm/ipi",
  about:
    "two vCPUs, of which one sends IPIs to every kind of destination, while the other switches its APIC off and on",
  guests: every,
  options: [broadcastQuirk, ipiVirtualization, selfIpi],
  scope: { vcpu: 2 },
  start: "running",
  actions: [
    ...runLoop,
    ...eoi,
    ...names(inhibitSteps),
    ...names(ipi(tdOps)),
    ...names(spiv),
    ...names(spivMapSteps(tdOps)),
  ],
  properties: [
    physicalIpiExits,
    logicalIpiExits,
    selfIpiExits,
    disabledApicAcceptsNoIpi,
    mapReadOnce,
    ipiResultInRange,
    ...runLoopLaws,
    ...postingLaws,
    ...messageLaws,
  ],
  expected: [
    {
      property: "physical-ipi-exits",
      where: { guest: "avic" },
      verdict: "violated",
      because: "AVIC sends it by the table of physical ids",
    },
    {
      property: "physical-ipi-exits",
      where: { guest: "vmx", ipiVirtualization: "on" },
      verdict: "violated",
      because: "IPI virtualization posts it by the table of descriptors",
    },
    { property: "physical-ipi-exits", verdict: "holds" },
    {
      property: "logical-ipi-exits",
      where: { guest: "avic" },
      verdict: "violated",
      because: "AVIC sends it by the table of logical ids",
    },
    { property: "logical-ipi-exits", verdict: "holds" },
    {
      property: "self-ipi-exits",
      where: { guest: ["vmx", "avic"] },
      verdict: "violated",
      because: "the CPU virtualizes it",
    },
    {
      property: "self-ipi-exits",
      where: { guest: "td", selfIpi: "native" },
      verdict: "violated",
      because: "so would the TDX module",
    },
    { property: "self-ipi-exits", verdict: "holds" },
    { property: "disabled-apic-accepts-no-ipi", verdict: "holds" },
    {
      property: "ipi-reaches-whom-the-map-has-at-last",
      where: { guest: "avic" },
      verdict: "vacuous",
      because: "KVM sends no logical IPI",
    },
    {
      property: "ipi-reaches-whom-the-map-has-at-last",
      verdict: "violated",
      because: "the map is read once; one that is published during the delivery changes nothing of it",
    },
    { property: "ipi-result-is-not-above-its-targets", verdict: "holds" },
  ],
});

export default ipiWorld;
