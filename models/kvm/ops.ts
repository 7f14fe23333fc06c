import type { Draft } from "#check";
import { checkAndInjectEvents, forceImmediateExit, injectQueued } from "./inject-events.ts";
import { anyVector } from "./predicates.ts";
import type { State, Vector } from "./state.ts";

type Open = Draft<State>;

/**
 * What differs between the guests, as kvm_x86_ops does: an ordinary VMX guest with APICv and a TD are two values of this
 * type, passed in where the model is put together.
 */
export interface VendorOps {
  /** deliver_interrupt() from the vCPU's own thread, or from an interrupt on its pCPU. */
  readonly deliver: (d: Open, v: number, vector: Vector) => void;
  /** The first step of deliver_interrupt() from another CPU. */
  readonly deliverFrom: "APICV_TEST" | "SET_PIR";
  /** sync_pir_to_irr(). */
  readonly syncPirToIrr: (d: Open, v: number) => void;
  /** The injection part of kvm_check_and_inject_events(). */
  readonly injectEvents: (d: Open, v: number) => void;
  /** vcpu_run() up to the entry itself. */
  readonly prepareEntry: (d: Open, v: number) => void;
  /** Whether set_hv_timer() can succeed. */
  readonly hasHvTimer: boolean;
  /** lapic_timer_int_injected(), where vcpu_run() asks it at all. */
  readonly timerIntInjected: (vcpu: State["vcpu"][number]) => boolean;
  /** A notification vector that arrives in non-root mode is processed there, without an exit. */
  readonly processesPosted: (vcpu: State["vcpu"][number]) => boolean;
  /** The guest's interrupts are delivered from the virtual IRR by the CPU. */
  readonly virtualDelivery: (vcpu: State["vcpu"][number]) => boolean;
  /** kvm_apic_pending_eoi(): what KVM sees of a vector in IRR or ISR. */
  readonly pendingEoi: (vcpu: State["vcpu"][number], vector: Vector) => boolean;
  /** interrupt_allowed(), of a vCPU that halts or is scheduled out. */
  readonly interruptAllowed: (vcpu: State["vcpu"][number]) => boolean;
  /** kvm_cpu_has_interrupt(), in the vCPU's own thread; an ordinary guest's PIR is synced by it. */
  readonly hasInterrupt: (d: Open, v: number) => boolean;
}

/** Moves what was posted into the virtual IRR, as hardware and vmx_sync_pir_to_irr() do. */
export const harvest = (d: Open, v: number): void => {
  const vcpu = d.vcpu[v];
  vcpu.on = false;
  if (vcpu.pir.timer) vcpu.irr.timer = true;
  if (vcpu.pir.rtc) vcpu.irr.rtc = true;
  if (vcpu.pir.device) vcpu.irr.device = true;
  vcpu.pir.timer = false;
  vcpu.pir.rtc = false;
  vcpu.pir.device = false;
};

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

/** A TD: everything is posted, whatever apicv_active says, and nothing of its APIC can be read. */
export const tdOps: VendorOps = {
  deliver: post,
  deliverFrom: "SET_PIR",
  syncPirToIrr: () => {},
  injectEvents: checkAndInjectEvents,
  prepareEntry: (d, v) => {
    forceImmediateExit(d, v);
    if (d.vcpu[v].on) d.vcpu[v].irq.POSTED_INTR = true;
  },
  hasHvTimer: false,
  timerIntInjected: ({ on, pir }) => on && pir.timer,
  processesPosted: () => true,
  virtualDelivery: () => true,
  pendingEoi: () => false,
  interruptAllowed: ({ exit }) => exit !== "HLT1",
  hasInterrupt: (d, v) => {
    const { exit, on, sn, pir, irr, isr } = d.vcpu[v];
    return on || (sn && anyVector(pir)) || (exit === "HLT0" && anyVector(irr) && !anyVector(isr));
  },
};

/** An ordinary VMX guest with APICv, which falls back to event injection while APICv is inhibited. */
export const vmxOps: VendorOps = {
  deliver: (d, v, vector) => {
    const vcpu = d.vcpu[v];
    if (vcpu.apicvActive) return post(d, v, vector);
    vcpu.irr[vector] = true;
    vcpu.req.EVENT = true;
    kickLocal(d, v);
  },
  deliverFrom: "APICV_TEST",
  syncPirToIrr: (d, v) => {
    const vcpu = d.vcpu[v];
    if (!vcpu.on) return;
    const fresh = anyVector(vcpu.pir);
    harvest(d, v);
    if (!vcpu.apicvActive && fresh) vcpu.req.EVENT = true;
  },
  injectEvents: (d, v) => {
    checkAndInjectEvents(d, v);
    const vcpu = d.vcpu[v];
    if (vcpu.apicvActive || anyVector(vcpu.isr)) return;
    const vector = vcpu.irr.timer ? "timer" : vcpu.irr.rtc ? "rtc" : vcpu.irr.device ? "device" : undefined;
    if (vector === undefined) return;
    vcpu.irr[vector] = false;
    vcpu.isr[vector] = true;
  },
  prepareEntry: injectQueued,
  hasHvTimer: true,
  timerIntInjected: ({ apicvActive, irr, isr }) => (apicvActive ? irr.timer : isr.timer),
  processesPosted: ({ apicvActive }) => apicvActive,
  virtualDelivery: ({ apicvActive }) => apicvActive,
  pendingEoi: ({ irr, isr }, vector) => irr[vector] || isr[vector],
  interruptAllowed: ({ interruptFlag }) => interruptFlag,
  hasInterrupt: (d, v) => {
    vmxOps.syncPirToIrr(d, v);
    return anyVector(d.vcpu[v].irr) && !anyVector(d.vcpu[v].isr);
  },
};
