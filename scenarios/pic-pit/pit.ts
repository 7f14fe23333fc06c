import type { Expectation, Where } from "../expectation.ts";
import {
  pitInterruptsForEver,
  pitInterruptsOnce,
  pitNotStuck,
  pitOwedTicksAreWorkedOn,
  pitReinjNotInhibited,
} from "../../properties/pic-pit/pit.ts";
import { pitControl } from "../../models/kvm/actions/pic-pit/pit-control.ts";
import { pitGuest } from "../../models/kvm/actions/pic-pit/pit-guest.ts";
import { pitTicks } from "../../models/kvm/actions/pic-pit/pit.ts";
import { tdOps } from "../../models/kvm/ops.ts";
import { only } from "../../models/kvm/option.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { pitInhibit, pitMode } from "../../models/kvm/options/pic-pit.ts";
import { noKernelIrqchip } from "../no-kernel-irqchip.ts";
import { eoiLaws, ioapicLaws, pitLaws } from "../irqchip-laws.ts";
import { postingLaws, runLoopLaws } from "../laws.ts";
import { eoi, inhibits as inhibitChanges, names, runLoop } from "../parts.ts";
import { every, world, type World } from "../world.ts";

const common = {
  designs: ["active", "v1-inhibit", "active-split", "upstream"],
  guests: every,
  scope: { vcpu: 1 },
  start: "pit-loaded",
} satisfies Partial<World>;

const uninhibited: Where = { guest: "avic", pitInhibit: "removed" };
const unseen = {
  verdict: "violated",
  because: "KVM never sees the EOI, so no tick after the first is acknowledged",
} as const;

const stuck: readonly Expectation[] = [
  {
    property: "pit-waits-for-an-eoi-that-comes",
    where: { pitMode: "no-reinject" },
    verdict: "vacuous",
    because: "nothing is acknowledged",
  },
  { property: "pit-waits-for-an-eoi-that-comes", where: { guest: "td" }, ...unseen },
  { property: "pit-waits-for-an-eoi-that-comes", where: uninhibited, ...unseen },
  { property: "pit-waits-for-an-eoi-that-comes", verdict: "holds" },
];

const owed: readonly Expectation[] = [
  {
    property: "pit-owed-ticks-are-worked-on",
    where: { pitMode: "no-reinject" },
    verdict: "vacuous",
    because: "no tick is counted",
  },
];

const inhibits: readonly Expectation[] = [
  {
    property: "pit-reinject-never-inhibits",
    where: { pitMode: "no-reinject" },
    verdict: "vacuous",
    because: "ticks are not injected again",
  },
  {
    property: "pit-reinject-never-inhibits",
    where: { guest: "avic", pitInhibit: "as-required" },
    verdict: "violated",
    because: "AVIC requires PIT_REINJ",
  },
  { property: "pit-reinject-never-inhibits", verdict: "holds" },
];

const ticking = [
  ...runLoop,
  ...eoi,
  ...names(pitTicks(tdOps)),
  "guest_take_pit",
  "guest_eoi_pit",
  "kvm_pit_ack_irq",
  "kvm_pit_dec_pending",
];

const properties = [
  pitInterruptsForEver,
  pitNotStuck,
  pitOwedTicksAreWorkedOn,
  pitInterruptsOnce,
  pitReinjNotInhibited,
];

/** The in-kernel PIT, whose guest has loaded it and takes its interrupts. */
export const pitWorld = world({
  ...common,
  name: "kvm/pit",
  about:
    "the in-kernel PIT in periodic mode, its timer, worker and ack notifier, and a guest that takes its interrupts",
  options: [only(irqchip, "kernel"), pitMode, pitInhibit],
  actions: ticking,
  properties: [...properties, ...runLoopLaws, ...postingLaws, ...ioapicLaws, ...eoiLaws, ...pitLaws],
  expected: [
    ...noKernelIrqchip(properties),
    { property: "pit-interrupts-for-ever", where: { pitMode: "no-reinject" }, verdict: "holds" },
    { property: "pit-interrupts-for-ever", where: { guest: "td" }, ...unseen },
    { property: "pit-interrupts-for-ever", where: uninhibited, ...unseen },
    { property: "pit-interrupts-for-ever", verdict: "holds" },
    ...stuck,
    ...owed,
    { property: "pit-owed-ticks-are-worked-on", verdict: "holds" },
    {
      property: "pit-interrupts-once-per-load",
      where: { pitMode: "no-reinject" },
      verdict: "violated",
      because: "no tick waits for the acknowledgement of the one before",
    },
    { property: "pit-interrupts-once-per-load", where: { guest: "td" }, verdict: "holds" },
    { property: "pit-interrupts-once-per-load", where: uninhibited, verdict: "holds" },
    {
      property: "pit-interrupts-once-per-load",
      verdict: "violated",
      because: "the EOI is seen, and the next tick follows",
    },
    ...inhibits,
  ],
});

const safe = [pitNotStuck, pitOwedTicksAreWorkedOn, pitReinjNotInhibited];

/** The same with a guest that starts and stops it. */
export const pitGuestWorld = world({
  ...common,
  name: "kvm/pit-guest",
  about: "the same, while the guest loads the PIT anew and masks and unmasks its pin",
  options: [only(irqchip, "kernel"), pitMode, pitInhibit],
  actions: [...ticking, ...names(pitGuest(tdOps))],
  properties: [...safe, pitInterruptsOnce],
  expected: [
    ...noKernelIrqchip([...safe, pitInterruptsOnce]),
    ...stuck,
    ...owed,
    {
      property: "pit-owed-ticks-are-worked-on",
      verdict: "violated",
      because: "a tick between the two stores of kvm_pit_reset_reinject() waits for the next",
    },
    {
      property: "pit-interrupts-once-per-load",
      verdict: "violated",
      because: "a worker under way as the pin is unmasked adds its tick, and an EOI that is seen the next",
    },
    ...inhibits,
  ],
});

/** The same with a userspace that switches re-injection on and off. */
export const pitControlWorld = world({
  ...common,
  guests: ["td", "vmx"],
  name: "kvm/pit-control",
  about: "the same, while userspace switches re-injection on and off with KVM_REINJECT_CONTROL",
  options: [only(irqchip, "kernel")],
  actions: [
    ...ticking,
    ...names(pitControl(tdOps)),
    ...inhibitChanges.filter((name) => name.startsWith("inhibit_")),
  ],
  properties: safe,
  expected: [
    ...noKernelIrqchip(safe),
    { property: "pit-waits-for-an-eoi-that-comes", where: { guest: "td" }, ...unseen },
    {
      property: "pit-waits-for-an-eoi-that-comes",
      where: { guest: "vmx" },
      verdict: "violated",
      because: "a worker under way takes the acknowledgement of the reset before the ack notifier is there",
    },
    { property: "pit-owed-ticks-are-worked-on", verdict: "holds" },
    { property: "pit-reinject-never-inhibits", verdict: "holds" },
  ],
});

export default [pitWorld, pitGuestWorld, pitControlWorld];
