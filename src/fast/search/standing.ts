import type { FullCounts } from "../../problem/exploration.ts";
import type { Hit } from "./hit.ts";

/** Where a search stands between two batches, without the states found; plain data. */
export interface Standing {
  /** The first state not expanded. */
  readonly next: number;
  readonly states: number;
  /** The last of them may be expanded in part. */
  readonly levels: readonly number[];
  readonly transitions: number;
  readonly deadlocks: number;
  /** With symmetry, what the expanded states and their transitions stand for. */
  readonly full: FullCounts;
  /** For each step, how often it was taken, and how many states were first reached by it. */
  readonly fired: readonly number[];
  readonly newStates: readonly number[];
  /** For each property, how many states or transitions saw it, and where it was first hit. */
  readonly seen: readonly number[];
  readonly hits: readonly (Hit | null)[];
  /** The place, among the start states of the problem, of each of the first states. */
  readonly starts: readonly number[];
}
