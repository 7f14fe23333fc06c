import type { Progress, Stop } from "../../problem/exploration.ts";

/** Somewhere to write text. */
export interface Sink {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  /** Columns of the terminal, where it is one. */
  readonly columns?: number | undefined;
}

/** Where lines are typed, or come from a pipe. */
export interface LineSource {
  readonly isTTY: boolean;
  /** The lines, each as soon as it is asked for, until there are no more or `signal` ends them; a terminal shows `prompt`. */
  readonly lines: (prompt: string, signal: AbortSignal) => AsyncIterable<string>;
}

/** What the process uses of memory, in bytes. */
export interface Memory {
  readonly resident: number;
  /** The largest `resident` so far. */
  readonly peak: number;
  /** What may be resident before the system is in trouble. */
  readonly residentLimit: number;
  readonly heap: number;
  readonly heapLimit: number;
}

/** What the commands use of the world, so that tests can stand in for it. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly stdin: LineSource;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds from some fixed moment. */
  readonly now: () => number;
  /** What is used now; with `collect` after garbage was collected, which may take a second. */
  readonly memory: (collect?: boolean) => Memory;
  /** How many threads can run at once. */
  readonly processors: number;
  /** Calls `stop` at the first interrupt, which may have been before, until the answer is called. A second one ends the process. */
  readonly onInterrupt: (stop: () => void) => () => void;
  /** Ends a search where all searches together have used up what they may; none does where it is left out. */
  readonly budget?: (progress: Progress) => Stop | undefined;
}

/** Exit codes of the command line contract. */
export const EXIT = {
  asExpected: 0,
  unexpected: 1,
  usage: 2,
  limit: 3,
  internal: 70,
  interrupted: 130,
} as const;
