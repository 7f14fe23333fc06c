/** Where each component's id sits in a packed state: a word, a shift and a mask; no id straddles two words. */
export interface Layout {
  /** 32-bit words of a state. */
  readonly words: number;
  /** Bits of the fullest word. */
  readonly bits: number;
  readonly word: Int32Array;
  readonly shift: Int32Array;
  readonly mask: Int32Array;
  /**
   * What is flipped in each id where it is packed: all bits of one component in word 0 that never has the id of all ones,
   * nothing of the others. So word 0 of a state is never 0, and a zero there marks a free slot of the table.
   */
  readonly flip: Int32Array;
  /** That component. */
  readonly flipped: number;
  /** The components that have bits: the others have one id, which is 0. */
  readonly live: Int32Array;
  /** One more than the largest id of each component that there is room for. */
  readonly capacity: Float64Array;
  /** The numbers of ids that it was made for. */
  readonly sizes: readonly number[];
}

/** How many bits hold the ids 0 to `next - 1`: none where there is one id only. */
export const bitsFor = (next: number): number => 32 - Math.clz32(next - 1);

/**
 * Packs components with the given number of ids each (1 to 2^30) into as few words as first-fit gives. Where every component has
 * an id of all ones, component 0 gets a bit more.
 */
export const layoutOf = (sizes: readonly number[]): Layout => {
  const widths = sizes.map(bitsFor);
  const capacity = Float64Array.from(widths, (bits) => 2 ** bits);
  const roomy = sizes.findIndex((size, i) => size < 2 ** widths[i]);
  const flipped = Math.max(0, roomy);
  if (roomy < 0) widths[flipped]++;
  const used: number[] = [];
  const word = new Int32Array(sizes.length);
  const shift = new Int32Array(sizes.length);
  const mask = Int32Array.from(widths, (bits) => 2 ** bits - 1);
  const flip = new Int32Array(sizes.length);
  flip[flipped] = mask[flipped];
  capacity[flipped] = mask[flipped];
  const live = Int32Array.from([...widths.keys()].filter((i) => widths[i] > 0));
  const widestFirst = widths.map((_, i) => i).toSorted((a, b) => widths[b] - widths[a]);
  for (const i of [flipped, ...widestFirst.filter((i) => i !== flipped)]) {
    const fit = used.findIndex((bits) => bits + widths[i] <= 32);
    const at = fit < 0 ? used.push(0) - 1 : fit;
    word[i] = at;
    shift[i] = used[at] & 31;
    used[at] += widths[i];
  }
  return {
    words: used.length,
    bits: used.reduce((most, bits) => Math.max(most, bits)),
    word,
    shift,
    mask,
    flip,
    flipped,
    live,
    capacity,
    sizes,
  };
};

/**
 * Reads the component ids of the packed state that starts at `at` of `words` into ids that nothing else writes to: of
 * components without bits none is written.
 */
export const unpack = (
  { words: length, word, shift, mask, flip, flipped, live }: Layout,
  words: Int32Array,
  at: number,
  ids: Int32Array,
): void => {
  // Read once where it is all there is.
  const first = words[at];
  for (let k = 0; k < live.length; k++) {
    const i = live[k];
    ids[i] = ((length === 1 ? first : words[at + word[i]]) >>> shift[i]) & mask[i];
  }
  ids[flipped] ^= flip[flipped];
};

/** Writes component ids as the packed state that starts at `at` of `words`. */
export const pack = (layout: Layout, ids: Int32Array, words: Int32Array, at: number): void => {
  const { words: length, word, shift, flip, live } = layout;
  for (let i = 0; i < length; i++) words[at + i] = 0;
  for (let k = 0; k < live.length; k++) {
    const i = live[k];
    words[at + word[i]] |= (ids[i] ^ flip[i]) << shift[i];
  }
};
