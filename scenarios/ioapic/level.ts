import type { Expectation, Where } from "../expectation.ts";
import {
  avicSeesWhatIsSet,
  levelLineDeliveredAgain,
  remoteIrrNotStuck,
  levelLineServed,
  oneInterruptPerWrite,
} from "../../properties/ioapic/level.ts";
import { levelDeviceServedInTheEnd } from "../../properties/ioapic/level-live.ts";
import { tdEoiExitBitmapEmpty, tdEoiNeverSeen, tdShadowTmrUnused } from "../../properties/ioapic/td-eoi.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { guestAck, levelTriggered } from "../../models/kvm/options/ioapic.ts";
import { noKernelIrqchip } from "../no-kernel-irqchip.ts";
import { eoiLaws, ioapicLaws } from "../irqchip-laws.ts";
import { postingLaws, runLoopLaws, threadLaws } from "../laws.ts";
import { eoi, levelLine, runLoop } from "../parts.ts";
import { every, world, type World } from "../world.ts";

const properties = [
  remoteIrrNotStuck,
  levelLineServed,
  levelDeviceServedInTheEnd,
  levelLineDeliveredAgain,
  oneInterruptPerWrite,
  tdEoiNeverSeen,
  tdEoiExitBitmapEmpty,
  tdShadowTmrUnused,
  avicSeesWhatIsSet,
];

const ordinary = every.filter((guest) => guest !== "td");
const td = (where: Where): Where => ({ guest: "td", ...where });
const dropped = td({ levelTriggered: ["drop", "reject"] });
const toEdge = td({ levelTriggered: "to-edge" });
const rescued = td({ levelTriggered: "as-is", guestAck: "linux-sw-eoi" });

const noTd = (property: string): Expectation => ({
  property,
  where: { guest: ordinary },
  verdict: "vacuous",
  because: "no TD",
});
const nothing = (property: string): Expectation => ({
  property,
  where: dropped,
  verdict: "vacuous",
  because: "nothing is delivered",
});
const unseen = "nobody sees a TD's EOI, so remote_irr stays set and the line is ignored from then on";

/** What is expected of both forms of it: no state in which nothing is on its way, and served in the end. */
const bothOf = (expected: Omit<Expectation, "property">): readonly Expectation[] =>
  ["level-line-served", "level-device-served-in-the-end"].map((property) => ({ property, ...expected }));

/** What is expected whether one device raises the line, or two. */
const either: readonly Expectation[] = [
  ...noKernelIrqchip(properties),
  { property: "remote-irr-not-stuck", where: { guest: ordinary }, verdict: "holds" },
  ...bothOf({ where: { guest: ordinary }, verdict: "holds" }),
  { property: "level-line-delivered-again", where: { guest: ordinary }, verdict: "witnessed" },
  {
    property: "one-interrupt-per-write",
    where: { guest: ordinary },
    verdict: "violated",
    because: "an ordinary guest's EOI is seen, and the pin is served again",
  },
  { property: "avic-sees-what-is-set", where: { guest: "avic" }, verdict: "holds" },
  { property: "avic-sees-what-is-set", verdict: "vacuous", because: "no AVIC" },
  noTd("td-eoi-never-seen"),
  noTd("td-eoi-exit-bitmap-empty"),
  noTd("td-shadow-tmr-unused"),
  ...["remote-irr-not-stuck", "one-interrupt-per-write", "td-eoi-never-seen", "td-shadow-tmr-unused"].map(
    nothing,
  ),
  ...bothOf({
    where: dropped,
    verdict: "violated",
    because: "a level-triggered interrupt is not delivered at all",
  }),
  {
    property: "level-line-delivered-again",
    where: dropped,
    verdict: "violated",
    because: "a level-triggered interrupt is not delivered at all",
  },
  { property: "remote-irr-not-stuck", where: toEdge, verdict: "vacuous", because: "no remote_irr" },
  { property: "level-line-delivered-again", where: toEdge, verdict: "witnessed" },
  {
    property: "one-interrupt-per-write",
    where: toEdge,
    verdict: "violated",
    because: "each rising edge is delivered",
  },
  {
    property: "td-shadow-tmr-unused",
    where: toEdge,
    verdict: "vacuous",
    because: "no level-triggered vector",
  },
  {
    property: "td-eoi-exit-bitmap-empty",
    where: td({ levelTriggered: "reject", irqchip: "split" }),
    verdict: "vacuous",
    because: "no route is scanned",
  },
  { property: "td-eoi-never-seen", verdict: "holds" },
  { property: "td-eoi-exit-bitmap-empty", verdict: "holds" },
  { property: "td-shadow-tmr-unused", verdict: "holds" },
  { property: "remote-irr-not-stuck", where: rescued, verdict: "holds" },
  ...bothOf({ where: rescued, verdict: "holds" }),
  { property: "level-line-delivered-again", where: rescued, verdict: "witnessed" },
  {
    property: "one-interrupt-per-write",
    where: rescued,
    verdict: "violated",
    because: "the guest tells the I/O APIC, which serves the pin again",
  },
  { property: "remote-irr-not-stuck", verdict: "violated", because: unseen },
  ...bothOf({ where: td({ levelTriggered: "as-is" }), verdict: "violated", because: unseen }),
  { property: "level-line-delivered-again", verdict: "violated", because: unseen },
  { property: "one-interrupt-per-write", verdict: "holds" },
];

const common = {
  guests: every,
  options: [irqchip, levelTriggered, guestAck],
  scope: { vcpu: 1 },
  actions: [...runLoop, "exit_to_userspace", "KVM_RUN", ...levelLine, ...eoi],
  properties: [...properties, ...runLoopLaws, ...postingLaws, ...ioapicLaws, ...eoiLaws, ...threadLaws],
} satisfies Partial<World>;

/** A level-triggered line with one device: who tells the I/O APIC of its EOI. */
export const levelWorld = world({
  ...common,
  name: "kvm/level",
  about:
    "one vCPU and a device on a level-triggered pin, of the in-kernel I/O APIC or of userspace's with a split irqchip",
  start: "pin-programmed",
  expected: [
    ...either,
    ...bothOf({
      where: { ...toEdge, guestAck: "linux-sw-eoi", irqchip: "kernel" },
      verdict: "violated",
      because: "an edge comes while the guest has the entry masked to tell the I/O APIC",
    }),
    ...bothOf({ verdict: "holds" }),
  ],
});

/** The same with two devices on the line. */
export const sharedLineWorld = world({
  ...common,
  name: "kvm/level-shared",
  about: "one vCPU and two devices that share a level-triggered pin",
  start: "line-shared",
  expected: [
    ...either,
    ...bothOf({
      verdict: "violated",
      because: "a device that raises the line while the other holds it makes no edge",
    }),
  ],
});

export default [levelWorld, sharedLineWorld];
