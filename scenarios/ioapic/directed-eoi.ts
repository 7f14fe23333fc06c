import { directedEoiHoldsPinBack } from "../../properties/ioapic/directed-eoi.ts";
import { remoteIrrNotStuck, levelLineServed } from "../../properties/ioapic/level.ts";
import { levelDeviceServedInTheEnd } from "../../properties/ioapic/level-live.ts";
import { only } from "../../models/kvm/option.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { directedBy, directedEoi, eoiBroadcast, userspaceIoapic } from "../../models/kvm/options/ioapic.ts";
import { eoi, levelLine, runLoop } from "../parts.ts";
import type { Expectation, Where } from "../expectation.ts";
import { ordinary, world } from "../world.ts";

const properties = [remoteIrrNotStuck, levelLineServed, levelDeviceServedInTheEnd, directedEoiHoldsPinBack];

const refused = (where: Where, because: string): readonly Expectation[] =>
  properties.map(({ id }) => ({ property: id, where, verdict: "not-applicable", because }));

/** What is expected of both forms of it: no state in which nothing is on its way, and served in the end. */
const bothOf = (expected: Omit<Expectation, "property">): readonly Expectation[] =>
  ["level-line-served", "level-device-served-in-the-end"].map((property) => ({ property, ...expected }));

/** Where the EOI is not broadcast, and the guest writes a register that is not there. */
const unheard: readonly Pick<Expectation, "where" | "because">[] = [
  {
    where: { eoiBroadcast: "enabled", directedBy: "windows", userspaceIoapic: "no-eoi-register" },
    because: "nobody broadcasts the EOI, and userspace's I/O APIC has no EOI register",
  },
  {
    where: { irqchip: "kernel", eoiBroadcast: "quirked", directedBy: "windows" },
    because: "KVM honours a bit that it does not advertise, and its I/O APIC has no EOI register",
  },
];

/** A guest that has turned the EOI broadcasts of its LAPIC off, and ends level-triggered interrupts at the I/O APIC. */
export default world({
  name: "kvm/directed-eoi",
  about:
    "one vCPU that has set Suppress EOI Broadcast, and a device on a level-triggered pin, whose interrupts it ends at the I/O APIC",
  designs: ["upstream"],
  guests: ordinary,
  options: [irqchip, only(directedEoi, "restored"), eoiBroadcast, directedBy, userspaceIoapic],
  scope: { vcpu: 1 },
  start: "pin-programmed",
  actions: [...runLoop, "exit_to_userspace", "KVM_RUN", ...levelLine, ...eoi],
  properties,
  expected: [
    ...refused({ irqchip: "kernel", eoiBroadcast: "enabled" }, "-EINVAL unless the irqchip is split"),
    ...unheard.flatMap((stuck) => [
      { property: "remote-irr-not-stuck", verdict: "violated" as const, ...stuck },
      ...bothOf({ verdict: "violated", ...stuck }),
    ]),
    { property: "remote-irr-not-stuck", verdict: "holds" },
    ...bothOf({
      where: { irqchip: "split", userspaceIoapic: "looks-at-nothing" },
      verdict: "violated",
      because: "a line that rose before the EOI was handled is looked at by nobody",
    }),
    ...bothOf({ verdict: "holds" }),
    {
      property: "directed-eoi-holds-pin-back",
      where: { irqchip: "split", eoiBroadcast: "enabled" },
      verdict: "holds",
    },
    {
      property: "directed-eoi-holds-pin-back",
      where: { irqchip: "kernel", eoiBroadcast: "quirked" },
      verdict: "holds",
    },
    {
      property: "directed-eoi-holds-pin-back",
      verdict: "violated",
      because: "KVM broadcasts the EOI though the bit is set",
    },
  ],
});
