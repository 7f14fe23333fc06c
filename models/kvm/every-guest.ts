// Written by scripts/folder-lists.mjs, before every build and test: each file in models/kvm/actions that has a default export.
// The order is that of these lines, which may be moved; a new file comes last.
import type { OfEveryGuest } from "./ops.ts";
import entry from "./actions/run-loop/entry.ts";
import hardware from "./actions/run-loop/hardware.ts";
import exit from "./actions/run-loop/exit.ts";
import tmict from "./actions/timer/tmict.ts";
import expired from "./actions/timer/expired.ts";
import vcpuRun from "./actions/run-loop/vcpu-run.ts";
import mpState from "./actions/ioctls/mp-state.ts";
import timerFnLocal from "./actions/timer/timer-fn-local.ts";
import timerFnRemote from "./actions/timer/timer-fn-remote.ts";
import guestTimer from "./actions/timer/guest-timer.ts";
import lvtt from "./actions/timer/lvtt.ts";
import tscDeadline from "./actions/timer/tsc-deadline.ts";
import tdcr from "./actions/timer/tdcr.ts";
import timerRestart from "./actions/timer/timer-restart.ts";
import hvTimer from "./actions/timer/hv-timer.ts";
import hvTimerBlock from "./actions/timer/hv-timer-block.ts";
import waitExpire from "./actions/timer/wait-expire.ts";
import apicv from "./actions/apicv/apicv.ts";
import scanIoapic from "./actions/ioapic/scan-ioapic.ts";
import eoi from "./actions/ioapic/eoi.ts";
import rtcTick from "./actions/rtc/rtc-tick.ts";
import rtcHandler from "./actions/rtc/rtc-handler.ts";
import rtcEoi from "./actions/rtc/rtc-eoi.ts";
import pinActions from "./actions/ioapic/pin-actions.ts";
import irqchip from "./actions/creation/irqchip.ts";
import extint from "./actions/injection/extint.ts";
import halt from "./actions/scheduling/halt.ts";
import block from "./actions/scheduling/block.ts";
import sched from "./actions/scheduling/sched.ts";
import migrateTimer from "./actions/timer/migrate-timer.ts";
import piWakeup from "./actions/posting/pi-wakeup.ts";
import device from "./actions/posting/device.ts";
import apicMap from "./actions/apicv/apic-map.ts";
import msi from "./actions/messages/msi.ts";
import gsiRouting from "./actions/messages/gsi-routing.ts";
import ipi from "./actions/messages/ipi.ts";
import spiv from "./actions/apicv/spiv.ts";
import guestMessage from "./actions/messages/guest-message.ts";
import pic from "./actions/pic-pit/pic.ts";
import pit from "./actions/pic-pit/pit.ts";
import pitGuest from "./actions/pic-pit/pit-guest.ts";
import pitControl from "./actions/pic-pit/pit-control.ts";
import ioctlStart from "./actions/timer/ioctl-start.ts";
import irqWindow from "./actions/injection/irq-window.ts";
import directedEoi from "./actions/ioapic/directed-eoi.ts";
import order from "./actions/save-restore/order.ts";
import pause from "./actions/save-restore/pause.ts";
import initSipi from "./actions/injection/init-sipi.ts";
import sendEvent from "./actions/injection/send-event.ts";
import smi from "./actions/injection/smi.ts";

/** The actions of every guest, in the order of its steps. */
export const everyGuest: readonly OfEveryGuest[] = [
  entry,
  hardware,
  exit,
  tmict,
  expired,
  vcpuRun,
  mpState,
  timerFnLocal,
  timerFnRemote,
  guestTimer,
  lvtt,
  tscDeadline,
  tdcr,
  timerRestart,
  hvTimer,
  hvTimerBlock,
  waitExpire,
  apicv,
  scanIoapic,
  eoi,
  rtcTick,
  rtcHandler,
  rtcEoi,
  pinActions,
  irqchip,
  extint,
  halt,
  block,
  sched,
  migrateTimer,
  piWakeup,
  device,
  apicMap,
  msi,
  gsiRouting,
  ipi,
  spiv,
  guestMessage,
  pic,
  pit,
  pitGuest,
  pitControl,
  ioctlStart,
  irqWindow,
  directedEoi,
  order,
  pause,
  initSipi,
  sendEvent,
  smi,
].flat();
