import type { FullCounts } from "../../problem/exploration.ts";
import type { Counted } from "../search/counts.ts";
import { fullOf } from "../search/full-counts.ts";
import type { Search } from "../search/search.ts";
import type { Archive, Snapshot } from "./snapshot.ts";
import type { Team } from "../threads/team.ts";

/** What changes in a search from batch to batch, apart from the states, which are only added to. */
interface Mark {
  readonly next: number;
  readonly states: number;
  readonly levels: number;
  readonly transitions: number;
  readonly deadlocks: number;
  readonly full: FullCounts;
  readonly fired: Float64Array;
  readonly newStates: Float64Array;
  readonly counts: Float64Array;
  readonly hits: Counted["hits"];
}

/**
 * Has snapshots of a search put away as they are due, and one at its end. A batch that a limit has cut short cannot be
 * resumed: then the snapshot is of the moment before it.
 */
export class SnapshotWriter<S> {
  readonly #search: Search<S>;
  readonly #archive: Archive<S>;
  readonly #team: Team<S> | undefined;
  /** The levels as the search adds to them. */
  readonly #levels: readonly number[];
  /** Nothing where a limit has cut the start states short. */
  #mark: Mark | undefined;

  constructor(
    search: Search<S>,
    archive: Archive<S>,
    { next, levels }: { readonly next: number; readonly levels: readonly number[] },
    team?: Team<S>,
  ) {
    this.#search = search;
    this.#archive = archive;
    this.#levels = levels;
    this.#team = team;
    this.#mark = search.stop === undefined ? this.#markAt(next) : undefined;
  }

  /** Takes note of where the search stands: all states before `next` are expanded, and all they lead to is counted. */
  mark(next: number): void {
    this.#mark = this.#markAt(next);
  }

  /** Puts a snapshot away where it is due. */
  async keep(): Promise<void> {
    if (this.#archive.due()) await this.end();
  }

  /** Puts a snapshot away. */
  async end(): Promise<void> {
    if (this.#mark === undefined) return;
    await this.#team?.report();
    await this.#archive.put(this.#snapshot(this.#mark));
  }

  #markAt(next: number): Mark {
    this.#search.settle();
    const { store, verdicts, counted } = this.#search;
    const { transitions, deadlocks, full, fired, newStates, hits } = counted;
    return {
      next,
      states: store.count,
      levels: this.#levels.length,
      transitions,
      deadlocks,
      full,
      fired: fired.slice(),
      newStates: newStates.slice(),
      counts: verdicts.counts.slice(),
      hits: [...hits],
    };
  }

  #snapshot(mark: Mark): Snapshot<S> {
    const search = this.#search;
    const { space, store, verdicts, paths, counted } = search;
    const { next, states, levels, transitions, deadlocks, full, fired, newStates, counts, hits } = mark;
    const tallies = this.#team?.tallies ?? [];
    space.catchUp();
    const seen = hits.map((_, place) => counted.seenBefore[place] + verdicts.seen(place, counts));
    return {
      standing: {
        next,
        states,
        levels: this.#levels.slice(0, levels),
        transitions,
        deadlocks,
        full: fullOf([full, ...tallies.map((tally) => tally.full)]),
        fired: added(
          [...fired],
          tallies.map((tally) => tally.fired),
        ),
        newStates: added(
          [...newStates],
          tallies.map((tally) => tally.newStates),
        ),
        // The first thread's verdicts are those of the search.
        seen: added(
          seen,
          tallies.slice(1).map((tally) => tally.seen),
        ),
        hits: hits.map((hit) => hit ?? null),
        starts: paths.starts,
      },
      packing: { words: store.words, sizes: space.layout.sizes, values: space.codes },
      segments: store.segments,
      state: (id) => search.state(id),
    };
  }
}

const added = (first: readonly number[], others: readonly Float64Array[]): readonly number[] =>
  first.map((n, i) => others.reduce((sum, other) => sum + other[i], n));
