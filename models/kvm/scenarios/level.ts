import type { Expectation } from "#check";
import { levelLineDeliveredAgain, levelLineNotStuck } from "../../../properties/level.ts";
import { level as levelActions } from "../actions/level.ts";
import { tdOps } from "../ops.ts";
import { guestAck, irqchip } from "../options.ts";
import { noKernelIrqchip } from "./no-kernel-irqchip.ts";
import { eoi, names, runLoop } from "./parts.ts";
import { every, world } from "./world.ts";

const properties = [levelLineNotStuck, levelLineDeliveredAgain];

const ordinary = every.filter((guest) => guest !== "td");

const rescued: readonly Expectation[] = [
  { property: "level-line-not-stuck", where: { guestAck: "linux-sw-eoi" }, verdict: "holds" },
  { property: "level-line-delivered-again", where: { guestAck: "linux-sw-eoi" }, verdict: "witnessed" },
];

/** A level-triggered line: who tells the I/O APIC of its EOI. */
export const levelWorld = world({
  name: "kvm/level",
  about:
    "one vCPU and a device on a level-triggered pin, of the in-kernel I/O APIC or of userspace's with a split irqchip",
  guests: every,
  options: [irqchip, guestAck],
  scope: { vcpu: 1 },
  start: "pin-programmed",
  actions: [...runLoop, "exit_to_userspace", "KVM_RUN", ...names(levelActions(tdOps)), ...eoi],
  properties,
  expected: [
    ...noKernelIrqchip(properties),
    { property: "level-line-not-stuck", where: { guest: ordinary }, verdict: "holds" },
    { property: "level-line-delivered-again", where: { guest: ordinary }, verdict: "witnessed" },
    ...rescued,
    {
      property: "level-line-not-stuck",
      verdict: "violated",
      because: "nobody sees a TD's EOI, so remote_irr stays set and the line is ignored from then on",
    },
    {
      property: "level-line-delivered-again",
      verdict: "violated",
      because: "nobody sees a TD's EOI, so the line is served once",
    },
  ],
});
