// Written by scripts/folder-lists.mjs, before every build and test: each file in scenarios that has a default export.
// The order is that of these lines, which may be moved; a new file comes last.
import type { KvmScenario } from "./world.ts";
import overview from "./overview.ts";
import timer from "./timer/timer.ts";
import apicv from "./apicv/apicv.ts";
import rtc from "./rtc/rtc.ts";
import rtcSlew from "./rtc/rtc-slew.ts";
import rtcRestore from "./rtc/rtc-restore.ts";
import level from "./ioapic/level.ts";
import ioapicTests from "./ioapic/ioapic-tests.ts";
import ioapicScan from "./ioapic/ioapic-scan.ts";
import ioapicEntry from "./ioapic/ioapic-entry.ts";
import irqfdResample from "./ioapic/irqfd-resample.ts";
import levelMessage from "./messages/level-message.ts";
import halt from "./scheduling/halt.ts";
import haltMigrates from "./scheduling/halt-migrates.ts";
import piWakeup from "./posting/pi-wakeup.ts";
import creation from "./creation/creation.ts";
import msiRouting from "./messages/msi-routing.ts";
import ipi from "./messages/ipi.ts";
import ioctls from "./ioctls/ioctls.ts";
import mpState from "./ioctls/mp-state.ts";
import lifecycle from "./creation/lifecycle.ts";
import setLapic from "./ioctls/set-lapic.ts";
import apicMap from "./apicv/apic-map.ts";
import f2Extint from "./injection/f2-extint.ts";
import pic from "./pic-pit/pic.ts";
import pit from "./pic-pit/pit.ts";
import f6HaltedVcpu from "./apicv/f6-halted-vcpu.ts";
import timerModes from "./timer/timer-modes.ts";
import tscDeadline from "./timer/tsc-deadline.ts";
import hvTimer from "./timer/hv-timer.ts";
import f3MaskedExpiry from "./timer/f3-masked-expiry.ts";
import f4ModeSwitch from "./timer/f4-mode-switch.ts";
import f5Tdcr from "./timer/f5-tdcr.ts";
import restoredTimer from "./timer/restored-timer.ts";
import ioapicApicv from "./ioapic/ioapic-apicv.ts";
import guestDebug from "./ioctls/guest-debug.ts";
import hvTimerMigrates from "./timer/hv-timer-migrates.ts";
import irqWindow from "./injection/irq-window.ts";
import septZap from "./creation/sept-zap.ts";
import directedEoi from "./ioapic/directed-eoi.ts";
import saveRestore from "./save-restore/save-restore.ts";
import lazyEoi from "./ioapic/lazy-eoi.ts";
import noIrqchip from "./apicv/no-irqchip.ts";
import saveRestoreHalted from "./save-restore/save-restore-halted.ts";
import timerOtherGuests from "./timer/timer-other-guests.ts";
import saveRestorePin from "./save-restore/save-restore-pin.ts";
import initSipi from "./injection/init-sipi.ts";
import avicHalt from "./scheduling/avic-halt.ts";
import wakeEvents from "./injection/wake-events.ts";
import avicDevice from "./posting/avic-device.ts";

/** Every world, in the order of `list scenarios`: the first is the default. */
export const everyWorld: readonly KvmScenario[] = [
  overview,
  timer,
  apicv,
  rtc,
  rtcSlew,
  rtcRestore,
  level,
  ioapicTests,
  ioapicScan,
  ioapicEntry,
  irqfdResample,
  levelMessage,
  halt,
  haltMigrates,
  piWakeup,
  creation,
  msiRouting,
  ipi,
  ioctls,
  mpState,
  lifecycle,
  setLapic,
  apicMap,
  f2Extint,
  pic,
  pit,
  f6HaltedVcpu,
  timerModes,
  tscDeadline,
  hvTimer,
  f3MaskedExpiry,
  f4ModeSwitch,
  f5Tdcr,
  restoredTimer,
  ioapicApicv,
  guestDebug,
  hvTimerMigrates,
  irqWindow,
  septZap,
  directedEoi,
  saveRestore,
  lazyEoi,
  noIrqchip,
  saveRestoreHalted,
  timerOtherGuests,
  saveRestorePin,
  initSipi,
  avicHalt,
  wakeEvents,
  avicDevice,
].flat();
