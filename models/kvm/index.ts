import { shelve, type AnyScenario, type Named } from "#check";
import { designs } from "./designs/index.ts";
import { apicMapWorld, f1 } from "./scenarios/apic-map.ts";
import { apicv } from "./scenarios/apicv.ts";
import { blocks, halt } from "./scenarios/halt.ts";
import { piWakeup } from "./scenarios/pi-wakeup.ts";
import { f2ExtInt } from "./scenarios/f2-extint.ts";
import { f6 } from "./scenarios/f6-halted-vcpu.ts";
import { lifecycle } from "./scenarios/lifecycle.ts";
import { overview } from "./scenarios/overview.ts";
import { rtcOneDestination, rtcTwoDestinations } from "./scenarios/rtc.ts";
import { timer } from "./scenarios/timer.ts";

/** The worlds of the KVM/TDX interrupt subsystem; the first is the default. */
export const kvm: readonly AnyScenario[] = [
  overview,
  timer,
  apicv,
  rtcOneDestination,
  rtcTwoDestinations,
  halt,
  blocks,
  piWakeup,
  lifecycle,
  apicMapWorld,
  f1,
  f2ExtInt,
  f6,
].map(shelve);

/** The designs of the thread, in words. */
export const kvmDesigns: readonly Named[] = Object.entries(designs).map(([name, { about, source }]) => ({
  name,
  about,
  source,
}));

/** The guests, in words. */
export const kvmGuests: readonly Named[] = [
  {
    name: "td",
    about: "an Intel TD: everything is posted, no EOI is seen, and KVM cannot read its APIC",
    source: "irqchip 0.2 TDX; timer 4",
  },
  {
    name: "vmx",
    about: "an ordinary VMX guest with APICv, which falls back to event injection while APICv is inhibited",
    source: "irqchip 0.2 VMX_APICV; timer 2.7, 2.8",
  },
];
