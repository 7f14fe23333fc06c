import type { Task } from "../events/capture-line.ts";
import type { NumberOf } from "../events/origins.ts";
import type { Tracepoints } from "../events/tracepoint.ts";
import type { Observing } from "../observed/observing.ts";
import type { CapturedPart, Followed, FollowedWorld, Reckoned } from "./followed.ts";

/** The thread that takes a step, as a tracer sees it. */
export interface CapturedThread {
  readonly task: Task;
  readonly cpu: number;
}

/** How runs of a catalogue's models look to a tracer. */
export interface Captured {
  /** What prints the events that the notes of actions have. */
  readonly tracepoints: Tracepoints;
  /** The thread that takes a step, and the CPU that it is on: by the name of its action, its actor, the state before it. */
  readonly thread: (action: string, actor: string, before: unknown) => CapturedThread;
  /** How many CPUs the threads are on. */
  readonly cpus: number;
  /** The number of the thread that an event is of, among those of its process. */
  readonly numberOf: NumberOf;
  /** Who takes a step, in what prints all of one step before it takes the next: a thread, or an interrupt that comes in between. */
  readonly context: Observing<unknown>["context"];
  /** The state with those locks free for which a step may wait that was announced. */
  readonly unlocked: (state: unknown) => unknown;
  /** What is said of the states of any model to people. */
  readonly facts: Observing<unknown>["facts"];
  /** The worlds in which parts of captures are followed. */
  readonly worlds: readonly FollowedWorld[];
  /** What can be followed of the events of one virtual machine. */
  readonly partsOf: (capture: CapturedPart) => readonly (Followed | Reckoned)[];
}
