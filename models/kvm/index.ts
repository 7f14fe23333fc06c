import { shelve, type AnyScenario, type Named } from "#check";
import { designs } from "./designs/index.ts";
import { apicMapWorld, f1 } from "./scenarios/apic-map.ts";
import { apicv } from "./scenarios/apicv.ts";
import { creation } from "./scenarios/creation.ts";
import { haltMigrates } from "./scenarios/halt-migrates.ts";
import { blocks, halt } from "./scenarios/halt.ts";
import { pitControlWorld, pitGuestWorld, pitWorld } from "./scenarios/pit.ts";
import { picWorld } from "./scenarios/pic.ts";
import { piWakeup } from "./scenarios/pi-wakeup.ts";
import { f2ExtInt } from "./scenarios/f2-extint.ts";
import { f6 } from "./scenarios/f6-halted-vcpu.ts";
import { f3MaskedExpiry, f3UserspaceUnmask } from "./scenarios/f3-masked-expiry.ts";
import { f4ModeSwitch } from "./scenarios/f4-mode-switch.ts";
import { f5Tdcr } from "./scenarios/f5-tdcr.ts";
import { hvTimerWorld } from "./scenarios/hv-timer.ts";
import { mpStateWorld } from "./scenarios/mp-state.ts";
import { ioctlsApic, ioctlsVm } from "./scenarios/ioctls.ts";
import { ioapicDestination, ioapicEntry } from "./scenarios/ioapic-entry.ts";
import { ioapicReroute, ioapicScan, ioapicScanBusy } from "./scenarios/ioapic-scan.ts";
import { ioapicTests } from "./scenarios/ioapic-tests.ts";
import { levelMessageWorld } from "./scenarios/level-message.ts";
import { levelWorld, sharedLineWorld } from "./scenarios/level.ts";
import { resampleWorld } from "./scenarios/irqfd-resample.ts";
import { ipiWorld } from "./scenarios/ipi.ts";
import { lifecycle } from "./scenarios/lifecycle.ts";
import { msiRouting, msiWorld } from "./scenarios/msi-routing.ts";
import { overview } from "./scenarios/overview.ts";
import { rtcRestore } from "./scenarios/rtc-restore.ts";
import { rtcSlew } from "./scenarios/rtc-slew.ts";
import { rtcOneDestination, rtcTwoDestinations } from "./scenarios/rtc.ts";
import { setLapicWorld } from "./scenarios/set-lapic.ts";
import { timerModesWorld } from "./scenarios/timer-modes.ts";
import { timer } from "./scenarios/timer.ts";
import { tscDeadlineWorld } from "./scenarios/tsc-deadline.ts";

/** The worlds of the KVM/TDX interrupt subsystem; the first is the default. */
export const kvm: readonly AnyScenario[] = [
  overview,
  timer,
  apicv,
  rtcOneDestination,
  rtcTwoDestinations,
  rtcSlew,
  rtcRestore,
  levelWorld,
  sharedLineWorld,
  ...ioapicTests,
  ioapicScan,
  ioapicScanBusy,
  ioapicReroute,
  ioapicEntry,
  ioapicDestination,
  resampleWorld,
  levelMessageWorld,
  halt,
  blocks,
  haltMigrates,
  piWakeup,
  creation,
  msiWorld,
  msiRouting,
  ipiWorld,
  ioctlsApic,
  ioctlsVm,
  mpStateWorld,
  lifecycle,
  setLapicWorld,
  apicMapWorld,
  f1,
  f2ExtInt,
  picWorld,
  pitWorld,
  pitGuestWorld,
  pitControlWorld,
  f6,
  timerModesWorld,
  tscDeadlineWorld,
  hvTimerWorld,
  f3MaskedExpiry,
  f3UserspaceUnmask,
  f4ModeSwitch,
  f5Tdcr,
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
  {
    name: "vmx-sw",
    about: "an ordinary VMX guest without APICv: its APIC is emulated, interrupts injected, every EOI seen",
    source: "irqchip 0.2 VMX_SW, 3.3",
  },
  {
    name: "avic",
    about:
      "an ordinary SVM guest with AVIC: IRR written directly, a doorbell, EOI exits of level-triggered vectors",
    source: "irqchip 0.2 AVIC, 3.3, 7.1",
  },
  {
    name: "svm-sw",
    about: "an ordinary SVM guest without AVIC: its APIC is emulated, interrupts injected, every EOI seen",
    source: "irqchip 0.2 SVM_SW, 3.3, 7.1",
  },
];
