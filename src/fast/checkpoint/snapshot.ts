import type { Packing } from "../values/packing.ts";
import type { Hit } from "../search/hit.ts";
import type { Segment } from "../visited/store.ts";

/** Where a search stands between two batches, but for the states found; plain data. */
export interface Standing {
  /** The first state not expanded. */
  readonly next: number;
  readonly states: number;
  /** The last of them may be expanded in part. */
  readonly levels: readonly number[];
  readonly transitions: number;
  readonly deadlocks: number;
  /** For each step, how often it was taken, and how many states were first reached by it. */
  readonly fired: readonly number[];
  readonly newStates: readonly number[];
  /** For each property, how many states or transitions saw it, and where it was first hit. */
  readonly seen: readonly number[];
  readonly hits: readonly (Hit | null)[];
  /** The place, among the start states of the problem, of each of the first states. */
  readonly starts: readonly number[];
}

/** A search that can be resumed: where it stands and all that it found. Good until the search goes on. */
export interface Snapshot<S> {
  readonly standing: Standing;
  readonly packing: Packing;
  /** The first `standing.states` states. */
  readonly segments: readonly Segment[];
  /** The state numbered `id`. */
  readonly state: (id: number) => S;
}

/** A snapshot that was put away, to be taken out again. */
export interface Stored<S> {
  readonly standing: Standing;
  readonly packing: Packing;
  /** Fills a segment of this number of states with the states and parents that it had. */
  readonly load: (segment: number, states: Int32Array, parents: Uint32Array) => void;
  /** Looks whether what was restored is what the model says. @throws CheckError when it is not. */
  readonly verify: (state: (id: number) => S, parent: (id: number) => number) => void;
}

/** Where snapshots of a search are put away. */
export interface Archive<S> {
  /** Whether it is time for the next. */
  readonly due: () => boolean;
  readonly put: (snapshot: Snapshot<S>) => Promise<void>;
}

/** What becomes of the snapshots of a search. */
export interface Keeping<S> {
  /** The snapshot to go on from, where the search does not begin. */
  readonly from?: Stored<S>;
  readonly to?: Archive<S>;
}
