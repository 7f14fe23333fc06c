import { levelLineNotStuck } from "../../../properties/level.ts";
import { tdPendingEoiNeverSeen } from "../../../properties/td-eoi.ts";
import { reroute } from "../actions/reroute.ts";
import { asProgrammed } from "../actions/pin.ts";
import { irqchip } from "../options.ts";
import { noKernelIrqchip } from "./no-kernel-irqchip.ts";
import { eoi, levelLine, runLoop, scans } from "./parts.ts";
import { every, world, type World } from "./world.ts";

const properties = [levelLineNotStuck, tdPendingEoiNeverSeen];

const common = {
  guests: every,
  options: [irqchip],
  actions: [
    ...runLoop,
    "exit_to_userspace",
    "KVM_RUN",
    ...levelLine.filter((name) => name !== "guest_check_device"),
    ...eoi,
    ...scans,
  ],
  adds: (ops) => reroute(asProgrammed(ops)),
  properties,
} satisfies Partial<World>;

/** A vCPU runs its guest while somebody else makes it the destination of a level-triggered pin. */
export const ioapicScan = world({
  ...common,
  name: "kvm/ioapic-scan",
  about: "one vCPU in its guest, and another that sends a level-triggered pin to it",
  scope: { vcpu: 1 },
  start: "running",
  expected: [...noKernelIrqchip(properties)],
});

/** Two vCPUs, and a pin that is sent from one to the other while its interrupt may be anywhere. */
export const ioapicReroute = world({
  ...common,
  name: "kvm/ioapic-reroute",
  about: "two vCPUs in their guests, and a level-triggered pin that is sent from one to the other",
  scope: { vcpu: 2 },
  start: "pin-programmed",
  expected: [...noKernelIrqchip(properties)],
});
