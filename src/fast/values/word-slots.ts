import type { Layout } from "./layout.ts";

/**
 * Tables with a place for each id of some components, where a state is one word: the id's bits, as they are in the word,
 * are its place in the part of its component. With a context there is a place for each id together with the first bits of
 * the word, which are those of a few small components.
 */
export interface WordSlots {
  /** The components. */
  readonly members: readonly number[];
  /** Where the part of each begins. */
  readonly first: Int32Array;
  /** Where its id is in the word. */
  readonly shift: Int32Array;
  readonly mask: Int32Array;
  /** How many bits its id has. */
  readonly width: Int32Array;
  /** All places. */
  readonly length: number;
  readonly context: Context;
}

/** Components that are the first bits of a word. */
interface Context {
  readonly members: readonly number[];
  /** Where they begin, and their bits from there on. */
  readonly shift: number;
  readonly mask: number;
}

/** More places than this would hold little else than ids that are met once. */
const most = 2 ** 16;
/** The bits of a context, at most. */
const mostContext = 3;

const noContext: Context = { members: [], shift: 0, mask: 0 };

/** The places for these components; nothing where states have several words, or there would be too many. */
export const wordSlots = (
  layout: Layout,
  members: readonly number[],
  context = noContext,
): WordSlots | undefined => {
  const { words, shift, mask } = layout;
  const places = context.mask + 1;
  let length = 0;
  const first = Int32Array.from(members, (member) => {
    const at = length;
    length += ((mask[member] >>> 0) + 1) * places;
    return at;
  });
  if (words > 1 || length > most) return undefined;
  return {
    members,
    first,
    shift: Int32Array.from(members, (member) => shift[member]),
    mask: Int32Array.from(members, (member) => mask[member]),
    width: Int32Array.from(members, (member) => 32 - Math.clz32(mask[member])),
    length,
    context,
  };
};

/** The same with as large a context as there is room for, of other components. */
export const wordSlotsInContext = (layout: Layout, members: readonly number[]): WordSlots | undefined => {
  const { shift, bits, live } = layout;
  const fromFirst = [...live].toSorted((a, b) => shift[b] - shift[a]);
  const others = fromFirst.findIndex((member) => members.includes(member));
  for (let some = others; some > 0; some--) {
    const from = shift[fromFirst[some - 1]];
    if (bits - from > mostContext) continue;
    const context = { members: fromFirst.slice(0, some), shift: from, mask: 2 ** (bits - from) - 1 };
    const slots = wordSlots(layout, members, context);
    if (slots !== undefined) return slots;
  }
  return wordSlots(layout, members);
};
