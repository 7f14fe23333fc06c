import { variant, type Action, type Choice, type Model } from "#check";
import { inhibitSteps, recalculateMap, refreshBugs, refreshControls, updateApicv } from "./actions/apicv.ts";
import { block } from "./actions/block.ts";
import { createTdVcpu, createVcpu } from "./actions/create-vcpu.ts";
import { device } from "./actions/device.ts";
import { apicMapSteps, enableX2apicApi, wideVcpuIds } from "./actions/apic-map.ts";
import { bugSteps } from "./actions/bug.ts";
import { entry } from "./actions/entry.ts";
import { kvmInterrupt, maskLvt0 } from "./actions/extint.ts";
import { exits } from "./actions/exit.ts";
import { expired } from "./actions/expired.ts";
import { guestTimer } from "./actions/guest.ts";
import { halt } from "./actions/halt.ts";
import { enterFailed, hardware } from "./actions/hardware.ts";
import { createIrqchip, createIrqchipRefused, createPit, splitIrqchip } from "./actions/irqchip.ts";
import {
  bootHost,
  disableExits,
  guestSetPeriodic,
  guestWriteSpiv,
  moduleWithoutApicv,
  moduleWithoutAvic,
} from "./actions/lifecycle.ts";
import { eoiHandling } from "./actions/eoi.ts";
import { eoiRtc } from "./actions/rtc-eoi.ts";
import { rtcHandler } from "./actions/rtc-handler.ts";
import { usualLine } from "./actions/rtc-line.ts";
import { rtcTick } from "./actions/rtc-tick.ts";
import { pinActions } from "./actions/pin-actions.ts";
import { asProgrammed } from "./actions/pin.ts";
import { hvTimerBlock } from "./actions/hv-timer-block.ts";
import { hvTimer } from "./actions/hv-timer.ts";
import { lvtt } from "./actions/lvtt.ts";
import { migrateTimer } from "./actions/migrate-timer.ts";
import { piWakeupHandler } from "./actions/pi-wakeup.ts";
import { nmi } from "./actions/nmi.ts";
import { pic } from "./actions/pic.ts";
import { pitControl } from "./actions/pit-control.ts";
import { pitGuest } from "./actions/pit-guest.ts";
import { pitTicks } from "./actions/pit.ts";
import { piPut616, sched } from "./actions/sched.ts";
import { getLapic, getLapicRefused, setLapicAllowed, setLapicRefused } from "./actions/lapic-state.ts";
import { setGuestDebug, setGuestDebugRefused } from "./actions/guest-debug.ts";
import { runRefused, setMpState616, setMpStateOrdinary } from "./actions/mp-state.ts";
import { asMerged, ordinaryMsrs, setMsrs } from "./actions/msrs.ts";
import { synic } from "./actions/synic.ts";
import { scanRequests } from "./actions/scan-ioapic.ts";
import { setSregsOrdinary, setSregsRefused } from "./actions/sregs.ts";
import { asConfigured, expirePending, timerFnLocal } from "./actions/timer-fn-local.ts";
import { timerFnRemote } from "./actions/timer-fn-remote.ts";
import { tdFinalize, tdInitVcpu, tdInitVm } from "./actions/tdx-init.ts";
import { gsiRouting } from "./actions/gsi-routing.ts";
import { guestMessages } from "./actions/guest-message.ts";
import { ipi } from "./actions/ipi.ts";
import { msi } from "./actions/msi.ts";
import { spiv } from "./actions/spiv.ts";
import { tdcr } from "./actions/tdcr.ts";
import { timerRestart } from "./actions/timer-restart.ts";
import { fastpathIfHvTimer, guestWritesDeadline, tscDeadline } from "./actions/tsc-deadline.ts";
import { waitExpire } from "./actions/wait-expire.ts";
import { tmict } from "./actions/tmict.ts";
import { vcpuRun } from "./actions/vcpu-run.ts";
import { designs } from "./designs/index.ts";
import { patchOf } from "./patch.ts";
import { powerOn } from "./power-on.ts";
import { opsOf, svmOps, tdOps, vmxOps, type GuestName, type VendorOps } from "./ops.ts";
import { State } from "./state.ts";

/** A guest: what runs it, and the steps, before any VM, by which the host loads its module. */
interface Guest {
  readonly model: Model<State>;
  readonly ops: VendorOps;
  readonly module: readonly Action<State>[];
}

/** What all guests have in common, for the vendor callbacks of one of them. */
const common = (ops: VendorOps): readonly Action<State>[] => [
  bootHost,
  disableExits,
  enableX2apicApi,
  splitIrqchip,
  guestWriteSpiv(ops),
  guestSetPeriodic,
  ...entry(ops),
  ...hardware(ops),
  ...exits(ops),
  ...tmict,
  ...expired(ops),
  ...vcpuRun(ops),
  runRefused,
  timerFnLocal(expirePending(ops, asConfigured)),
  ...timerFnRemote(ops, asConfigured),
  ...guestTimer(ops),
  ...lvtt,
  ...tscDeadline,
  ...tdcr,
  ...timerRestart,
  ...hvTimer(ops),
  ...hvTimerBlock,
  ...waitExpire(ops),
  ...inhibitSteps,
  ...scanRequests(ops),
  ...eoiHandling,
  ...rtcTick(ops, usualLine),
  ...rtcHandler,
  eoiRtc(ops),
  ...pinActions(asProgrammed(ops)),
  createPit(ops),
  kvmInterrupt,
  maskLvt0,
  ...halt(ops),
  ...block(ops),
  ...sched(ops, piPut616),
  migrateTimer,
  piWakeupHandler,
  ...device(ops),
  ...apicMapSteps(ops),
  ...msi(ops),
  ...gsiRouting,
  ...ipi(ops),
  ...spiv,
  ...guestMessages(ops),
  ...pic,
  ...pitTicks(ops),
  ...pitGuest(ops),
  ...pitControl(ops),
];

/** A TD as upstream runs it; the designs are patches to it. */
const td: Model<State> = {
  name: "upstream",
  state: State,
  init: powerOn("KVM_X86_TDX_VM"),
  actions: [
    ...common(tdOps),
    moduleWithoutApicv,
    tdInitVm,
    createIrqchipRefused,
    ...createTdVcpu,
    tdInitVcpu,
    tdFinalize,
    enterFailed,
    updateApicv(refreshBugs),
    ...bugSteps,
    ...setSregsRefused,
    setLapicRefused,
    getLapicRefused,
    setGuestDebugRefused,
    setMsrs(tdOps, asMerged),
    setMpState616,
    ...synic(tdOps, false),
    recalculateMap(tdOps, ["ok"]),
    wideVcpuIds,
    ...nmi,
  ],
};

/** An ordinary guest; the designs do not touch it. */
const ordinary = (name: string, ops: VendorOps, module: Action<State>): Model<State> => ({
  name,
  state: State,
  init: powerOn("KVM_X86_DEFAULT_VM"),
  actions: [
    ...common(ops),
    module,
    createIrqchip,
    ...createVcpu,
    updateApicv(refreshControls),
    setGuestDebug(ops),
    ...setSregsOrdinary(ops),
    setLapicAllowed(ops),
    getLapic(ops),
    setMsrs(ops, ordinaryMsrs),
    setMpStateOrdinary,
    ...synic(ops, true),
    ...nmi,
  ],
});

const vmxSw = ordinary("vmx-sw", vmxOps, moduleWithoutApicv);
const svm = ordinary("svm", svmOps, moduleWithoutAvic);

/** With the exit fastpath for TSC-deadline writes, as in 6.16. */
const vmx = variant(vmxSw, "vmx", { replace: [guestWritesDeadline(fastpathIfHvTimer)] });

/** The guests by name, each with its vendor callbacks and what the host does first. */
export const guests: Readonly<Record<GuestName, Guest>> = {
  td: { model: td, ops: opsOf.td, module: [] },
  vmx: { model: vmx, ops: opsOf.vmx, module: [] },
  "vmx-sw": { model: vmxSw, ops: opsOf["vmx-sw"], module: [moduleWithoutApicv] },
  avic: { model: { ...svm, name: "avic" }, ops: opsOf.avic, module: [] },
  "svm-sw": { model: { ...svm, name: "svm-sw" }, ops: opsOf["svm-sw"], module: [moduleWithoutAvic] },
};

/** The model of a guest under a design, with the options that the choice names. */
export const kvmModel = (choice: Choice): Model<State> => {
  const { model } = guests[choice.guest as GuestName];
  const designed =
    choice.guest === "td"
      ? variant(model, choice.design!, designs[choice.design as keyof typeof designs].patch)
      : model;
  return variant(designed, designed.name, patchOf(choice));
};
