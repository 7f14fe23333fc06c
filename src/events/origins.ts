import type { CaptureLine } from "./capture-line.ts";
import type { Event } from "./tracepoint.ts";

/** Whose event a line is: of which recording in the file, and of which process, as far as that can be told. */
export interface Origin {
  /** Files may hold several recordings, one behind the other: from 0. */
  readonly recording: number;
  /** The id of the process; `"only"` where nothing speaks against there being one; undefined where it would be a guess. */
  readonly process: number | "only" | undefined;
}

/** The number that a thread of a process has in an event of its own, such as that of a processor which it runs. */
export type NumberOf = (line: CaptureLine, event: Event) => number | undefined;

/** Stamps of different CPUs may go back a little; where they go back a second, another recording begins. */
const BACK = 1_000_000_000n;

/** What is known of the threads of a recording. */
interface Threads {
  /** The process of a thread, where some line says it. */
  readonly processes: Map<number, number>;
  /** The thread that has a number. */
  readonly byNumber: Map<number, number>;
  /** Two threads have one number, so that they are of two processes. */
  several: boolean;
}

/** The recording that each line of a file is of, asked in the order of the lines. */
const recordings = (): ((line: CaptureLine) => number) => {
  let recording = 0;
  let latest: bigint | undefined;
  return ({ stamp }) => {
    if (stamp === undefined) return recording;
    const { ticks, digits } = stamp;
    if (latest !== undefined && digits > 0 && ticks + BACK < latest) {
      recording++;
      latest = ticks;
    } else if (latest === undefined || ticks > latest) latest = ticks;
    return recording;
  };
};

/**
 * Tells whose events a file has: first every event is noted, in the order of the lines, then it is asked of each, in the same
 * order where its recording is not known. What is kept grows with the number of threads, not with that of lines.
 */
export const originsBy = (
  numberOf: NumberOf,
): {
  /** Says which recording it is of. */
  readonly note: (line: CaptureLine, event: Event) => number;
  /** Of a line whose recording is known. */
  readonly originIn: (recording: number, line: Pick<CaptureLine, "task">) => Origin;
  readonly asker: () => (line: CaptureLine) => Origin;
} => {
  const all: Threads[] = [];
  const noting = recordings();
  const originIn = (recording: number, { task: { pid, tgid } = {} }: Pick<CaptureLine, "task">): Origin => {
    const { processes, several } = all[recording];
    const known = tgid ?? (pid === undefined ? undefined : processes.get(pid));
    if (known !== undefined) return { recording, process: known };
    return { recording, process: several || processes.size > 0 ? undefined : "only" };
  };
  return {
    note: (line, event) => {
      const recording = noting(line);
      const threads = (all[recording] ??= { processes: new Map(), byNumber: new Map(), several: false });
      const { pid, tgid } = line.task ?? {};
      if (pid === undefined) return recording;
      if (tgid !== undefined) threads.processes.set(pid, tgid);
      const number = numberOf(line, event);
      if (number === undefined) return recording;
      const other = threads.byNumber.get(number);
      if (other !== undefined && other !== pid) threads.several = true;
      threads.byNumber.set(number, pid);
      return recording;
    },
    originIn,
    asker: () => {
      const asking = recordings();
      return (line) => originIn(asking(line), line);
    },
  };
};
