/** Which part of the packed states a thread keeps in its visited set: `index` of `of`. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

/** All states: the share of a thread that searches alone. */
export const all: Share = { index: 0, of: 1 };

/** States of one word that agree in all but so many of the lower bits have one owner: the bits of a page of a bit set. */
const page = 15;

/**
 * The thread, 0 to `of - 1`, that owns the packed state at `at` of `states`; by other bits of a hash than those that find
 * a slot.
 */
export const ownerOf = (states: Int32Array, at: number, words: number, of: number): number => {
  let mixed = words === 1 ? states[at] >>> page : states[at];
  for (let i = 1; i < words; i++) mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) ^ states[at + i];
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return (((mixed ^ (mixed >>> 15)) & 0xffff) * of) >>> 16;
};
