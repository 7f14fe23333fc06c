import {
  assertedEdgeMessageGoesOn,
  deassertedMessageAnswersMinus1,
  irqfdNotByAnOldRoute,
  lineNotByAnOldRoute,
  nothingBeforeSpiv,
  onlyLevelMessagesArrive,
  senderSees0BeforeSpiv,
} from "../../properties/messages/msi.ts";
import { gsiRouting } from "../../models/kvm/actions/messages/gsi-routing.ts";
import { guestMessages } from "../../models/kvm/actions/messages/guest-message.ts";
import { msi } from "../../models/kvm/actions/messages/msi.ts";
import { only } from "../../models/kvm/option.ts";
import { broadcastQuirk, msiPath } from "../../models/kvm/options/messages.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { eoiLaws, messageLaws, messageProgressLaws } from "../irqchip-laws.ts";
import { postingLaws, runLoopLaws } from "../laws.ts";
import { eoi, names, runLoop } from "../parts.ts";
import { every, world } from "../world.ts";

/** Messages to one vCPU that has yet to enable its APIC. */
export const msiWorld = world({
  name: "kvm/msi",
  about: "one vCPU from its first KVM_RUN on, which enables its APIC some time, and messages to it",
  guests: every,
  options: [msiPath, broadcastQuirk],
  scope: { vcpu: 1 },
  start: "created",
  answers: true,
  actions: [
    ...runLoop,
    ...eoi,
    "KVM_RUN",
    "guest_write_spiv",
    ...names(msi(tdOps)),
    ...names(guestMessages(tdOps)),
  ],
  properties: [
    assertedEdgeMessageGoesOn,
    onlyLevelMessagesArrive,
    deassertedMessageAnswersMinus1,
    nothingBeforeSpiv,
    senderSees0BeforeSpiv,
    ...runLoopLaws,
    ...postingLaws,
    ...messageLaws,
    ...messageProgressLaws,
    ...eoiLaws,
  ],
  expected: [
    {
      property: "asserted-edge-message-is-delivered",
      where: { msiPath: "signal-msi" },
      verdict: "vacuous",
      because: "KVM_SIGNAL_MSI has no level argument",
    },
    { property: "asserted-edge-message-is-delivered", verdict: "holds" },
    {
      property: "only-level-triggered-messages-arrive",
      verdict: "violated",
      because: "m10: the level argument is the assert level, not the trigger mode",
    },
    { property: "deasserted-message-is-ignored", where: { msiPath: "irq-line" }, verdict: "holds" },
    { property: "deasserted-message-is-ignored", verdict: "vacuous", because: "only a line is lowered" },
    { property: "nothing-received-before-spiv", verdict: "holds" },
    {
      property: "sender-sees-0-before-spiv",
      where: { msiPath: "irqfd" },
      verdict: "vacuous",
      because: "an irqfd is told nothing",
    },
    { property: "sender-sees-0-before-spiv", verdict: "holds" },
  ],
});

/** The GSI that messages come from is routed elsewhere while they are on their way. */
export const msiRouting = world({
  name: "kvm/msi-routing",
  about:
    "a GSI with a line and an irqfd, whose route is changed while messages of it are on their way to one vCPU",
  guests: every,
  options: [only(msiPath, "irq-line", "irqfd")],
  scope: { vcpu: 1 },
  start: "running",
  actions: [...runLoop, ...eoi, ...names(msi(tdOps)), ...names(gsiRouting)],
  properties: [assertedEdgeMessageGoesOn, lineNotByAnOldRoute, irqfdNotByAnOldRoute],
  expected: [
    { property: "asserted-edge-message-is-delivered", verdict: "holds" },
    {
      property: "kvm-set-irq-not-by-an-old-route",
      verdict: "violated",
      because: "irq_srcu is left before the copy of the entry is used",
    },
    {
      property: "irqfd-not-by-an-old-route",
      where: { msiPath: "irq-line" },
      verdict: "vacuous",
      because: "no irqfd",
    },
    { property: "irqfd-not-by-an-old-route", verdict: "holds" },
  ],
});

export default [msiWorld, msiRouting];
