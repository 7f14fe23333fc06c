import type { Draft } from "#check";
import type { State } from "./state.ts";

type Open = Draft<State>;

/** kvm_cpu_has_extint(): the PIC's line is up and LVT0 lets it through. */
const hasExtInt = ({ externalVector, lvt0ExtInt }: Open["vcpu"][number]["events"]): boolean =>
  externalVector && lvt0ExtInt;

/**
 * kvm_check_and_inject_events() of a TD: an NMI is handed to the TDX module, an ExtINT vector is queued and then lost in
 * vt_inject_irq(). What is queued once looks forever as if it had to be injected again, and then nothing else may be.
 */
export const injectEventsTd = (d: Open, v: number): void => {
  const { events } = d.vcpu[v];
  let canInject = !events.interruptInjected;
  events.immediateExit = false;
  if (events.nmiPending) {
    if (!canInject) events.immediateExit = true;
    else events.nmiPending = false;
    canInject = false;
  }
  if (events.immediateExit || !hasExtInt(events)) return;
  if (!canInject) {
    events.immediateExit = true;
    return;
  }
  events.externalVector = false;
  events.interruptInjected = true;
};

/** What precedes TDH.VP.ENTER where an immediate exit was asked for: KVM_REQ_EVENT again, and a WARN. */
export const forceImmediateExit = (d: Open, v: number): void => {
  if (!d.vcpu[v].events.immediateExit) return;
  d.vcpu[v].req.EVENT = true;
  d.vcpu[v].events.ghostForcedExitWarned = true;
};

/** An ExtINT vector of an ordinary guest is queued; the entry that follows injects it. */
export const queueExtInt = (d: Open, v: number): void => {
  const { events } = d.vcpu[v];
  if (events.interruptInjected || !hasExtInt(events)) return;
  events.externalVector = false;
  events.interruptInjected = true;
};

/** VM entry injects what is queued, with host IRQs off and nothing that could abort it any more. */
export const injectQueued = (d: Open, v: number): void => {
  const { events } = d.vcpu[v];
  if (!events.interruptInjected) return;
  events.interruptInjected = false;
  events.ghostExtIntTaken = true;
};
