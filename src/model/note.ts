import type { Event } from "../events/tracepoint.ts";

/**
 * What an author notes of an action or property, for a reader who wants to check it: where it was read, what it stands
 * for. Which things those are, and how each is printed, is the author's to say.
 */
export interface Note {
  /** Each thing noted, by its name: `cites` in JSON, and what `compare` shows of an action. */
  readonly cites: Readonly<Record<string, string>>;
  /** The same with labels for people, the most telling first: `list` shows the text of that one. */
  readonly facts: readonly (readonly [label: string, text: string])[];
  /** Where what is cited can be read: paths or addresses, in their order. */
  readonly links?: readonly string[];
  /** What stands below a step wherever a run is printed, one line each. */
  readonly below?: readonly string[];
  /** What stands there besides when a run is replayed. */
  readonly whenReplayed?: readonly string[];
  /** The same of one step, where it depends on the states that the step leads from and to; what is above holds of any step. */
  readonly of?: (taken: StepTaken) => Note;
  /** What tracepoints print as a step is taken, in their order; asked for only where a run is shown as a capture. */
  readonly events?: (taken: StepTaken) => readonly Event[];
}

/** A step that was taken: its arguments, and the states before and after it. */
export interface StepTaken {
  readonly args: Readonly<Record<string, string | number>>;
  readonly before: unknown;
  readonly after: unknown;
}

/** What is noted of an action, as far as it is true of this step of it. */
export const noteOfStep = (note: Note | undefined, taken: StepTaken): Note | undefined =>
  note?.of === undefined ? note : note.of(taken);

/** What may have a note. */
export interface Noted {
  readonly note?: Note;
}

/** Makes the note of what an author wrote of one action or property. */
export type NoteOf<N> = (written: N) => Note | undefined;

/** The note that stands there as it is, if any. */
export const noteAsWritten = (written: object): Note | undefined => (written as Noted).note;
