import type { State } from "./state.ts";

/** Something of the PIT runs or is queued: its timer's callback, or its worker. */
export const callbackOrWorker = ({ counted, queued, worker }: State["pit"]): boolean =>
  counted || queued || worker !== "IDLE";

/** The step in which the guest is interrupted by the PIT: its vector goes into service. */
export const pitInterrupts = (before: State, after: State): boolean =>
  after.vcpu.some(({ isr }, v) => isr.pit && !before.vcpu[v].isr.pit);

/** The step in which a vCPU is kept out of its guest: it turns back before the entry, or a kick ends the guest at once. */
export const keptOut = (before: State, after: State, action: string): boolean =>
  action === "external_interrupt_exit" ||
  after.vcpu.some(({ mode }, v) => mode === "OUTSIDE" && before.vcpu[v].pc === "EXIT_REQUEST");
