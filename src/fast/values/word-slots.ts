import type { Layout } from "./layout.ts";

/**
 * Tables with a place for each id of some components, where a state is one word: the id's bits, as they are in the word,
 * are its place in the part of its component.
 */
export interface WordSlots {
  /** The components. */
  readonly members: readonly number[];
  /** Where the part of each begins. */
  readonly first: Int32Array;
  /** Where its id is in the word. */
  readonly shift: Int32Array;
  readonly mask: Int32Array;
  /** All places. */
  readonly length: number;
}

/** More places than this would hold little else than ids that are met once. */
const most = 2 ** 16;

/** The places for these components; nothing where states have several words, or there would be too many. */
export const wordSlots = (
  { words, shift, mask }: Layout,
  members: readonly number[],
): WordSlots | undefined => {
  let length = 0;
  const first = Int32Array.from(members, (member) => {
    const at = length;
    length += (mask[member] >>> 0) + 1;
    return at;
  });
  if (words > 1 || length > most) return undefined;
  return {
    members,
    first,
    shift: Int32Array.from(members, (member) => shift[member]),
    mask: Int32Array.from(members, (member) => mask[member]),
    length,
  };
};
