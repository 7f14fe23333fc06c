import type { Packing } from "../values/packing.ts";
import type { Standing } from "../search/standing.ts";
import type { Segment } from "../visited/store.ts";

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
