import type { Note } from "#check";

/** What every property cites: who says so, and which kernel functions it is about. */
export interface PropertyCitation {
  /** Messages of the thread and dossier sections, for example `m16; timer 9.1 P1`. */
  readonly source: string;
  /** The kernel functions, for example `apic_timer_expired()`. */
  readonly kernel: string;
}

/** What every action cites: the kernel function it stands for, where it was read, why it is one step. */
export interface ActionCitation {
  /** The kernel function the step stands for, for example `apic_timer_expired()`. */
  readonly kernel: string;
  /** The thread message or dossier section it was read from, for example `m16; timer 1.5 step 5`. */
  readonly source: string;
  /** What makes it one indivisible step: the lock, irq-off region or single instruction. */
  readonly atomic: string;
}

/** The citation of an action as it is printed: the kernel function below each step, the rest where a run is replayed. */
export const actionNote = ({ kernel, source, atomic }: ActionCitation): Note => ({
  cites: { kernel, source, atomic },
  facts: [
    ["kernel", kernel],
    ["read from", source],
    ["atomic by", atomic],
  ],
  below: [kernel],
  whenReplayed: [`from ${source}`, `atomic: ${atomic}`],
});

/** The citation of a property as it is printed. */
export const propertyNote = ({ source, kernel }: PropertyCitation): Note => ({
  cites: { source, kernel },
  facts: [
    ["said by", source],
    ["kernel", kernel],
  ],
});
