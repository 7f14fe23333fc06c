import { variant, type Action, type Model } from "#check";
import type { KvmChoice } from "./choice.ts";
import {
  inhibitSteps,
  recalculateMap,
  refreshBugs,
  refreshControls,
  updateApicv,
} from "./actions/apicv/apicv.ts";
import { block } from "./actions/scheduling/block.ts";
import { createTdVcpu, createVcpu } from "./actions/creation/create-vcpu.ts";
import { device } from "./actions/posting/device.ts";
import { apicMapSteps, enableX2apicApi, wideVcpuIds } from "./actions/apicv/apic-map.ts";
import { bugSteps } from "./actions/apicv/bug.ts";
import { entry } from "./actions/run-loop/entry.ts";
import { kvmInterrupt, maskLvt0 } from "./actions/injection/extint.ts";
import { exits } from "./actions/run-loop/exit.ts";
import { expired } from "./actions/timer/expired.ts";
import { guestTimer } from "./actions/timer/guest-timer.ts";
import { halt } from "./actions/scheduling/halt.ts";
import { enterFailed, hardware } from "./actions/run-loop/hardware.ts";
import { createIrqchip, createIrqchipRefused, createPit, splitIrqchip } from "./actions/creation/irqchip.ts";
import {
  bootHost,
  disableExits,
  guestSetPeriodic,
  guestWriteSpiv,
  moduleWithoutApicv,
  moduleWithoutAvic,
} from "./actions/creation/lifecycle.ts";
import { eoiHandling } from "./actions/ioapic/eoi.ts";
import { eoiRtc } from "./actions/rtc/rtc-eoi.ts";
import { rtcHandler } from "./actions/rtc/rtc-handler.ts";
import { usualLine } from "./actions/rtc/rtc-line.ts";
import { rtcTick } from "./actions/rtc/rtc-tick.ts";
import { pinActions } from "./actions/ioapic/pin-actions.ts";
import { asProgrammed } from "./actions/ioapic/pin.ts";
import { hvTimerBlock } from "./actions/timer/hv-timer-block.ts";
import { hvTimer } from "./actions/timer/hv-timer.ts";
import { lvtt } from "./actions/timer/lvtt.ts";
import { migrateTimer } from "./actions/timer/migrate-timer.ts";
import { piWakeupHandler } from "./actions/posting/pi-wakeup.ts";
import { nmi } from "./actions/injection/nmi.ts";
import { pic } from "./actions/pic-pit/pic.ts";
import { pitControl } from "./actions/pic-pit/pit-control.ts";
import { pitGuest } from "./actions/pic-pit/pit-guest.ts";
import { pitTicks } from "./actions/pic-pit/pit.ts";
import { piPut616, sched } from "./actions/scheduling/sched.ts";
import { getLapic, getLapicRefused, setLapicAllowed, setLapicRefused } from "./actions/ioctls/lapic-state.ts";
import { setGuestDebug, setGuestDebugRefused } from "./actions/ioctls/guest-debug.ts";
import { runRefused, setMpState616, setMpStateOrdinary } from "./actions/ioctls/mp-state.ts";
import { asMerged, ordinaryMsrs, setMsrs } from "./actions/ioctls/msrs.ts";
import { synic } from "./actions/ioctls/synic.ts";
import { scanRequests } from "./actions/ioapic/scan-ioapic.ts";
import { setSregsOrdinary, setSregsRefused } from "./actions/ioctls/sregs.ts";
import { asConfigured, expirePending, timerFnLocal } from "./actions/timer/timer-fn-local.ts";
import { timerFnRemote } from "./actions/timer/timer-fn-remote.ts";
import { tdFinalize, tdInitVcpu, tdInitVm } from "./actions/creation/tdx-init.ts";
import { gsiRouting } from "./actions/messages/gsi-routing.ts";
import { guestMessages } from "./actions/messages/guest-message.ts";
import { ipi } from "./actions/messages/ipi.ts";
import { msi } from "./actions/messages/msi.ts";
import { spiv } from "./actions/apicv/spiv.ts";
import { tdcr } from "./actions/timer/tdcr.ts";
import { timerRestart } from "./actions/timer/timer-restart.ts";
import { fastpathIfHvTimer, guestWritesDeadline, tscDeadline } from "./actions/timer/tsc-deadline.ts";
import { waitExpire } from "./actions/timer/wait-expire.ts";
import { tmict } from "./actions/timer/tmict.ts";
import { vcpuRun } from "./actions/run-loop/vcpu-run.ts";
import { designs } from "./designs/index.ts";
import type { KvmOption } from "./option.ts";
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

/** The model of a guest under a design, with the options that the choice names, a world's own among them. */
export const kvmModel = (choice: KvmChoice, own: readonly KvmOption[] = []): Model<State> => {
  const { model } = guests[choice.guest as GuestName];
  const designed =
    choice.guest === "td"
      ? variant(model, choice.design!, designs[choice.design as keyof typeof designs].patch)
      : model;
  return variant(designed, designed.name, patchOf(choice, own));
};
