import type { Source } from "./parcel.ts";
import type { Recruits } from "./recruits.ts";

/** Threads that search together. */
export interface Workers {
  /** How many threads, the calling one among them. */
  readonly count: number;
  /** Where the others find the problem: functions cannot be sent to them. */
  readonly source: Source;
  /** Wait for all threads before the search begins; else it begins alone, and small searches end before. */
  readonly eager?: boolean;
  /** Threads that were started before, to be taken first. */
  readonly recruits?: Recruits | undefined;
  /** States of a slice at most, and states that are worth cutting. */
  readonly slice?: number;
}
