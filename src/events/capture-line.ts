/** The thread that printed a line, as far as the line says it. */
export interface Task {
  readonly comm?: string;
  readonly pid?: number;
  /** The thread's process, where it was recorded. */
  readonly tgid?: number;
}

/** When a line was printed: nanoseconds, or ticks of a clock that has no seconds. */
export interface Stamp {
  readonly ticks: bigint;
  /** How many digits its seconds have after the point; none for a clock that counts ticks. */
  readonly digits: 0 | 6 | 9;
}

/** A line of a capture: what was printed, and the columns before it, as far as they are there. */
export interface CaptureLine {
  readonly task?: Task;
  readonly cpu?: number;
  /** Interrupts off, need to reschedule, context, preemption: a character each. */
  readonly flags?: string;
  readonly stamp?: Stamp;
  readonly system?: string;
  readonly event: string;
  /** What the tracepoint printed. */
  readonly text: string;
}

/** A stamp as it is printed: `101.000001`. */
export const stampText = ({ ticks, digits }: Stamp): string => {
  if (digits === 0) return String(ticks);
  const nanoseconds = String(ticks).padStart(10, "0");
  return `${nanoseconds.slice(0, -9)}.${nanoseconds.slice(-9, digits === 9 ? undefined : -3)}`;
};

/** What a stamp says, its fraction given apart, of six digits or nine. */
export const stampOf = (seconds: string, fraction: string | undefined): Stamp => {
  if (fraction === undefined) return { ticks: BigInt(seconds), digits: 0 };
  return { ticks: BigInt(seconds + fraction.padEnd(9, "0")), digits: fraction.length === 9 ? 9 : 6 };
};
