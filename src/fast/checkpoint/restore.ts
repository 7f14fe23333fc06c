import { CheckError } from "../../errors.ts";
import { layoutOf } from "../values/layout.ts";
import type { Search } from "../search/search.ts";
import type { Stored } from "./snapshot.ts";
import { perSegment } from "../visited/store.ts";
import { Visited } from "../visited/visited.ts";

/** The bytes of states of this number of words, and of the visited set that is made of them. */
export const bytesToRestore = (states: number, words: number, sizes: readonly number[]): number => {
  const layout = layoutOf(sizes);
  return states * 4 * (words + 1) + new Visited(layout).bytesToRebuild(layout, states);
};

/**
 * Brings a search that has not begun to where another stood.
 * @throws CheckError where what was stored cannot be read, was found with another model, or has no room in memory.
 */
export const restore = <S>(search: Search<S>, stored: Stored<S>): void => {
  const { space, store } = search;
  const { standing, packing } = stored;
  space.restore(packing);
  store.words = packing.words;
  reserve(search, standing.states);
  store.segments.forEach(({ states, parents }, segment) => {
    const held = Math.min(perSegment, standing.states - segment * perSegment);
    stored.load(segment, states.subarray(0, held * packing.words), parents.subarray(0, held));
  });
  store.count = standing.states;
  search.resume(standing);
  stored.verify(
    (id) => search.state(id),
    (id) => store.parent(id),
  );
  // Where ids were given out that have no room, the search makes room first, as it does at any time.
  search.revisit();
};

const reserve = <S>({ store }: Search<S>, states: number): void => {
  try {
    store.reserve(states);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CheckError("limit", `there is no memory for the ${states} states of the checkpoint`);
  }
};
