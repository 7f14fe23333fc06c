import type { Task } from "../events/capture-line.ts";
import type { Tracepoints } from "../events/tracepoint.ts";

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
}
