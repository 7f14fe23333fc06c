import type { Outcome } from "../catalogue/outcome.ts";
import { grouped } from "../check/verdict.ts";

/** What a search took; the only figures that differ from run to run. */
export interface Effort {
  readonly seconds: number;
  /** Which engine searched; the reference is the meaning, the fast one is held equal to it. */
  readonly engine: "fast" | "reference";
  /** Threads that searched. */
  readonly workers: number;
  /** How many threads were asked for, where there are fewer processors. */
  readonly workersAsked?: number | undefined;
  /** States that an earlier run had found, where the search went on from its checkpoint; the seconds are of the rest. */
  readonly resumedAtStates?: number;
  readonly peakMemoryBytes: number;
  /** What the search itself holds, by state found. */
  readonly bytesPerState: number;
}

/** A number of bytes in the unit that suits it: `512 MB`. */
export const bytesText = (bytes: number): string => {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let left = bytes;
  for (; left >= 1000 && unit < units.length - 1; left /= 1000) unit++;
  return `${left >= 100 || unit === 0 ? grouped(Math.round(left)) : left.toFixed(1)} ${units[unit]}`;
};

/** How many a second, 0 if no time passed. */
export const rate = (n: number, seconds: number): number => (seconds > 0 ? Math.round(n / seconds) : 0);

/** What a search of one thread by the fast engine took, in this process; `seconds` is for the caller to measure. */
export const effortOf = ({ exploration }: Pick<Outcome, "exploration">, seconds: number): Effort => ({
  seconds,
  engine: "fast",
  workers: 1,
  peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  bytesPerState: Math.round(exploration.tableBytes / Math.max(1, exploration.states)),
});
