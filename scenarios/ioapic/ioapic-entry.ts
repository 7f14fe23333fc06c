import {
  edgeEntryHasNoRemoteIrr,
  levelPinWithDestinationServed,
  lineStatusTells,
  maskedPinDeliversNothing,
  remoteIrrOnlyIfAccepted,
  unmaskBringsBackNoEdge,
  unmaskServesLevelPin,
} from "../../properties/ioapic/ioapic-entry.ts";
import { looksAtNothing, writesEntryAtWill } from "../../models/kvm/actions/ioapic/entry-writes.ts";
import { only } from "../../models/kvm/option.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { eoi, levelLine, runLoop } from "../parts.ts";
import { every, world, type World } from "../world.ts";

const common = {
  designs: ["upstream"],
  guests: every.filter((guest) => guest !== "td"),
  options: [only(irqchip, "kernel")],
  scope: { vcpu: 1 },
  start: "pin-programmed",
  actions: [
    ...runLoop,
    ...levelLine.filter(
      (name) => !["KVM_IRQ_LINE_level", "userspace_ioapic_set_irq", "guest_check_device"].includes(name),
    ),
    "KVM_IRQ_LINE_STATUS_pin",
    ...eoi,
  ],
} satisfies Partial<World>;

/** The in-kernel I/O APIC's entry written at any moment, its line up and down at any moment. */
export const ioapicEntry = world({
  ...common,
  name: "kvm/ioapic-entry",
  about: "one vCPU that writes a pin's trigger mode and mask in the in-kernel I/O APIC at any moment",
  adds: () => [writesEntryAtWill(["RTE_EDGE", "RTE_LEVEL", "RTE_MASK", "RTE_UNMASK"]), looksAtNothing()],
  properties: [
    levelPinWithDestinationServed,
    edgeEntryHasNoRemoteIrr,
    lineStatusTells,
    maskedPinDeliversNothing,
    unmaskServesLevelPin,
    unmaskBringsBackNoEdge,
  ],
  expected: [
    { property: "level-pin-with-destination-served", verdict: "holds" },
    { property: "edge-entry-has-no-remote-irr", verdict: "holds" },
    { property: "irq-line-status-tells", verdict: "holds" },
    { property: "masked-pin-delivers-nothing", verdict: "holds" },
    { property: "unmask-serves-level-pin", verdict: "holds" },
    { property: "unmask-brings-back-no-edge", verdict: "holds" },
  ],
});

/** The destination of a level-triggered entry changed at any moment, also to nobody. */
export const ioapicDestination = world({
  ...common,
  name: "kvm/ioapic-destination",
  about:
    "one vCPU that writes a level-triggered pin's destination at any moment: itself, or nobody in one of two ways",
  adds: () => [writesEntryAtWill(["RTE_TO_SELF", "RTE_TO_ABSENT", "RTE_TO_NOBODY"]), looksAtNothing()],
  properties: [remoteIrrOnlyIfAccepted, levelPinWithDestinationServed, lineStatusTells],
  expected: [
    {
      property: "remote-irr-only-if-accepted",
      verdict: "violated",
      because: "ioapic_service() takes -1, which the slow path answers, for an interrupt that was sent",
    },
    {
      property: "level-pin-with-destination-served",
      verdict: "violated",
      because: "remote_irr of an interrupt that nobody took is still set when the pin is sent to somebody",
    },
    { property: "irq-line-status-tells", verdict: "holds" },
  ],
});

export default [ioapicEntry, ioapicDestination];
