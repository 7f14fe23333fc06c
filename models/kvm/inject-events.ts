import type { Draft } from "#check";
import { acceptsPic, picReadIrq } from "./pic.ts";
import type { PicPin } from "./state-pic.ts";
import type { Vector } from "./state-vectors.ts";
import type { State } from "./state.ts";

type Open = Draft<State>;

/** kvm_cpu_has_extint(): LVT0 lets it through, and the in-kernel PIC's line is up, or KVM_INTERRUPT has filled the slot. */
const hasExtInt = (d: Open, v: number): boolean =>
  acceptsPic(d.vcpu[v]) && (d.vm.irqchip === "KERNEL" ? d.pic.output : d.vcpu[v].events.externalVector);

/** The vectors of the PIC's two pins, and that of KVM_INTERRUPT, where they are posted. */
export const picVectors: Readonly<Record<PicPin, Vector>> = { hi: "pit", lo: "rtc" };

/** kvm_cpu_get_extint(): the PIC is acknowledged, or the slot emptied. */
const getExtInt = (d: Open, v: number): Vector => {
  d.vcpu[v].events.externalVector = false;
  return picVectors[(d.vm.irqchip === "KERNEL" ? picReadIrq(d) : undefined) ?? "hi"];
};

/** What injection asks of kvm_x86_ops. */
export interface InjectionOps {
  /** interrupt_allowed(). */
  readonly interruptAllowed: (vcpu: State["vcpu"][number]) => boolean;
  /** enable_irq_window(), of a guest that cannot take an interrupt now. */
  readonly enableIrqWindow: (d: Open, v: number) => void;
}

/** kvm_x86_ops.inject_irq() of an ExtINT vector, once it is queued: interrupt.injected. */
export type InjectIrq = (d: Open, v: number, vector: Vector) => void;

/** An ordinary guest: the entry that follows injects it. A TD: vt_inject_irq() does nothing. */
const leaveQueued: InjectIrq = () => {};

/** enter_smm(): IF is saved and cleared, and NMIs are blocked from here to RSM. */
const enterSmm = (d: Open, v: number): void => {
  const vcpu = d.vcpu[v];
  vcpu.events.smiPending = false;
  vcpu.events.inSmm = true;
  vcpu.events.ifBeforeSmm = vcpu.interruptFlag;
  vcpu.interruptFlag = false;
};

/** A pending SMI comes first, unless the guest is in SMM; says whether something else may be injected after it. */
const takeSmi = (d: Open, v: number, canInject: boolean): boolean => {
  const { events } = d.vcpu[v];
  if (!events.smiPending || (canInject && events.inSmm)) return canInject;
  if (canInject) enterSmm(d, v);
  else events.immediateExit = true;
  return false;
};

/**
 * kvm_check_and_inject_events(), as far as SMIs, NMIs and ExtINT go, one event at a time; for the other an immediate exit comes
 * back, with KVM_GUESTDBG_BLOCKIRQ none, and ExtINT waits until the guest can take it. A TD's NMI is handed to the TDX module;
 * its ExtINT vector is queued and then lost in vt_inject_irq(), and what is queued once looks forever as if it had to be
 * injected again, so that nothing else may be.
 */
export const checkAndInjectEvents = (
  ops: InjectionOps,
  d: Open,
  v: number,
  injectIrq: InjectIrq = leaveQueued,
): void => {
  const { events } = d.vcpu[v];
  let canInject = !events.interruptInjected;
  events.immediateExit = false;
  if (d.vcpu[v].blockIrq) return;
  canInject = takeSmi(d, v, canInject);
  if (events.immediateExit) return;
  if (events.nmiPending) {
    if (!canInject) events.immediateExit = true;
    else if (!events.inSmm) {
      events.nmiPending = false;
      canInject = false;
    }
  }
  if (events.immediateExit || !hasExtInt(d, v)) return;
  if (!canInject) {
    events.immediateExit = true;
    return;
  }
  if (!ops.interruptAllowed(d.vcpu[v])) return ops.enableIrqWindow(d, v);
  events.interruptInjected = true;
  events.ghostAcknowledged = true;
  injectIrq(d, v, getExtInt(d, v));
};

/** What precedes TDH.VP.ENTER where an immediate exit was asked for: KVM_REQ_EVENT again, and a WARN. */
export const forceImmediateExit = (d: Open, v: number): void => {
  if (!d.vcpu[v].events.immediateExit) return;
  d.vcpu[v].req.EVENT = true;
  d.vcpu[v].events.ghostForcedExitWarned = true;
};

/** VM entry injects what is queued, with host IRQs off and nothing that could abort it any more. */
export const injectQueued = (d: Open, v: number): void => {
  const { events, req, irq } = d.vcpu[v];
  if (events.immediateExit) {
    req.EVENT = true;
    irq.RESCHEDULE = true;
  }
  if (!events.interruptInjected) return;
  events.interruptInjected = false;
  events.ghostExtIntTaken = true;
  if (d.vm.irqchip === "KERNEL") events.picHandlers++;
};
