import type { Draft } from "#check";
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
  /** A notification vector that arrives in non-root mode is processed there, without an exit. */
  readonly processesPosted: (vcpu: State["vcpu"][number]) => boolean;
  /** The guest's interrupts are delivered from the virtual IRR by the CPU. */
  readonly virtualDelivery: (vcpu: State["vcpu"][number]) => boolean;
  /** kvm_apic_pending_eoi(): what KVM sees of a vector in IRR or ISR. */
  readonly pendingEoi: (vcpu: State["vcpu"][number], vector: Vector) => boolean;
}

/** Moves what was posted into the virtual IRR, as hardware and vmx_sync_pir_to_irr() do. */
export const harvest = (d: Open, v: number): void => {
  const vcpu = d.vcpu[v];
  vcpu.on = false;
  if (vcpu.pir.timer) vcpu.irr.timer = true;
  if (vcpu.pir.rtc) vcpu.irr.rtc = true;
  vcpu.pir.timer = false;
  vcpu.pir.rtc = false;
};

/** __vmx_deliver_posted_interrupt() where no notification is needed: the target is the vCPU loaded on this pCPU. */
const post = (d: Open, v: number, vector: Vector): void => {
  d.vcpu[v].pir[vector] = true;
  d.vcpu[v].on = true;
};

/** kvm_vcpu_kick() from the vCPU's own pCPU: no IPI is needed. */
export const kickLocal = (d: Open, v: number): void => {
  if (d.vcpu[v].mode === "IN_GUEST") d.vcpu[v].mode = "EXITING";
};

/** A TD: everything is posted, whatever apicv_active says, and nothing of its APIC can be read. */
export const tdOps: VendorOps = {
  deliver: post,
  deliverFrom: "SET_PIR",
  syncPirToIrr: () => {},
  injectEvents: () => {},
  prepareEntry: (d, v) => {
    if (d.vcpu[v].on) d.vcpu[v].irq.POSTED_INTR = true;
  },
  processesPosted: () => true,
  virtualDelivery: () => true,
  pendingEoi: () => false,
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
    const fresh = vcpu.pir.timer || vcpu.pir.rtc;
    harvest(d, v);
    if (!vcpu.apicvActive && fresh) vcpu.req.EVENT = true;
  },
  injectEvents: (d, v) => {
    const vcpu = d.vcpu[v];
    if (vcpu.apicvActive || vcpu.isr.timer || vcpu.isr.rtc) return;
    const vector = vcpu.irr.timer ? "timer" : vcpu.irr.rtc ? "rtc" : undefined;
    if (vector === undefined) return;
    vcpu.irr[vector] = false;
    vcpu.isr[vector] = true;
  },
  prepareEntry: () => {},
  processesPosted: ({ apicvActive }) => apicvActive,
  virtualDelivery: ({ apicvActive }) => apicvActive,
  pendingEoi: ({ irr, isr }, vector) => irr[vector] || isr[vector],
};
