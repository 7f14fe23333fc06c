import { variant, type Action, type Model } from "#check";
import type { KvmChoice } from "./choice.ts";
import { recalculateMap, refreshBugs, refreshControls, updateApicv } from "./actions/apicv/apicv.ts";
import { createTdVcpu, createVcpu } from "./actions/creation/create-vcpu.ts";
import { avicIpi } from "./actions/messages/avic-ipi.ts";
import { gaLog } from "./actions/posting/ga-log.ts";
import { avicBlocking } from "./actions/scheduling/is-running.ts";
import { enableX2apicApi, wideVcpuIds } from "./actions/apicv/apic-map.ts";
import { bugSteps } from "./actions/apicv/bug.ts";
import { septZap } from "./actions/run-loop/sept-zap.ts";
import { enterFailed } from "./actions/run-loop/hardware.ts";
import { createIrqchip, createIrqchipRefused, splitIrqchip } from "./actions/creation/irqchip.ts";
import {
  bootHost,
  disableExits,
  guestSetPeriodic,
  guestWriteSpiv,
  initWithoutAbsent,
  moduleWithoutApicv,
  moduleWithoutAvic,
  tdLocksBefore619,
} from "./actions/creation/lifecycle.ts";
import { nmi } from "./actions/injection/nmi.ts";
import { getLapic, getLapicRefused, setLapicAllowed, setLapicRefused } from "./actions/ioctls/lapic-state.ts";
import { setGuestDebug, setGuestDebugRefused } from "./actions/ioctls/guest-debug.ts";
import { setMpState619, setMpStateOrdinary } from "./actions/ioctls/mp-state.ts";
import { asMerged, ordinaryMsrs, setMsrs } from "./actions/ioctls/msrs.ts";
import { synic } from "./actions/ioctls/synic.ts";
import { setSregsOrdinary, setSregsRefused } from "./actions/ioctls/sregs.ts";
import { eventsAndMpState } from "./actions/save-restore/events.ts";
import { irqchipAndRoutes } from "./actions/save-restore/irqchip.ts";
import { newVm } from "./actions/save-restore/new-vm.ts";
import { restore } from "./actions/save-restore/restore.ts";
import { save } from "./actions/save-restore/save.ts";
import { tdFinalize, tdInitVcpu, tdInitVm } from "./actions/creation/tdx-init.ts";
import { fastpathAlways, guestWritesDeadline } from "./actions/timer/tsc-deadline.ts";
import { designs } from "./designs/index.ts";
import { everyGuest } from "./every-guest.ts";
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
  initWithoutAbsent,
  ...everyGuest.flatMap((actions) => (typeof actions === "function" ? actions(ops) : actions)),
];

/** A TD as upstream runs it; the designs are patches to it. */
const td: Model<State> = {
  name: "upstream",
  state: State,
  init: powerOn("KVM_X86_TDX_VM"),
  actions: [
    ...common(tdOps),
    moduleWithoutApicv,
    tdLocksBefore619,
    tdInitVm,
    createIrqchipRefused,
    ...createTdVcpu,
    tdInitVcpu,
    tdFinalize,
    enterFailed,
    ...septZap,
    updateApicv(refreshBugs),
    ...bugSteps,
    ...setSregsRefused,
    setLapicRefused,
    getLapicRefused,
    setGuestDebugRefused,
    setMsrs(tdOps, asMerged),
    setMpState619,
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
    ...save(ops),
    ...newVm,
    ...restore(ops),
    ...eventsAndMpState,
    ...irqchipAndRoutes(ops),
  ],
});

const vmxSw = ordinary("vmx-sw", vmxOps, moduleWithoutApicv);
const svm = variant(ordinary("svm", svmOps, moduleWithoutAvic), "svm", {
  add: [...avicBlocking("blocking"), ...avicIpi, ...gaLog],
});

/** With the exit fastpath for TSC-deadline writes, as since 6.19. */
const vmx = variant(vmxSw, "vmx", { replace: [guestWritesDeadline(fastpathAlways)] });

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
