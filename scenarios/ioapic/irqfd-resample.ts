import type { Expectation } from "../expectation.ts";
import { resampledDeviceUnmasked } from "../../properties/ioapic/level-live.ts";
import { resampleIrqfdAccepted, resampledDeviceNotStuck } from "../../properties/ioapic/resample.ts";
import { asProgrammed } from "../../models/kvm/actions/ioapic/pin.ts";
import { resample } from "../../models/kvm/actions/ioapic/resample.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { guestAck } from "../../models/kvm/options/ioapic.ts";
import { noKernelIrqchip } from "../no-kernel-irqchip.ts";
import { eoi, levelLine, runLoop } from "../parts.ts";
import { every, world } from "../world.ts";

const properties = [resampleIrqfdAccepted, resampledDeviceNotStuck, resampledDeviceUnmasked];

/** What is expected of both forms of it: no state in which nothing is on its way, and unmasked in the end. */
const bothOf = (expected: Omit<Expectation, "property">): readonly Expectation[] =>
  ["resampled-device-not-stuck", "resampled-device-unmasked"].map((property) => ({ property, ...expected }));

/** VFIO's INTx behind an irqfd with a resampler. */
export const resampleWorld = world({
  name: "kvm/irqfd-resample",
  about: "one vCPU and an assigned device whose INTx an irqfd with KVM_IRQFD_FLAG_RESAMPLE raises",
  guests: every,
  options: [irqchip, guestAck],
  scope: { vcpu: 1 },
  start: "resampled",
  actions: [
    ...runLoop,
    ...levelLine.filter(
      (name) => !["KVM_IRQ_LINE_level", "userspace_ioapic_set_irq", "guest_check_device"].includes(name),
    ),
    ...eoi,
  ],
  adds: (ops) => resample(asProgrammed(ops)),
  properties,
  expected: [
    ...noKernelIrqchip(properties),
    {
      property: "resample-irqfd-accepted",
      where: { irqchip: "split" },
      verdict: "violated",
      because: "a resampler needs the in-kernel I/O APIC: -EINVAL",
    },
    { property: "resample-irqfd-accepted", verdict: "holds" },
    ...bothOf({ where: { irqchip: "split" }, verdict: "vacuous", because: "the irqfd is refused" }),
    ...bothOf({
      where: { guest: "td", guestAck: "lapic-only" },
      verdict: "violated",
      because: "nobody sees a TD's EOI, so the ack notifier never runs and the device stays masked",
    }),
    ...bothOf({ verdict: "holds" }),
  ],
});

export default resampleWorld;
