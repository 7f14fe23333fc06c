import { remoteIrrNotStuck } from "../../properties/ioapic/level.ts";
import { tdPendingEoiNeverSeen } from "../../properties/ioapic/td-eoi.ts";
import { guestMessages } from "../../models/kvm/actions/messages/guest-message.ts";
import { otherMessage } from "../../models/kvm/actions/ioapic/other-message.ts";
import { reroute } from "../../models/kvm/actions/ioapic/reroute.ts";
import { asProgrammed } from "../../models/kvm/actions/ioapic/pin.ts";
import { tdOps, type VendorOps } from "../../models/kvm/ops.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import type { Expectation } from "../expectation.ts";
import { noKernelIrqchip } from "../no-kernel-irqchip.ts";
import { eoiLaws, ioapicLaws } from "../irqchip-laws.ts";
import { postingLaws, runLoopLaws } from "../laws.ts";
import { eoi, levelLine, names, runLoop, scans, without } from "../parts.ts";
import { every, world, type World } from "../world.ts";

const unseen = "nobody sees a TD's EOI";

const properties = [remoteIrrNotStuck, tdPendingEoiNeverSeen];

/** What takes part where a pin is sent to a vCPU. */
export const sentElsewhere: readonly string[] = [
  ...runLoop,
  "exit_to_userspace",
  "KVM_RUN",
  ...without(levelLine, "guest_check_device"),
  ...eoi,
  ...scans,
];

const common = {
  guests: every,
  options: [irqchip],
  actions: sentElsewhere,
  adds: (ops: VendorOps) => reroute(asProgrammed(ops)),
  properties,
} satisfies Partial<World>;

/** What is expected of both ways to change the destination. */
const expected: readonly Expectation[] = [
  ...noKernelIrqchip(properties),
  { property: "remote-irr-not-stuck", where: { guest: "td" }, verdict: "violated", because: unseen },
  {
    property: "remote-irr-not-stuck",
    where: { irqchip: "kernel" },
    verdict: "violated",
    because: "ioapic_write_indirect() serves a line that is up before it has the vCPU scan",
  },
  { property: "remote-irr-not-stuck", verdict: "holds" },
  { property: "td-pending-eoi-never-seen", verdict: "vacuous", because: "no interrupt from an old route" },
];

const scanned = {
  ...common,
  scope: { vcpu: 1 },
  start: "running",
  expected,
} satisfies Partial<World>;

/** A vCPU runs its guest while somebody else makes it the destination of a level-triggered pin. */
export const ioapicScan = world({
  ...scanned,
  name: "kvm/ioapic-scan",
  about: "one vCPU in its guest, and somebody who sends a level-triggered pin to it",
  properties: [...properties, ...runLoopLaws, ...postingLaws, ...ioapicLaws, ...eoiLaws],
});

/** The same where other interrupts are on their way to the vCPU, whose notifications do for the pin's as well. */
export const ioapicScanBusy = world({
  ...scanned,
  name: "kvm/ioapic-scan-busy",
  about: "one vCPU that takes messages of another device, and somebody who sends a level-triggered pin to it",
  guests: ["td", "vmx", "avic"],
  actions: [...common.actions, ...names(guestMessages(tdOps))],
  adds: (ops) => [...common.adds(ops), ...otherMessage(ops)],
});

/** Two vCPUs, and a pin that is sent from one to the other while its interrupt may be anywhere. */
export const ioapicReroute = world({
  ...common,
  name: "kvm/ioapic-reroute",
  about: "two vCPUs in their guests, and a level-triggered pin that is sent from one to the other",
  guests: ["td", "vmx", "avic"],
  scope: { vcpu: 2 },
  start: "pin-programmed",
  expected: [
    ...noKernelIrqchip(properties),
    { property: "remote-irr-not-stuck", where: { guest: "td" }, verdict: "violated", because: unseen },
    { property: "remote-irr-not-stuck", verdict: "holds" },
    { property: "td-pending-eoi-never-seen", where: { guest: "td" }, verdict: "holds" },
    { property: "td-pending-eoi-never-seen", verdict: "vacuous", because: "no TD" },
  ],
});

export default [ioapicScan, ioapicScanBusy, ioapicReroute];
