import { shelve, type AnyScenario, type Named } from "#check";
import { designs } from "../models/kvm/designs/index.ts";
import { apicMapWorld, f1 } from "./apicv/apic-map.ts";
import { apicv } from "./apicv/apicv.ts";
import { creation } from "./creation/creation.ts";
import { haltMigrates } from "./scheduling/halt-migrates.ts";
import { blocks, halt } from "./scheduling/halt.ts";
import { pitControlWorld, pitGuestWorld, pitWorld } from "./pic-pit/pit.ts";
import { picWorld } from "./pic-pit/pic.ts";
import { piWakeup } from "./posting/pi-wakeup.ts";
import { f2ExtInt } from "./injection/f2-extint.ts";
import { f6 } from "./apicv/f6-halted-vcpu.ts";
import { f3MaskedExpiry, f3UserspaceUnmask } from "./timer/f3-masked-expiry.ts";
import { f4ModeSwitch } from "./timer/f4-mode-switch.ts";
import { f5Tdcr } from "./timer/f5-tdcr.ts";
import { hvTimerWorld } from "./timer/hv-timer.ts";
import { mpStateWorld } from "./ioctls/mp-state.ts";
import { ioctlsApic, ioctlsVm } from "./ioctls/ioctls.ts";
import { ioapicDestination, ioapicEntry } from "./ioapic/ioapic-entry.ts";
import { ioapicReroute, ioapicScan, ioapicScanBusy } from "./ioapic/ioapic-scan.ts";
import { ioapicTests } from "./ioapic/ioapic-tests.ts";
import { levelMessageWorld } from "./messages/level-message.ts";
import { levelWorld, sharedLineWorld } from "./ioapic/level.ts";
import { resampleWorld } from "./ioapic/irqfd-resample.ts";
import { ipiWorld } from "./messages/ipi.ts";
import { lifecycle } from "./creation/lifecycle.ts";
import { msiRouting, msiWorld } from "./messages/msi-routing.ts";
import { overview } from "./overview.ts";
import { rtcRestore } from "./rtc/rtc-restore.ts";
import { rtcSlew } from "./rtc/rtc-slew.ts";
import { rtcOneDestination, rtcTwoDestinations } from "./rtc/rtc.ts";
import { setLapicWorld } from "./ioctls/set-lapic.ts";
import { timerModesWorld } from "./timer/timer-modes.ts";
import { timer } from "./timer/timer.ts";
import { tscDeadlineWorld } from "./timer/tsc-deadline.ts";

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
