import { setIrqReturns } from "../../properties/ioapic/lazy-eoi.ts";
import { asProgrammed } from "../../models/kvm/actions/ioapic/pin.ts";
import { resample } from "../../models/kvm/actions/ioapic/resample.ts";
import { only } from "../../models/kvm/option.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { lazyPinEoi, pinTrigger } from "../../models/kvm/options/ioapic.ts";
import { noKernelIrqchip } from "../no-kernel-irqchip.ts";
import { eoi, levelLine, runLoop, without } from "../parts.ts";
import { every, world } from "../world.ts";

const properties = [setIrqReturns];
const again =
  "the resampler lowers its own source, the other is up, and the call begins anew inside of itself";

/** A pin with two sources, whose EOI the I/O APIC completes by itself as the next interrupt comes. */
export default world({
  name: "kvm/lazy-eoi",
  about:
    "one vCPU, and a pin of the in-kernel I/O APIC with two sources: a device of userspace's, and an irqfd with a resampler",
  guests: every,
  options: [only(irqchip, "kernel"), only(lazyPinEoi, "all-pins", "edge-pins", "none"), pinTrigger],
  scope: { vcpu: 1 },
  start: "resampled",
  actions: [
    ...runLoop,
    "exit_to_userspace",
    "KVM_RUN",
    ...without(levelLine, "userspace_ioapic_set_irq", "guest_write_edge", "guest_write_level"),
    ...eoi,
    "irqfd_inject_resample",
    "lazy_eoi_notify_acked",
    "lazy_eoi_set_irq",
    "lazy_eoi_complete",
  ],
  // What raises the resampler's source is the option's.
  adds: (ops) => resample(asProgrammed(ops)).filter(({ name }) => name !== "irqfd_inject_resample"),
  properties,
  expected: [
    ...noKernelIrqchip(properties),
    { property: "set-irq-returns", where: { lazyPinEoi: "all-pins" }, verdict: "violated", because: again },
    {
      property: "set-irq-returns",
      where: { lazyPinEoi: "edge-pins", pinTrigger: "edge" },
      verdict: "violated",
      because: again,
    },
    { property: "set-irq-returns", verdict: "holds" },
  ],
});
