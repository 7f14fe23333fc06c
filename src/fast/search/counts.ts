import type { FullCounts } from "../../problem/exploration.ts";
import type { Hit } from "./hit.ts";
import type { Standing } from "./standing.ts";

/** What a search has counted, and where it first hit each property. */
export interface Counted {
  readonly transitions: number;
  /** Expanded states without a successor. */
  readonly deadlocks: number;
  /** With symmetry, what the expanded states and their transitions stand for. */
  readonly full: FullCounts;
  /** For each step, how often it was taken, and how many states were first reached by it. */
  readonly fired: Float64Array;
  readonly newStates: Float64Array;
  /** For each property, where it was first hit. */
  readonly hits: readonly (Hit | undefined)[];
  /** For each property, how many states or transitions saw it before the search was resumed. */
  readonly seenBefore: readonly number[];
}

/** The same, to be written by the search itself. */
export class Counts implements Counted {
  transitions = 0;
  deadlocks = 0;
  full: FullCounts = { states: 0, transitions: 0 };
  readonly fired: Float64Array;
  readonly newStates: Float64Array;
  readonly hits: (Hit | undefined)[];
  seenBefore: readonly number[];

  constructor(steps: number, properties: number) {
    this.fired = new Float64Array(steps);
    this.newStates = new Float64Array(steps);
    this.hits = Array.from({ length: properties }, () => undefined);
    this.seenBefore = this.hits.map(() => 0);
  }

  /** Goes on from what another search had counted. */
  resume({ transitions, deadlocks, full, fired, newStates, seen, hits }: Standing): void {
    this.transitions = transitions;
    this.deadlocks = deadlocks;
    this.full = full;
    this.fired.set(fired);
    this.newStates.set(newStates);
    this.seenBefore = seen;
    for (const [place, hit] of hits.entries()) if (hit !== null) this.hits[place] = hit;
  }
}

/** How far all threads have come together. */
export interface SharedProgress {
  /** States stored. */
  readonly states: number;
  readonly expanded: number;
  /** Since the last time. */
  readonly transitions: number;
  readonly deadlocks: number;
  /** Held by the other threads. */
  readonly bytes: number;
}
