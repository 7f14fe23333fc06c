import type { Branch } from "../values/leaves.ts";

/** An answer, and what it depends on. */
export interface Answer {
  readonly answer: number;
  readonly reads: readonly Branch[];
}

/** The home to give where all reads are wanted. */
export const noHome = -1;
