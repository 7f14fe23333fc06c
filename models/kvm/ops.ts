import type { Action, Draft } from "#check";
import { apicvIpi, avicIpi, noHardwareIpi, type HardwareIpi } from "./hardware-ipi.ts";
import {
  checkAndInjectEvents,
  forceImmediateExit,
  injectQueued,
  type InjectionOps,
} from "./inject-events.ts";
import { syncPirToIrr, type SyncPirToIrr } from "./pir-sync.ts";
import { anyVector, highestVector } from "./predicates.ts";
import { aboveSvi } from "./in-service.ts";
import type { InhibitReason } from "./state-apicv.ts";
import type { PosterPc } from "./state-poster.ts";
import { vectorNames, type Vector } from "./state-vectors.ts";
import type { State } from "./state.ts";
import type { GuestKind } from "./text.ts";

type Open = Draft<State>;
type Vcpu = State["vcpu"][number];

/**
 * What the EOI of a vector does: done by the CPU, and unseen; done by the CPU, then an exit that tells of it; or an exit in
 * whose handler KVM does it.
 */
export type Eoi = "ACCELERATED" | "INDUCED" | "EMULATED";

/**
 * What differs between the guests, as kvm_x86_ops does: a TD, an ordinary VMX guest and an ordinary SVM guest are three
 * values of this type, passed in where the model is put together.
 */
export interface VendorOps extends InjectionOps {
  /** In whose words steps are told. */
  readonly kind: GuestKind;
  /** deliver_interrupt() from the vCPU's own thread, or from an interrupt on its pCPU. */
  readonly deliver: (d: Open, v: number, vector: Vector) => void;
  /** The first step of deliver_interrupt() from another CPU. */
  readonly deliverFrom: PosterPc;
  /** required_apicv_inhibits, of the reasons that may change while there are vCPUs. */
  readonly requiredInhibits: readonly InhibitReason[];
  /** sync_pir_to_irr(). */
  readonly syncPirToIrr: SyncPirToIrr;
  /** The injection part of kvm_check_and_inject_events(). */
  readonly injectEvents: (d: Open, v: number) => void;
  /** vcpu_run() up to the entry itself. */
  readonly prepareEntry: (d: Open, v: number) => void;
  /** Whether set_hv_timer() can succeed. */
  readonly hasHvTimer: boolean;
  /** lapic_timer_int_injected(), where vcpu_run() asks it at all. */
  readonly timerIntInjected: (vcpu: Vcpu) => boolean;
  /** A notification vector that arrives in non-root mode is processed there, without an exit. */
  readonly processesPosted: (vcpu: Vcpu) => boolean;
  /** The CPU delivers the vector, if it is in the virtual IRR and no handler runs. */
  readonly virtualDelivery: (vcpu: Vcpu, vector: Vector) => boolean;
  /** What the CPU does by itself with a write of ICR. */
  readonly hardwareIpi: HardwareIpi;
  /** What the EOI of a vector in service does. */
  readonly eoi: (vcpu: Vcpu, vector: Vector) => Eoi;
  /** load_eoi_exitmap(). */
  readonly loadEoiExitmap: (d: Open, v: number) => void;
  /** kvm_apic_pending_eoi(): what KVM sees of a vector in IRR or ISR. */
  readonly pendingEoi: (vcpu: Vcpu, vector: Vector) => boolean;
  /** kvm_cpu_has_interrupt(), in the vCPU's own thread; an ordinary guest's PIR is synced by it. */
  readonly hasInterrupt: (d: Open, v: number) => boolean;
  /** Up to 6.0: an INIT or a SIPI that is blocked makes a vCPU runnable, too. */
  readonly blockedInitWakes?: true;
  /** Up to 6.14: pv_unhalted is cleared in vcpu_block() only. */
  readonly keepsPvUnhalted?: true;
}

/** What a file of actions adds to every guest: an action or several, or those for its vendor callbacks. */
export type OfEveryGuest =
  Action<State> | readonly Action<State>[] | ((ops: VendorOps) => Action<State> | readonly Action<State>[]);

/** rcuwait_wake_up(): wakes the thread if it is published and has set its state to sleep; says whether it did. */
export const wakeUp = (d: Open, v: number): boolean => {
  const vcpu = d.vcpu[v];
  if (!vcpu.waiter || vcpu.task === "RUNNING") return false;
  vcpu.task = "RUNNING";
  return true;
};

/** __vmx_deliver_posted_interrupt() on the vCPU's own pCPU: no IPI is needed, but a blocked vCPU is woken. */
const post = (d: Open, v: number, vector: Vector): void => {
  const vcpu = d.vcpu[v];
  if (vcpu.pir[vector]) return;
  vcpu.pir[vector] = true;
  if (vcpu.on) return;
  vcpu.on = true;
  if (vcpu.mode !== "IN_GUEST") wakeUp(d, v);
};

/** kvm_vcpu_kick() on the vCPU's own pCPU: no IPI is needed, but a blocked vCPU is woken. */
export const kickLocal = (d: Open, v: number): void => {
  if (wakeUp(d, v)) return;
  if (d.vcpu[v].mode === "IN_GUEST") d.vcpu[v].mode = "EXITING";
};

/** VMX_REQUIRED_APICV_INHIBITS. */
const vmxRequiredInhibits: readonly InhibitReason[] = [
  "HYPERV",
  "BLOCKIRQ",
  "PHYSICAL_ID_ALIASED",
  "APIC_ID_MODIFIED",
  "APIC_BASE_MODIFIED",
];

/** tdx_interrupt_allowed(): all but a halt with interrupts blocked; enable_irq_window() does nothing. */
const tdInjection: InjectionOps = {
  interruptAllowed: ({ exit }) => exit !== "HLT1",
  enableIrqWindow: () => {},
};

/** A TD: everything is posted, whatever apicv_active says, and nothing of its APIC can be read. */
export const tdOps: VendorOps = {
  kind: "td",
  deliver: post,
  deliverFrom: "SET_PIR",
  requiredInhibits: vmxRequiredInhibits,
  syncPirToIrr: () => undefined,
  ...tdInjection,
  injectEvents: (d, v) => checkAndInjectEvents(tdInjection, d, v),
  prepareEntry: (d, v) => {
    forceImmediateExit(d, v);
    if (d.vcpu[v].on) d.vcpu[v].irq.POSTED_INTR = true;
  },
  hasHvTimer: false,
  timerIntInjected: ({ on, pir }) => on && pir.timer,
  processesPosted: () => true,
  virtualDelivery: () => true,
  hardwareIpi: noHardwareIpi,
  eoi: () => "ACCELERATED",
  loadEoiExitmap: () => {},
  pendingEoi: () => false,
  hasInterrupt: (d, v) => {
    const { exit, on, sn, pir, irr, isr } = d.vcpu[v];
    return on || (sn && anyVector(pir)) || (exit === "HLT0" && anyVector(irr) && !anyVector(isr));
  },
};

/** An emulated APIC gets its IRR bit, KVM_REQ_EVENT and a kick, here on its own pCPU. */
const deliverToEmulated = (d: Open, v: number, vector: Vector): void => {
  d.vcpu[v].irr[vector] = true;
  d.vcpu[v].req.EVENT = true;
  kickLocal(d, v);
};

/** IF, and an exit for what waits for it; of AVIC's inhibit meanwhile nothing is modelled. */
const ordinaryInjection: InjectionOps = {
  interruptAllowed: ({ interruptFlag }) => interruptFlag,
  enableIrqWindow: (d, v) => {
    d.vcpu[v].irqWindow = true;
  },
};

/** kvm_check_and_inject_events() of an ordinary guest: ExtINT, and the highest vector of an emulated APIC. */
const injectEvents = (d: Open, v: number): void => {
  checkAndInjectEvents(ordinaryInjection, d, v);
  const vcpu = d.vcpu[v];
  if (vcpu.blockIrq || vcpu.apicvActive || anyVector(vcpu.isr)) return;
  const vector = highestVector(vcpu.irr);
  if (vector === undefined) return;
  if (!ordinaryInjection.interruptAllowed(vcpu)) return ordinaryInjection.enableIrqWindow(d, v);
  vcpu.irr[vector] = false;
  vcpu.isr[vector] = true;
};

/** What the two ordinary guests have in common. */
const ordinary = {
  ...ordinaryInjection,
  injectEvents,
  prepareEntry: injectQueued,
  timerIntInjected: ({ apicvActive, irr, isr }) => (apicvActive ? irr.timer : isr.timer),
  pendingEoi: ({ irr, isr }, vector) => irr[vector] || isr[vector],
} satisfies Partial<VendorOps>;

/** An ordinary VMX guest, with APICv or, while that is inactive, with an emulated APIC; as its vmx_sync_pir_to_irr() does. */
export const vmxWith = (syncPirToIrr: SyncPirToIrr): VendorOps => ({
  ...ordinary,
  kind: "vmx",
  deliver: (d, v, vector) => (d.vcpu[v].apicvActive ? post(d, v, vector) : deliverToEmulated(d, v, vector)),
  deliverFrom: "APICV_TEST",
  requiredInhibits: vmxRequiredInhibits,
  syncPirToIrr,
  hasHvTimer: true,
  processesPosted: ({ apicvActive }) => apicvActive,
  virtualDelivery: (vcpu, vector) => vcpu.apicvActive && vcpu.rvi === "HIGHEST_IRR" && aboveSvi(vcpu, vector),
  hardwareIpi: apicvIpi(true),
  eoi: ({ apicvActive, eoiExitBitmap }, vector) =>
    !apicvActive ? "EMULATED" : eoiExitBitmap[vector] ? "INDUCED" : "ACCELERATED",
  loadEoiExitmap: (d, v) => {
    const { apicvActive, ioapicHandled, eoiExitBitmap } = d.vcpu[v];
    if (!apicvActive) return;
    for (const vector of vectorNames) eoiExitBitmap[vector] = ioapicHandled[vector];
  },
  hasInterrupt: (d, v) => syncPirToIrr(d, v) !== undefined && !anyVector(d.vcpu[v].isr),
});

/** That guest as the newest kernel runs it. */
export const vmxOps = vmxWith(syncPirToIrr);

/** An ordinary SVM guest: with AVIC, whose IRR is the page that KVM writes, or, while that is inactive, with an emulated APIC. */
export const svmOps: VendorOps = {
  ...ordinary,
  kind: "svm",
  deliver: (d, v, vector) => {
    if (!d.vcpu[v].apicvActive) return deliverToEmulated(d, v, vector);
    d.vcpu[v].irr[vector] = true;
    if (d.vcpu[v].mode !== "IN_GUEST") wakeUp(d, v);
  },
  deliverFrom: "SVM_IRR",
  requiredInhibits: [...vmxRequiredInhibits, "PIT_REINJ", "IRQWIN", "LOGICAL_ID_ALIASED"],
  syncPirToIrr: (d, v) => highestVector(d.vcpu[v].irr),
  hasHvTimer: false,
  processesPosted: () => false,
  virtualDelivery: ({ apicvActive, irrUnseen }) => apicvActive && !irrUnseen,
  hardwareIpi: avicIpi,
  eoi: ({ apicvActive, tmr }, vector) => (apicvActive && !tmr[vector] ? "ACCELERATED" : "EMULATED"),
  loadEoiExitmap: () => {},
  hasInterrupt: (d, v) => anyVector(d.vcpu[v].irr) && !anyVector(d.vcpu[v].isr),
};

/** The vendor callbacks of each guest: a TD, ordinary VMX and SVM guests with APICv or AVIC, and without. */
export const opsOf = {
  td: tdOps,
  vmx: vmxOps,
  "vmx-sw": vmxOps,
  avic: svmOps,
  "svm-sw": svmOps,
} as const satisfies Readonly<Record<string, VendorOps>>;
export type GuestName = keyof typeof opsOf;
