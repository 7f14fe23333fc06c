import {
  levelMessageEoiIntercepted,
  levelMessageTakenAgain,
} from "../../properties/messages/level-message.ts";
import { guestMessages } from "../../models/kvm/actions/messages/guest-message.ts";
import { msi } from "../../models/kvm/actions/messages/msi.ts";
import { only } from "../../models/kvm/option.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { msiPath, msiTrigger } from "../../models/kvm/options/messages.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { noKernelIrqchip } from "../no-kernel-irqchip.ts";
import { eoi, names, runLoop } from "../parts.ts";
import { every, world } from "../world.ts";

const properties = [levelMessageEoiIntercepted, levelMessageTakenAgain];

/** Level-triggered messages of a GSI: whether KVM asks for their EOI. */
export default world({
  name: "kvm/level-message",
  about: "one vCPU and a GSI that is routed to a level-triggered message, which no I/O APIC stands behind",
  guests: every,
  options: [irqchip, only(msiTrigger, "level"), only(msiPath, "irq-line")],
  scope: { vcpu: 1 },
  start: "level-message",
  actions: [
    ...runLoop,
    "exit_to_userspace",
    "KVM_RUN",
    ...eoi,
    "userspace_ioapic_eoi",
    ...names(msi(tdOps)),
    ...names(guestMessages(tdOps)),
  ],
  properties,
  expected: [
    ...noKernelIrqchip(properties),
    {
      property: "level-message-eoi-intercepted",
      where: { irqchip: "kernel" },
      verdict: "violated",
      because: "the in-kernel I/O APIC's table is scanned, and not the routes",
    },
    { property: "level-message-eoi-intercepted", verdict: "holds" },
    { property: "level-message-taken-again", verdict: "witnessed" },
  ],
});
