/** Where each component's id sits in a packed state: a word, a shift and a mask; no id straddles two words. */
export interface Layout {
  /** 32-bit words of a state. */
  readonly words: number;
  readonly word: Int32Array;
  readonly shift: Int32Array;
  readonly mask: Int32Array;
}

/** How many bits hold the ids 0 to `next - 1`: none where there is one id only. */
export const bitsFor = (next: number): number => 32 - Math.clz32(next - 1);

/**
 * Packs components of the given widths (bits, 0 to 31) into as few words as first-fit gives. Component 0 goes to word 0;
 * as its ids are never 0, word 0 of a state is never 0 and a zero there marks a free slot of the table.
 */
export const layoutOf = (widths: readonly number[]): Layout => {
  const used: number[] = [];
  const word = new Int32Array(widths.length);
  const shift = new Int32Array(widths.length);
  const mask = Int32Array.from(widths, (bits) => 2 ** bits - 1);
  const widestFirst = widths.map((_, i) => i).toSorted((a, b) => widths[b] - widths[a]);
  for (const i of [0, ...widestFirst.filter((i) => i !== 0)]) {
    const fit = used.findIndex((bits) => bits + widths[i] <= 32);
    const at = fit < 0 ? used.push(0) - 1 : fit;
    word[i] = at;
    shift[i] = used[at] & 31;
    used[at] += widths[i];
  }
  return { words: used.length, word, shift, mask };
};

/** Reads the component ids of the packed state that starts at `at` of `words`. */
export const unpack = (
  { word, shift, mask }: Layout,
  words: Int32Array,
  at: number,
  ids: Int32Array,
): void => {
  for (let i = 0; i < ids.length; i++) ids[i] = (words[at + word[i]] >>> shift[i]) & mask[i];
};

/** Writes component ids as the packed state that starts at `at` of `words`. */
export const pack = (layout: Layout, ids: Int32Array, words: Int32Array, at: number): void => {
  const { word, shift } = layout;
  words.fill(0, at, at + layout.words);
  for (let i = 0; i < ids.length; i++) words[at + word[i]] |= ids[i] << shift[i];
};
